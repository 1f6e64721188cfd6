"""What somebody wants to ask the doctor, and what matters most to them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.domain.refusals import UnknownAnswer

LONGEST = 200  # letters of a question in somebody's own words
OWN_AT_MOST = 10
_OWN = "own-"


@dataclass(frozen=True, slots=True)
class Wishes:
    """Values and questions by their names: *asked* in the person's order, *own* in their words."""

    matters: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)

    def ticked(
        self, matters: Collection[str], asked: Collection[str], known: Iterable[str]
    ) -> "Wishes":
        """Take over what is ticked: what was asked before keeps its place, the rest comes after.

        A question of one's own that is not ticked any more is gone.
        """
        names = tuple(known)
        new = tuple(name for name in names if name in asked and name not in self.asked)
        stay = tuple(name for name in self.asked if name in asked)
        if set(asked) - {*names, *self.own}:
            raise UnknownAnswer
        own = {name: words for name, words in self.own.items() if name in asked}
        return Wishes(tuple(matters), stay + new, own)

    def moved(self, name: str, by: int) -> "Wishes":
        """Move a question up (-1) or down (1); at the end of the list it stays."""
        if name not in self.asked or by not in (-1, 1):
            raise UnknownAnswer
        order, at = list(self.asked), self.asked.index(name)
        to = min(max(at + by, 0), len(order) - 1)
        order.insert(to, order.pop(at))
        return replace(self, asked=tuple(order))

    def added(self, words: str) -> "Wishes":
        """Put a question of one's own at the end; the same words again change nothing."""
        if words in self.own.values():
            return self
        if len(words) > LONGEST or self.full:
            raise UnknownAnswer
        number = 1 + max((int(name.removeprefix(_OWN)) for name in self.own), default=0)
        name = f"{_OWN}{number}"
        return replace(self, asked=(*self.asked, name), own={**self.own, name: words})

    @property
    def full(self) -> bool:
        """Whether there is no room for another question of one's own."""
        return len(self.own) >= OWN_AT_MOST
