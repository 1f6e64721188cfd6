"""Files that only their recipient opens, in the format of age (age-encryption.org/v1).

Who writes such a file cannot read it again.
"""

from typing import BinaryIO

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io
from pyrage.x25519 import Identity, Recipient


class CannotOpenFile(Exception):
    """The file is not whole, not of this kind, or sealed for somebody else."""


def new_identity() -> tuple[str, str]:
    """Return a new identity, which opens, and its recipient, to which is sealed."""
    identity = Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(text: str) -> Recipient:
    """Read a recipient; raises ValueError."""
    try:
        found = Recipient.from_str(text)
    except RecipientError as error:
        raise ValueError("not a recipient of age") from error
    if str(found) != text:
        raise ValueError("a recipient of age is written in small letters")
    return found


def identity_of(text: str) -> Identity:
    """Read the identity in a file that may have comments; raises ValueError."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(lines) != 1:
        raise ValueError("one identity is needed")
    try:
        return Identity.from_str(lines[0].strip())
    except IdentityError as error:
        raise ValueError("not an identity of age") from error


def seal(plain: BinaryIO, sealed: BinaryIO, recipient: Recipient) -> None:
    """Write what somebody alone can read."""
    encrypt_io(plain, sealed, [recipient])


def unseal(sealed: BinaryIO, plain: BinaryIO, identity: Identity) -> None:
    """Write what was sealed; raises CannotOpenFile, and then what was written is not to be used."""
    try:
        decrypt_io(sealed, plain, [identity])
    except (DecryptError, OSError) as error:  # OSError: a piece was cut off or changed
        raise CannotOpenFile from error
