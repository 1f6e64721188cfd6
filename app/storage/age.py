"""Files that only their recipient opens, in the format of age (age-encryption.org/v1).

One recipient, X25519, no armour: what a clinic's backup needs, and what the program `age` opens
too.  Who writes such a file cannot read it again.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterator
from hashlib import sha256
from secrets import token_bytes
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.storage import bech32

VERSION = b"age-encryption.org/v1"
WRAPS = VERSION + b"/X25519"
TO, FROM = "age", "age-secret-key-"
CHUNK, TAG, FILE_KEY, NONCE = 64 * 1024, 16, 16, 16
LONGEST_HEADER = 64 * 1024
ONE_USE = bytes(12)  # a nonce for a key that seals once


class CannotOpenFile(Exception):
    """The file is not whole, not of this kind, or sealed for somebody else."""


def new_identity() -> tuple[str, str]:
    """Return a new identity, which opens, and its recipient, to which is sealed."""
    key = X25519PrivateKey.generate()
    identity = bech32.spell(FROM, key.private_bytes_raw()).upper()
    return identity, bech32.spell(TO, key.public_key().public_bytes_raw())


def recipient_of(text: str) -> X25519PublicKey:
    """Read a recipient; raises ValueError."""
    return X25519PublicKey.from_public_bytes(bech32.read(TO, text))


def identity_of(text: str) -> X25519PrivateKey:
    """Read the identity in a file that may have comments; raises ValueError."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(lines) != 1:
        raise ValueError("one identity is needed")
    return X25519PrivateKey.from_private_bytes(bech32.read(FROM, lines[0].strip().lower()))


def seal(plain: BinaryIO, sealed: BinaryIO, recipient: X25519PublicKey) -> None:
    """Write what somebody alone can read."""
    file_key, nonce = token_bytes(FILE_KEY), token_bytes(NONCE)
    once = X25519PrivateKey.generate()
    share = once.public_key().public_bytes_raw()
    wrap = _wrap_key(once.exchange(recipient), share, recipient.public_bytes_raw())
    body = ChaCha20Poly1305(wrap).encrypt(ONE_USE, file_key, None)
    head = b"\n".join([VERSION, b"-> X25519 " + _text(share), _text(body), b"---"])
    sealed.write(head + b" " + _text(_mac(file_key, head)) + b"\n" + nonce)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    sealed.writelines(cipher.encrypt(place, chunk, None) for place, chunk in _chunks(plain, CHUNK))


def unseal(sealed: BinaryIO, plain: BinaryIO, identity: X25519PrivateKey) -> None:
    """Write what was sealed; raises CannotOpenFile, and then what was written is not to be used."""
    try:
        file_key = _file_key(sealed, identity)
        nonce = sealed.read(NONCE)
        cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        chunks = _chunks(sealed, CHUNK + TAG)
        plain.writelines(cipher.decrypt(place, chunk, None) for place, chunk in chunks)
    except (InvalidTag, ValueError) as error:
        raise CannotOpenFile from error


def _file_key(sealed: BinaryIO, identity: X25519PrivateKey) -> bytes:
    """Read the header as we write it: one recipient, and nothing after its hash."""
    lines = [sealed.readline(LONGEST_HEADER).removesuffix(b"\n") for _ in range(4)]
    version, stanza, body, end = lines
    head = b"\n".join([version, stanza, body, b"---"])
    if version != VERSION or not stanza.startswith(b"-> X25519 ") or not end.startswith(b"--- "):
        raise ValueError("not one of ours")
    share = _bytes(stanza.removeprefix(b"-> X25519 "))
    shared = identity.exchange(X25519PublicKey.from_public_bytes(share))
    wrap = _wrap_key(shared, share, identity.public_key().public_bytes_raw())
    file_key = ChaCha20Poly1305(wrap).decrypt(ONE_USE, _bytes(body), None)
    if not hmac.compare_digest(_mac(file_key, head), _bytes(end.removeprefix(b"--- "))):
        raise ValueError("the header was changed")
    return file_key


def _chunks(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield a file in pieces, each with its nonce: its number, and whether it is the last."""
    number, chunk = 0, file.read(size)
    while True:
        after = file.read(size)
        yield number.to_bytes(11, "big") + (b"\0" if after else b"\1"), chunk
        if not after:
            return
        number, chunk = number + 1, after


def _wrap_key(shared: bytes, share: bytes, recipient: bytes) -> bytes:
    return _derived(shared, share + recipient, WRAPS)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), head, sha256)


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose).derive(key)


def _text(raw: bytes) -> bytes:
    return b64encode(raw).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4), validate=True)
