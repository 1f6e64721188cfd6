"""How one setting is read: a text, a number, a list, a file; a wrong one is told by its name."""

import os
import secrets
from collections.abc import Container, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

Network = IPv4Network | IPv6Network


class WrongSetting(Exception):
    """A setting that stops the start; says its name and what to do."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"{name}: {sentence}")
        self.name = name


def split(name: str, url: str) -> SplitResult:
    """Take an address apart."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise WrongSetting(name, "this is not an address") from error
    return parts


def number(env: Mapping[str, str], name: str, default: float) -> float:
    """Read a number of what a computer counts in."""
    try:
        found = float(env.get(name) or default)
    except ValueError as error:
        raise WrongSetting(name, "write a number") from error
    if not 0 <= found <= 65535:
        raise WrongSetting(name, "write a number from 0 to 65535")
    return found


def whole(env: Mapping[str, str], name: str, default: int, *, at_least: int = 0) -> int:
    """Read a whole number."""
    found = number(env, name, default)
    if not found.is_integer() or found < at_least:
        raise WrongSetting(name, f"write a whole number from {at_least}")
    return int(found)


def choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Read one of some words; the first one when nothing is said."""
    found = given(env, name) or choices[0]
    if found not in choices:
        raise WrongSetting(name, f"write {' or '.join(choices)}")
    return found


def given(env: Mapping[str, str], name: str) -> str | None:
    """Return what is given, also in a file that the setting names."""
    if path := env.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise WrongSetting(f"{name}_FILE", "this file cannot be read") from error
    return env.get(name) or None


def listed(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return what is given, separated by commas."""
    return tuple(part.strip() for part in (given(env, name) or "").split(",") if part.strip())


def folder(env: Mapping[str, str], name: str, default: Path) -> Path:
    """Read a folder that is there."""
    found = Path(env.get(name) or default)
    if not found.is_dir():
        raise WrongSetting(name, "there is no such folder")
    return found.absolute()


def private_folder(path: Path) -> None:
    """Make a folder that only its owner may read, or refuse one that others may."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        raise WrongSetting("INSTANCE_DIR", f"others may read {path.name}/; set its mode to 700")


def write_private(path: Path, text: str) -> None:
    """Write a file only its owner may read; the first of two starting processes wins."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def mail_server(
    env: Mapping[str, str], name: str, schemes: tuple[str, str], form: str, near: Container[str]
) -> str | None:
    """Read the address of a mail server: *schemes* in the clear and not; no password is shown."""
    url = given(env, name)
    if url is None:
        return None
    parts = split(name, url)
    options = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme not in schemes or not parts.hostname or set(options) - {"starttls"}:
        raise WrongSetting(name, f"write {form}")
    starttls = options.get("starttls", ["0"])[-1] not in ("0", "")
    in_clear = parts.scheme == schemes[0] and not starttls
    if parts.username and in_clear and parts.hostname not in near:
        raise WrongSetting(name, f"a password needs {schemes[1]}:// or ?starttls=1")
    return url


def networks(env: Mapping[str, str]) -> tuple[Network, ...]:
    """Read networks, separated by commas."""
    try:
        return tuple(ip_network(text, strict=False) for text in listed(env, "EXEMPT_NETWORKS"))
    except ValueError as error:
        raise WrongSetting("EXEMPT_NETWORKS", "write networks such as 192.0.2.0/24") from error
