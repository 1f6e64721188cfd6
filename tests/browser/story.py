"""What a story is: a way through the site that stops at pages.  No assertions.

A story stops at a page by giving its name: the template, and the state it is in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from app.clock import system_clock
from tests.browser.patient import Patient

Walk = Callable[[Patient], Iterator[str]]


@dataclass(frozen=True)
class Story:
    """A way through the site, and the pages where it stops."""

    walk: Walk
    pages: tuple[str, ...]


STORIES: dict[str, Story] = {}


def story(*pages: str) -> Callable[[Walk], Walk]:
    """Enter a way through the site into the list, with the pages where it stops."""

    def enter(walk: Walk) -> Walk:
        STORIES[walk.__name__] = Story(walk, pages)
        return walk

    return enter


def bring_forward(patient: Patient, reference: str, until: timedelta) -> None:
    """Change the book so that an appointment begins that long from now."""
    start = system_clock().replace(tzinfo=None) + until
    change(
        patient,
        reference,
        "overlap_reason = 'a test', starts_at = :start, ends_at = :end,"
        " blocked_from = :start, blocked_until = :end",
        start=str(start),
        end=str(start + timedelta(minutes=30)),
    )


def change(patient: Patient, reference: str, what: str, **values: str) -> None:
    """Change an appointment in the book behind the clinic's back."""
    sentence = f"UPDATE appointment SET {what} WHERE reference = :reference"  # noqa: S608  ours
    with patient.house.book() as book:
        book.execute(text(sentence), values | {"reference": reference})
