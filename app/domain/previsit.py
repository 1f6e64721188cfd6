"""What a person tells the doctor before the visit: which answers there can be, all optional."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.domain.refusals import UnknownAnswer

LONGEST = 1000  # letters of an answer in somebody's own words
SCALE = tuple(str(number) for number in range(11))
IN_PERSON = "in_person"
KEPT = timedelta(days=90)  # after the visit: the clinic copies what it needs into its record

Answers = Mapping[str, Sequence[str]]  # by the name of the field; what is left open is not in it


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to answer: some of its *options*, or own words where it has none."""

    name: str
    options: tuple[str, ...] = ()
    several: bool = False

    def checked(self, values: Sequence[str]) -> tuple[str, ...]:
        """Return an answer in the order of the options; refuse what nobody was offered."""
        given = tuple(value.strip() for value in values if value.strip())
        if not self.options:
            return self._own_words(given)
        if set(given) - set(self.options) or (len(given) > 1 and not self.several):
            raise UnknownAnswer
        return tuple(option for option in self.options if option in given)

    def _own_words(self, given: tuple[str, ...]) -> tuple[str, ...]:
        if len(given) > 1 or any(len(words) > LONGEST for words in given):
            raise UnknownAnswer
        return given


def checked(fields: Iterable[Field], given: Answers) -> dict[str, tuple[str, ...]]:
    """Return the answers to some fields, empty ones left out; others were not asked."""
    known = {field.name: field for field in fields}
    if set(given) - set(known):
        raise UnknownAnswer
    answers = {name: known[name].checked(values) for name, values in given.items()}
    return {name: values for name, values in answers.items() if values}


def merged(
    before: Answers, fields: Iterable[Field], answers: Answers
) -> dict[str, tuple[str, ...]]:
    """Put the answers to one part in the place of what it said before; other parts stay."""
    asked = {field.name for field in fields}
    others = {name: tuple(values) for name, values in before.items() if name not in asked}
    return others | {name: tuple(values) for name, values in answers.items()}
