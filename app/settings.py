"""What one installation chooses: read once, at start-up, from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, parse_qs, urlsplit

ROOT = Path(__file__).parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")
Network = IPv4Network | IPv6Network


class WrongSetting(Exception):
    """A setting that stops the start; says its name and what to do."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"{name}: {sentence}")
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The installation's choices; a wrong one stops the start with its name."""

    database_url: str = field(repr=False)
    base_url: str
    secret_keys: tuple[str, ...] = field(repr=False)
    link_keys: tuple[str, ...] = field(repr=False)
    field_keys: tuple[tuple[str, bytes], ...] = field(repr=False)
    smtp_url: str | None = field(repr=False, default=None)
    instance: Path = ROOT / "instance"
    outage_dir: Path | None = None  # absent: a folder of the instance's
    primer: Path = ROOT / "primer"
    pack_lawyer: str | None = None
    notices_not_needed: tuple[str, ...] = ()
    translations: Path = ROOT / "translations"
    worker_interval: float = 2.0
    trusted_proxies: int = 0
    exempt_networks: tuple[Network, ...] = ()
    log_format: str = "text"
    argon2_mib: int = 64

    @property
    def secure(self) -> bool:
        """Say whether people reach the clinic by https."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The name people reach the clinic by, without a port."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def outage(self) -> Path:
        """The folder of what carries the clinic when the machine does not."""
        return self.outage_dir or self.instance / "outage"

    @property
    def on_sqlite(self) -> bool:
        """Say whether the clinic keeps its book in one file."""
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read the settings; raises WrongSetting with the name of the first wrong one."""
        instance = Path(env.get("INSTANCE_DIR") or ROOT / "instance")
        database_url = _database_url(env, instance)
        keep = instance if database_url.startswith("sqlite") else None
        if keep:
            _private_folder(keep)
        return cls(
            database_url=database_url,
            base_url=_base_url(env),
            secret_keys=_keys(env, "SECRET_KEY", keep) + _listed(env, "SECRET_KEY_FALLBACKS"),
            link_keys=_keys(env, "LINK_KEY", keep),
            field_keys=_field_keys(env, keep),
            smtp_url=_smtp_url(env),
            instance=instance,
            outage_dir=Path(given).absolute() if (given := _given(env, "OUTAGE_DIR")) else None,
            primer=_folder(env, "PRIMER_DIR", ROOT / "primer"),
            pack_lawyer=_given(env, "PACK_LAWYER"),
            notices_not_needed=_listed(env, "NOTICES_NOT_NEEDED"),
            worker_interval=_number(env, "WORKER_INTERVAL", 2.0),
            trusted_proxies=_whole(env, "TRUSTED_PROXIES", 0),
            exempt_networks=_networks(env),
            log_format=_choice(env, "LOG_FORMAT", ("text", "json")),
            argon2_mib=_whole(env, "ARGON2_MIB", 64, at_least=19),
        )


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    url = _given(env, "DATABASE_URL") or f"sqlite:///{instance.absolute()}/foreword.sqlite"
    parts = _split("DATABASE_URL", url)
    name = parts.path.removeprefix("/")
    on_sqlite = parts.scheme == "sqlite" and not parts.netloc and name != ":memory:"
    if not name or not (on_sqlite or parts.scheme == "postgresql+psycopg"):
        raise WrongSetting(
            "DATABASE_URL",
            "write sqlite:///path/to/file or postgresql+psycopg://user:password@host/name",
        )
    return url


def _base_url(env: Mapping[str, str]) -> str:
    port = _whole(env, "PORT", 8000)
    url = (_given(env, "BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    parts = _split("BASE_URL", url)
    plain = f"{parts.scheme}://{parts.netloc}" == url and "@" not in url and url.isascii()
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain or " " in url:
        raise WrongSetting("BASE_URL", "write https://host or https://host:port, without a path")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise WrongSetting("BASE_URL", "use https; plain http is for this machine only")
    return url


def _smtp_url(env: Mapping[str, str]) -> str | None:
    url = _given(env, "SMTP_URL")
    if url is None:
        return None
    parts = _split("SMTP_URL", url)
    options = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or set(options) - {"starttls"}:
        raise WrongSetting(
            "SMTP_URL", "write smtp://user:password@host:587?starttls=1 or smtps://…"
        )
    in_clear = parts.scheme == "smtp" and options.get("starttls", ["0"])[-1] in ("0", "")
    if parts.username and in_clear and parts.hostname not in LOOPBACK:
        raise WrongSetting("SMTP_URL", "a password needs smtps:// or ?starttls=1")
    return url


def _split(name: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise WrongSetting(name, "this is not an address") from error
    return parts


def _keys(env: Mapping[str, str], name: str, keep: Path | None) -> tuple[str, ...]:
    if listed := _listed(env, name):
        if any(len(key) < 16 for key in listed):
            raise WrongSetting(name, "a key has at least 16 characters")
        return listed
    if keep is None:
        raise WrongSetting(name, "is needed with PostgreSQL: all machines share it")
    path = keep / f"{name.lower()}.key"
    if not path.exists():
        _write_private(path, f"k1:{secrets.token_hex(32)}" if name == "FIELD_KEYS" else _fresh())
    if path.stat().st_mode & 0o077:
        raise WrongSetting(name, f"others may read {path.name}; set its mode to 600")
    return (path.read_text(encoding="ascii").strip(),)


def _fresh() -> str:
    return secrets.token_urlsafe(48)


def _field_keys(env: Mapping[str, str], keep: Path | None) -> tuple[tuple[str, bytes], ...]:
    keys = tuple(_field_key(text) for text in _keys(env, "FIELD_KEYS", keep))
    if len({name for name, _ in keys}) < len(keys):
        raise WrongSetting("FIELD_KEYS", "give each key a name of its own")
    return keys


def _field_key(text: str) -> tuple[str, bytes]:
    name, _, digits = text.partition(":")
    try:
        key = bytes.fromhex(digits)
    except ValueError:
        key = b""
    if len(name) != 2 or not (name.isascii() and name.isalnum()) or len(key) != 32:
        raise WrongSetting("FIELD_KEYS", "write k1: and 64 hexadecimal digits; newest first")
    return name, key


def _networks(env: Mapping[str, str]) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(text, strict=False) for text in _listed(env, "EXEMPT_NETWORKS"))
    except ValueError as error:
        raise WrongSetting("EXEMPT_NETWORKS", "write networks such as 192.0.2.0/24") from error


def _folder(env: Mapping[str, str], name: str, default: Path) -> Path:
    folder = Path(env.get(name) or default)
    if not folder.is_dir():
        raise WrongSetting(name, "there is no such folder")
    return folder.absolute()


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    try:
        number = float(env.get(name) or default)
    except ValueError as error:
        raise WrongSetting(name, "write a number") from error
    if not 0 <= number <= 65535:
        raise WrongSetting(name, "write a number from 0 to 65535")
    return number


def _whole(env: Mapping[str, str], name: str, default: int, *, at_least: int = 0) -> int:
    number = _number(env, name, default)
    if not number.is_integer() or number < at_least:
        raise WrongSetting(name, f"write a whole number from {at_least}")
    return int(number)


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    choice = _given(env, name) or choices[0]
    if choice not in choices:
        raise WrongSetting(name, f"write {' or '.join(choices)}")
    return choice


def _given(env: Mapping[str, str], name: str) -> str | None:
    if path := env.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise WrongSetting(f"{name}_FILE", "this file cannot be read") from error
    return env.get(name) or None


def _listed(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (_given(env, name) or "").split(",") if part.strip())


def _private_folder(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        raise WrongSetting("INSTANCE_DIR", f"others may read {path.name}/; set its mode to 700")


def _write_private(path: Path, text: str) -> None:
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
