"""What the book must be, whatever people pressed: who holds what, and who has which appointment."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st

from app.domain.appointment import Wish
from app.domain.booking import HOLD_GRACE
from tests.clinics import (
    GENERAL,
    KNOXVILLE,
    NASHVILLE,
    OKAFOR,
    RIVERA,
    SECOND,
    TUESDAY_NOON,
    days,
    wish,
)

LENGTHS = {GENERAL: timedelta(minutes=30), SECOND: timedelta(minutes=60)}
SOME_TIMES = st.builds(
    lambda type_id, doctor, number: wish(
        TUESDAY_NOON + days(1) + number * timedelta(minutes=30),
        visit_type_id=type_id,
        clinician_id=doctor,
        location_id=KNOXVILLE if doctor == RIVERA else NASHVILLE,
    ),
    st.sampled_from(sorted(LENGTHS)),
    st.sampled_from([RIVERA, OKAFOR]),
    st.integers(0, 3),
)


@dataclass
class Made:
    """What the model knows of one appointment."""

    wish: Wish
    done: list[str] = field(default_factory=lambda: ["book"])

    @property
    def coming(self) -> bool:
        return "cancel" not in self.done


@dataclass
class Kept:
    """What the model knows of one hold."""

    id: str
    wish: Wish
    begun: datetime
    until: datetime
    moves: str | None = None


class Model:
    """Holds and appointments as four people know them."""

    def begin(self, now: datetime) -> None:
        """Begin with an empty book."""
        self.now = now
        self.kept: dict[int, Kept] = {}
        self.made: dict[str, Made] = {}
        self.owner: dict[str, int] = {}
        self.latest: dict[int, str] = {}

    def coming(self, number: int) -> int:
        """Count the coming appointments of one of them."""
        return sum(
            self.owner[reference] == number and made.coming for reference, made in self.made.items()
        )

    def live(self, kept: Kept) -> bool:
        """Say whether a hold still keeps its time."""
        return self.now <= kept.until + HOLD_GRACE

    def held_but_for(self, number: int) -> list[Wish]:
        """Return the times that the others hold."""
        return [
            kept.wish for other, kept in self.kept.items() if other != number and self.live(kept)
        ]

    def taken_but_for(self, number: int, moves: str | None) -> list[Wish]:
        """Return the times that the others have, and all but the appointment that moves."""
        return self.held_but_for(number) + self.made_but(moves)

    def made_but(self, moves: str | None) -> list[Wish]:
        """Return the times of all coming appointments but the one that moves."""
        return [one.wish for name, one in self.made.items() if one.coming and name != moves]

    def is_full(self, wanted: Wish, number: int, moves: str | None) -> bool:
        """Say whether the doctor has no room for one more such visit."""
        if wanted.visit_type_id != SECOND:
            return False
        same = [
            one
            for one in self.taken_but_for(number, moves)
            if (one.visit_type_id, one.clinician_id) == (SECOND, wanted.clinician_id)
        ]
        return len(same) >= 3

    def is_good(self, number: int, mine: Kept) -> bool:
        """Say whether a hold may still become an appointment."""
        return self.live(mine) or not (
            self.is_full(mine.wish, number, mine.moves)
            or any(meet(mine.wish, other) for other in self.taken_but_for(number, mine.moves))
        )

    def clear(self, wanted: Wish, number: int) -> None:
        """Forget the holds that ran out over a time that somebody takes."""
        over = [
            other
            for other, kept in self.kept.items()
            if other != number and meet(wanted, kept.wish) and not self.live(kept)
        ]
        for other in over:
            del self.kept[other]


def meet(one: Wish, other: Wish) -> bool:
    """Say whether two visits of one doctor overlap."""
    if one.clinician_id != other.clinician_id:
        return False
    ends = [wanted.start + LENGTHS[wanted.visit_type_id] for wanted in (one, other)]
    return one.start < ends[1] and other.start < ends[0]
