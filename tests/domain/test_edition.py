"""How long an edition may be shown."""

from datetime import date, timedelta

import pytest

from app.domain.edition import State, state

REVIEW_BY = date(2027, 5, 21)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, State.CURRENT),
        (0, State.CURRENT),
        (1, State.DUE),
        (60, State.DUE),
        (61, State.RESTING),
        (400, State.RESTING),
    ],
)
def test_sixty_days_after_its_review_was_due_an_edition_rests(days: int, expected: State) -> None:
    assert state(REVIEW_BY, REVIEW_BY + timedelta(days=days)) is expected
