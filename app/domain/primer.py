"""One person's way through the primer: ten parts, a question after some, eight statements."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

PARTS = 10
MISSES_BEFORE_HELP = 2


class Stance(StrEnum):
    """The three equal answers to a statement; none of them keeps anybody from booking."""

    UNDERSTAND = "understand"
    TALK = "talk"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Progress:
    """Which parts were read: going back is free, going forward is one part at a time."""

    read: frozenset[int] = frozenset()

    @property
    def current(self) -> int:
        """The first part not read yet, or the last one."""
        return next((part for part in range(1, PARTS + 1) if part not in self.read), PARTS)

    @property
    def complete(self) -> bool:
        """Whether all parts were read."""
        return self.read.issuperset(range(1, PARTS + 1))

    def may_open(self, part: int) -> bool:
        """Say whether a part can be shown now."""
        return 1 <= part <= self.current

    def after(self, part: int) -> "Progress":
        """Give the progress once a part was read."""
        return Progress(self.read | {part})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is with one question."""

    misses: int = 0
    answered_right: bool = False

    @property
    def shows_answer(self) -> bool:
        """Whether the right answer is on the page by now."""
        return self.answered_right or self.misses >= MISSES_BEFORE_HELP

    @property
    def go_over(self) -> bool:
        """Whether the doctor should go over the topic: missed twice, or missed and left."""
        return self.misses >= MISSES_BEFORE_HELP or (self.misses > 0 and not self.answered_right)


def standing(chosen: Sequence[str], right: str) -> Standing:
    """Count the misses before the first right answer; there may be any number of tries."""
    if right in chosen:
        return Standing(list(chosen).index(right), answered_right=True)
    return Standing(len(chosen))


def unseen(must_see: Collection[str], standings: Mapping[str, Standing]) -> tuple[str, ...]:
    """Give the questions whose right answer must still be seen before the end.

    The question on fever after a shot is such a one: its answer can save a spine.
    """
    return tuple(check for check in must_see if not standings.get(check, Standing()).shows_answer)


def shown_order(seed: str, check: str, keys: Sequence[str]) -> tuple[str, ...]:
    """Shuffle options, always alike for one reading, so that going back shows the same page."""

    def place(key: str) -> bytes:
        return hashlib.sha256("\0".join((seed, check, key)).encode()).digest()

    return tuple(sorted(keys, key=place))
