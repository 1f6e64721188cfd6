"""What one installation chooses: read once, at start-up, from the environment."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from app.settings.reading import (
    Network,
    WrongSetting,
    choice,
    folder,
    given,
    listed,
    mail_server,
    networks,
    number,
    private_folder,
    split,
    whole,
    write_private,
)

__all__ = ["LOOPBACK", "ROOT", "Network", "Oidc", "Settings", "WrongSetting", "field_key"]

ROOT = Path(__file__).parent.parent.parent
RECIPIENT = re.compile("age1[02-9ac-hj-np-z]{58}")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Oidc:
    """The clinic's own identity provider, and who we are to it."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)

    @property
    def host(self) -> str:
        """The name that people know the provider by."""
        return urlsplit(self.issuer).hostname or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The installation's choices; a wrong one stops the start with its name."""

    database_url: str = field(repr=False)
    base_url: str
    secret_keys: tuple[str, ...] = field(repr=False)
    link_keys: tuple[str, ...] = field(repr=False)
    field_keys: tuple[tuple[str, bytes], ...] = field(repr=False)
    smtp_url: str | None = field(repr=False, default=None)
    imap_url: str | None = field(repr=False, default=None)
    authserv_id: str | None = None  # by which the clinic's mail server signs what it checked
    instance: Path = ROOT / "instance"
    outage_dir: Path | None = None  # absent: a folder of the instance's
    backup_dir: Path | None = None  # absent: nothing is copied by itself
    backup_recipient: str | None = None
    primer: Path = ROOT / "primer"
    pack_lawyer: str | None = None
    notices_not_needed: tuple[str, ...] = ()
    translations: Path = ROOT / "translations"
    worker_interval: float = 2.0
    trusted_proxies: int = 0
    exempt_networks: tuple[Network, ...] = ()
    log_format: str = "text"
    argon2_mib: int = 64
    oidc: Oidc | None = None

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

    @property
    def book(self) -> Path | None:
        """The one file that the book is, on SQLite."""
        return Path(self.database_url.removeprefix("sqlite:///")) if self.on_sqlite else None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read the settings; raises WrongSetting with the name of the first wrong one."""
        instance = Path(env.get("INSTANCE_DIR") or ROOT / "instance")
        database_url = _database_url(env, instance)
        outage = given(env, "OUTAGE_DIR")
        backup = given(env, "BACKUP_DIR")
        keep = instance if database_url.startswith("sqlite") else None
        if keep:
            private_folder(keep)
        return cls(
            database_url=database_url,
            base_url=_base_url(env),
            secret_keys=_keys(env, "SECRET_KEY", keep) + listed(env, "SECRET_KEY_FALLBACKS"),
            link_keys=_keys(env, "LINK_KEY", keep),
            field_keys=_field_keys(env, keep),
            smtp_url=_smtp_url(env),
            imap_url=_imap_url(env),
            authserv_id=given(env, "AUTHSERV_ID"),
            instance=instance,
            outage_dir=Path(outage).absolute() if outage else None,
            backup_dir=Path(backup).absolute() if backup else None,
            backup_recipient=_recipient(env, needed=bool(backup)),
            primer=folder(env, "PRIMER_DIR", ROOT / "primer"),
            pack_lawyer=given(env, "PACK_LAWYER"),
            notices_not_needed=listed(env, "NOTICES_NOT_NEEDED"),
            worker_interval=number(env, "WORKER_INTERVAL", 2.0),
            trusted_proxies=whole(env, "TRUSTED_PROXIES", 0),
            exempt_networks=networks(env),
            log_format=choice(env, "LOG_FORMAT", ("text", "json")),
            argon2_mib=whole(env, "ARGON2_MIB", 64, at_least=19),
            oidc=_oidc(env),
        )


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    url = given(env, "DATABASE_URL") or f"sqlite:///{instance.absolute()}/foreword.sqlite"
    parts = split("DATABASE_URL", url)
    name = parts.path.removeprefix("/")
    on_sqlite = parts.scheme == "sqlite" and not parts.netloc and name != ":memory:"
    if not name or not (on_sqlite or parts.scheme == "postgresql+psycopg"):
        raise WrongSetting(
            "DATABASE_URL",
            "write sqlite:///path/to/file or postgresql+psycopg://user:password@host/name",
        )
    return url


def _base_url(env: Mapping[str, str]) -> str:
    port = whole(env, "PORT", 8000)
    url = (given(env, "BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    parts = split("BASE_URL", url)
    plain = f"{parts.scheme}://{parts.netloc}" == url and "@" not in url and url.isascii()
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain or " " in url:
        raise WrongSetting("BASE_URL", "write https://host or https://host:port, without a path")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise WrongSetting("BASE_URL", "use https; plain http is for this machine only")
    return url


def _smtp_url(env: Mapping[str, str]) -> str | None:
    form = "smtp://user:password@host:587?starttls=1 or smtps://…"
    return mail_server(env, "SMTP_URL", ("smtp", "smtps"), form, LOOPBACK)


def _imap_url(env: Mapping[str, str]) -> str | None:
    form = "imaps://user:password@host/INBOX or imap://user:password@host?starttls=1"
    url = mail_server(env, "IMAP_URL", ("imap", "imaps"), form, LOOPBACK)
    if url is not None and not (urlsplit(url).username and urlsplit(url).password):
        raise WrongSetting("IMAP_URL", f"a name and a password are needed: write {form}")
    return url


def _recipient(env: Mapping[str, str], *, needed: bool) -> str | None:
    found = given(env, "BACKUP_RECIPIENT")
    if needed and not found:
        raise WrongSetting(
            "BACKUP_RECIPIENT", "is needed with BACKUP_DIR: see `flask new-identity`"
        )
    if found and not RECIPIENT.fullmatch(found):
        raise WrongSetting("BACKUP_RECIPIENT", "write what begins with age1; never the identity")
    return found


def _oidc(env: Mapping[str, str]) -> Oidc | None:
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    known = {name: given(env, name) for name in names}
    if not any(known.values()):
        return None
    for name, value in known.items():
        if not value:
            raise WrongSetting(name, f"is needed too: {' and '.join(names)} belong together")
    issuer = str(known["OIDC_ISSUER"])
    parts = split("OIDC_ISSUER", issuer)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    odd = parts.query or parts.fragment or "@" in parts.netloc or " " in issuer
    if not safe or not parts.hostname or odd:
        raise WrongSetting("OIDC_ISSUER", "write https://host or https://host/path, exactly as it"
                           " calls itself")  # fmt: skip
    return Oidc(
        issuer=issuer,
        client_id=str(known["OIDC_CLIENT_ID"]),
        client_secret=str(known["OIDC_CLIENT_SECRET"]),
    )


def _keys(env: Mapping[str, str], name: str, keep: Path | None) -> tuple[str, ...]:
    if known := listed(env, name):
        if any(len(key) < 16 for key in known):
            raise WrongSetting(name, "a key has at least 16 characters")
        return known
    if keep is None:
        raise WrongSetting(name, "is needed with PostgreSQL: all machines share it")
    path = keep / f"{name.lower()}.key"
    if not path.exists():
        write_private(path, f"k1:{secrets.token_hex(32)}" if name == "FIELD_KEYS" else _fresh())
    if path.stat().st_mode & 0o077:
        raise WrongSetting(name, f"others may read {path.name}; set its mode to 600")
    return (path.read_text(encoding="ascii").strip(),)


def _fresh() -> str:
    return secrets.token_urlsafe(48)


def _field_keys(env: Mapping[str, str], keep: Path | None) -> tuple[tuple[str, bytes], ...]:
    keys = tuple(field_key(text) for text in _keys(env, "FIELD_KEYS", keep))
    if len({name for name, _ in keys}) < len(keys):
        raise WrongSetting("FIELD_KEYS", "give each key a name of its own")
    return keys


def field_key(text: str) -> tuple[str, bytes]:
    """Read one key with its name."""
    name, _, digits = text.partition(":")
    try:
        key = bytes.fromhex(digits)
    except ValueError:
        key = b""
    if len(name) != 2 or not (name.isascii() and name.isalnum()) or len(key) != 32:
        raise WrongSetting("FIELD_KEYS", "write k1: and 64 hexadecimal digits; newest first")
    return name, key
