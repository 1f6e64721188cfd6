import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.record import (
    BEFORE_THE_FIRST,
    Clear,
    Entry,
    canonical,
    commitment,
    link,
    sealed_in,
    verify,
)

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TEXTS = ("reading_id", "kind", "subject", "edition", "shown_sha", "language", "answered_by")


def clear(seq: int) -> Clear:
    return Clear(
        reading_id="r1",
        seq=seq,
        at=MONDAY + timedelta(minutes=seq),
        kind="check",
        subject=f"Q{seq}",
        edition="2026-11-21",
        shown_sha="5ha",
        language="en",
        answered_by="self",
    )


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    previous = BEFORE_THE_FIRST
    for seq in range(1, length + 1):
        payload = canonical({"chosen": "a", "try": seq})
        entries.append(sealed_in(previous, clear(seq), payload, bytes([seq]) * 32))
        previous = entries[-1].link
    return entries


def erased(entry: Entry) -> Entry:
    return replace(entry, payload=None, salt=None)


def tampered(entry: Entry, field: str, at: int) -> Entry:
    values = asdict(entry)
    part = values if field in values else values["clear"]
    part[field] = other(part[field], at)
    return Entry(**values | {"clear": Clear(**values["clear"])})


def other(value: object, at: int) -> object:
    if isinstance(value, bytes):
        at %= len(value)
        return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1 + at)
    if isinstance(value, int):
        return value ^ 1
    text = str(value)
    at %= len(text)
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]


def test_the_record_of_an_untouched_reading_holds() -> None:
    assert verify(chain(12)) is None
    assert verify([]) is None


@settings(max_examples=300)
@given(
    number=st.integers(1, 6),
    field=st.sampled_from((*TEXTS, "seq", "at", "payload", "salt", "commitment", "link")),
    at=st.integers(0, 200),
)
def test_any_flipped_byte_is_found_at_its_entry(number: int, field: str, at: int) -> None:
    entries = chain(6)

    entries[number - 1] = tampered(entries[number - 1], field, at)

    assert verify(entries) == number


@given(numbers=st.sets(st.integers(1, 6)))
def test_erased_entries_still_hold_by_their_links(numbers: set[int]) -> None:
    entries = [erased(e) if e.clear.seq in numbers else e for e in chain(6)]

    assert verify(entries) is None


@given(number=st.integers(1, 6), field=st.sampled_from((*TEXTS, "seq", "at", "commitment", "link")))
def test_a_change_of_an_erased_entry_is_found_too(number: int, field: str) -> None:
    entries = [erased(e) for e in chain(6)]

    entries[number - 1] = tampered(entries[number - 1], field, 0)

    assert verify(entries) == number


def test_an_entry_that_lost_only_its_salt_does_not_hold() -> None:
    entries = chain(2)

    entries[1] = replace(entries[1], salt=None)

    assert verify(entries) == 2


@pytest.mark.parametrize("gone", [1, 2, 5])
def test_an_entry_taken_out_of_the_middle_is_missed(gone: int) -> None:
    entries = [e for e in chain(6) if e.clear.seq != gone]

    assert verify(entries) == gone


def test_entries_put_in_another_order_do_not_hold() -> None:
    entries = chain(3)

    assert verify([entries[0], entries[2], entries[1]]) == 2


def test_an_entry_of_another_reading_does_not_fit_in() -> None:
    other = replace(clear(2), reading_id="r2")
    entries = chain(1)

    entries.append(sealed_in(BEFORE_THE_FIRST, other, b"{}", b"s"))

    assert verify(entries) == 2


def test_a_printed_copy_proves_itself_after_erasure() -> None:
    payload, salt = canonical({"chosen": "a", "try": 1}), bytes([1]) * 32

    left = erased(chain(1)[0])

    assert left.commitment == commitment(payload, salt)
    assert left.commitment != commitment(canonical({"chosen": "b", "try": 1}), salt)


def test_the_same_answer_with_another_salt_looks_different() -> None:
    assert commitment(b"{}", b"one") != commitment(b"{}", b"two")


def test_letters_moved_from_one_field_to_the_next_change_the_link() -> None:
    one = replace(clear(1), kind="pages", subject="1")
    two = replace(clear(1), kind="page", subject="s1")

    assert link("", one, "c") != link("", two, "c")


def test_an_instant_is_hashed_the_same_in_every_zone() -> None:
    in_rome = replace(clear(1), at=clear(1).at.astimezone(timezone(timedelta(hours=1))))

    assert link("", in_rome, "c") == link("", clear(1), "c")


def test_canonical_json_has_sorted_keys_no_spaces_and_plain_letters() -> None:
    assert canonical({"b": ["ü", None], "a": 1}) == '{"a":1,"b":["ü",null]}'.encode()


@given(st.recursive(st.text() | st.integers() | st.booleans(), st.lists, max_leaves=8))
def test_canonical_json_reads_back_as_what_it_was(value: object) -> None:
    assert json.loads(canonical(value)) == value


def test_a_commitment_can_be_computed_by_hand() -> None:
    parts = (b"foreword/entry/1", b"salt", b'{"a":1}')
    by_hand = sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts))

    assert commitment(b'{"a":1}', b"salt") == by_hand.hexdigest()
