"""Health words are kept sealed: whoever reads the database without the keys reads nothing."""

import hmac
import secrets
from base64 import b32encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Session

VERSION = b"\x01"
NONCE = 12


class CannotOpen(Exception):
    """A sealed value was tampered with, moved to another row, or its key is gone."""


class Keyring:
    """The keys of this installation: the first one seals, all of them open.

    A sealed value is version, key name (2 bytes), nonce (12), then AES-256-GCM ciphertext.
    Its *place*, `table.column.row`, is bound in: a value cannot be moved to another row.
    """

    def __init__(
        self, field_keys: tuple[tuple[str, bytes], ...], link_keys: tuple[str, ...]
    ) -> None:
        self._keys = dict(field_keys)
        self._newest = field_keys[0][0]
        self._link_keys = tuple(key.encode() for key in link_keys)
        self._hash_key = hmac.digest(field_keys[-1][1], b"foreword/hash/1", sha256)

    def seal(self, place: str, text: str) -> bytes:
        """Return the text sealed for one place."""
        nonce = secrets.token_bytes(NONCE)
        cipher = AESGCM(self._keys[self._newest])
        sealed = cipher.encrypt(nonce, text.encode(), place.encode())
        return VERSION + self._newest.encode() + nonce + sealed

    def open(self, place: str, sealed: bytes) -> str:
        """Return the text, or raise CannotOpen."""
        key = self._keys.get(sealed[1:3].decode("ascii", "replace"))
        if key is None or sealed[:1] != VERSION:
            raise CannotOpen(place)
        nonce, ciphertext = sealed[3 : 3 + NONCE], sealed[3 + NONCE :]
        try:
            return AESGCM(key).decrypt(nonce, ciphertext, place.encode()).decode()
        except (InvalidTag, ValueError) as error:  # a nonce cut short is a ValueError
            raise CannotOpen(place) from error

    def keyed_hash(self, purpose: str, text: str) -> str:
        """Return a hash that nobody can guess back without the key."""
        return hmac.new(self._hash_key, f"{purpose}|{text}".encode(), sha256).hexdigest()

    def macs(self, purpose: str, text: str) -> list[bytes]:
        """Return 128 bits for each link key, the one in use first."""
        message = f"{purpose}|{text}".encode()
        return [hmac.digest(key, message, sha256)[:16] for key in self._link_keys]

    def signed(self, purpose: str, text: str) -> str:
        """Return the letters that make a link of a text: only this installation can write them."""
        return _letters(self.macs(purpose, text)[0])

    def is_signed(self, purpose: str, text: str, letters: str) -> bool:
        """Say whether letters are a text's by any of our keys; all are compared, always."""
        said = letters.encode("utf-8", "replace")
        expected = (_letters(mac).encode() for mac in self.macs(purpose, text))
        return sum(hmac.compare_digest(said, one) for one in expected) > 0


def _letters(mac: bytes) -> str:
    return b32encode(mac).decode().rstrip("=").lower()


def of(session: Session) -> Keyring:
    """Return the keyring of the session's database."""
    keyring: Keyring = session.get_bind().get_execution_options()["keyring"]
    return keyring
