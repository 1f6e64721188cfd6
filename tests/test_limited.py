"""What strangers wrote is read in a child process that may fail alone."""

import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import limited
from tests.support import strange


def test_what_the_child_made_comes_back() -> None:
    made = limited.run(strange.length, b"one\ntwo\n\x00", word="zone")

    assert made == {"length": 9, "word": "zone"}


def test_zones_are_those_locked_with_the_clinic_in_every_process() -> None:
    assert zoneinfo.TZPATH == ()
    assert limited.run(strange.where_zones_are, b"") == []
    assert "America/New_York" in zoneinfo.available_timezones()


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (strange.takes_everything, "memory"),
        (strange.says_too_much, "memory"),
        (strange.breaks, "broken"),
        (strange.dies, "broken"),
    ],
)
def test_t20_whatever_the_child_meets_the_parent_is_told_why(
    work: Callable[..., Any], why: str
) -> None:
    with pytest.raises(limited.GaveUp) as gave_up:
        limited.run(work, b"x" * 1024)

    assert gave_up.value.why == why


def test_t20_a_child_that_never_ends_is_ended() -> None:
    with pytest.raises(limited.GaveUp) as gave_up:
        limited.run(strange.never_ends, b"")

    assert gave_up.value.why == "time"


def test_t20_the_child_knows_nothing_of_our_settings() -> None:
    seen = limited.run(strange.settings, b"")

    assert set(seen) <= {*limited.HANDED_ON, *limited.PLAIN}


def test_t20_the_child_leaves_no_file_behind(tmp_path: Path) -> None:
    path = tmp_path / "left"

    with pytest.raises(limited.GaveUp):
        limited.run(strange.writes, str(path).encode())

    assert not path.exists() or path.read_bytes() == b""
