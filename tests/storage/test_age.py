"""Files that only their recipient opens: in the format that others read too."""

from io import BytesIO

import pytest

from app.storage import age
from app.storage.age import CannotOpenFile

CHUNK = 64 * 1024  # of the format

# A pair that other programs of this format agree on.
IDENTITY = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33"
RECIPIENT = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa"


def sealed(plain: bytes, recipient: str = RECIPIENT) -> bytes:
    file = BytesIO()
    age.seal(BytesIO(plain), file, age.recipient_of(recipient))
    return file.getvalue()


def opened(file: bytes, identity: str = IDENTITY) -> bytes:
    plain = BytesIO()
    age.unseal(BytesIO(file), plain, age.identity_of(identity))
    return plain.getvalue()


def test_an_identity_and_its_recipient_are_spelled_as_elsewhere() -> None:
    key = age.identity_of(f"# made by somebody\n{IDENTITY}\n")

    assert str(key.to_public()) == str(age.recipient_of(RECIPIENT)) == RECIPIENT


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_t37_what_was_sealed_is_opened_by_its_recipient_alone(length: int) -> None:
    plain = bytes(range(256)) * (length // 256) + b"x" * (length % 256)
    file = sealed(plain)
    stranger, _ = age.new_identity()

    assert opened(file) == plain
    assert plain[:64] not in file or length < 16
    with pytest.raises(CannotOpenFile):
        opened(file, stranger)


def test_f16_a_file_cut_anywhere_or_with_one_bit_changed_is_refused() -> None:
    file = sealed(b"the book " * 9000)
    places = [len(file) * tenth // 10 for tenth in range(10)]
    cut = [file[:place] for place in [*places, len(file) - 1, len(file) - CHUNK]]
    changed = [
        file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :] for place in [*places, 30, 120]
    ]

    for broken in (*cut, *changed, file + b"x"):
        with pytest.raises(CannotOpenFile):
            opened(broken)


@pytest.mark.parametrize(
    "typed", ["", "age1", RECIPIENT[:-1], RECIPIENT[:-1] + "q", RECIPIENT.upper(), IDENTITY, "é"]
)
def test_a_slip_in_a_recipient_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        age.recipient_of(typed)


def test_a_new_pair_fits() -> None:
    identity, recipient = age.new_identity()

    assert opened(sealed(b"x", recipient), identity) == b"x"
