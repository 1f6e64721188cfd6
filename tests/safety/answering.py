"""Somebody who answers the safety check for a person, by the limits that the check has now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.content import library
from app.content.fields import read_fields
from app.content.safety_limits import read_limits
from app.domain.safety import Answer, Limit, Outcome, assess
from app.settings import ROOT

COPY = library.Copy(
    folder=ROOT / "primer",
    edition="2026-11-21",
    language="en",
    jurisdiction="us",
    clinic_phone="(865) 555-0142",
    nurse_line=None,
)
LIMITS = read_limits(COPY.folder, COPY.edition, {})
ITEMS = library.safety(COPY).rules
FILE = read_fields(ROOT / "tests/safety/vignettes.yaml")

OPS: Mapping[str, Callable[[float, float], bool]] = {
    "<=": lambda fact, limit: fact <= limit,
    "<": lambda fact, limit: fact < limit,
    ">": lambda fact, limit: fact > limit,
    ">=": lambda fact, limit: fact >= limit,
}


@dataclass(frozen=True)
class Person:
    """Somebody in words, with the facts that a question may ask about."""

    who: str
    facts: Mapping[str, Any]
    not_sure: tuple[str, ...] = ()
    item: str = ""
    limits: Mapping[str, Limit] = field(default_factory=lambda: LIMITS)

    def is_(self, *names: str) -> bool:
        """Say whether one of these is true."""
        return any(self.facts.get(name, False) is True for name in names)

    def within(self, name: str, limit: str, scale: int = 1) -> bool:
        """Compare a number with a limit; what is not known is no."""
        fact, bound = self.facts.get(name), self.limits[limit]
        return fact is not None and OPS[bound.op](fact, bound.value * scale)


def people(key: str) -> list[Person]:
    """Read the people of one kind."""
    return [
        Person(row.text("who"), row.data["facts"], row.texts("not_sure"), row.data.get("item", ""))
        for row in FILE.rows(key)
    ]


def outcome(
    person: Person, limits: Mapping[str, Limit] = LIMITS, without: str | None = None
) -> Outcome:
    """Give what the check says to a person, with other limits or without an item, if asked."""
    person = replace(person, limits=limits)
    said = {name: Answer.YES if asks(person) else Answer.NO for name, asks in YES.items()}
    said |= dict.fromkeys(person.not_sure, Answer.NOT_SURE)
    asked = [item for item in ITEMS if item.id != without]
    return assess(asked, {item.id: said[item.id] for item in asked})


Asks = Callable[[Person], bool]
AFTER = ("after_fever", "after_numb", "after_bladder", "headache")
AT_RISK = (
    *("very_ill", "diabetes", "weak_immune", "dialysis", "recent_infection"),
    *("catheter", "injected_drugs", "procedure_ever"),
)
IN_PREGNANCY = ("bleeding", "fever", "waves", "belly", "baby_less")


def _weak(person: Person, *how: str) -> bool:
    return person.facts.get("leg_weak") in how


# What a yes to each question means; the limits are those of the edition.
YES: Mapping[str, Asks] = {
    "E1": lambda p: p.within("cauda_weeks", "E1"),
    "E2": lambda p: _weak(p, "new", "worse"),
    "E3": lambda p: p.is_("unsteady"),
    "E4": lambda p: p.is_("crash") and not p.is_("crash_checked"),
    "E5": lambda p: (
        p.is_("chest_pain")
        or (p.is_("sudden_severe") and p.is_("faint"))
        or (p.is_("aneurysm") and p.is_("new_pain"))
    ),
    "E6": lambda p: p.is_("fever") and p.is_(*AT_RISK),
    "E7": lambda p: p.is_("cancer") and p.is_("legs_now"),
    "E8": lambda p: p.within("procedure_months", "E8") and p.is_(*AFTER),
    "E9": lambda p: p.is_("blood_thinner", "bleeds") and p.is_("sudden_new"),
    "E10": lambda p: (p.is_("pregnant") or p.within("birth_weeks", "E10")) and p.is_(*IN_PREGNANCY),
    "T1": lambda p: p.is_("fever"),
    "T2": lambda p: p.within("procedure_months", "T2", 12) and p.is_("growing"),
    "T3": lambda p: _weak(p, "steady") and not p.is_("leg_weak_checked"),
    "T4": lambda p: p.within("cauda_weeks", "T4") and not p.is_("cauda_checked"),
    "T5": lambda p: p.is_("hands"),
    "T6": lambda p: p.is_("cancer") and p.is_("pain_different"),
    "T7": lambda p: p.within("lost_kg", "T7") or p.is_("sweats"),
    "T8": lambda p: p.within("pain_months", "T8") and p.is_("worse") and p.is_("never_eases"),
    "T9": lambda p: (
        p.within("pain_months", "T9")
        and p.is_("small_fall")
        and (p.is_("thin_bones", "steroids") or p.within("age", "T9_age"))
    ),
    "T10": lambda p: p.is_("pain_new") and p.is_("weak_immune", "injected_drugs"),
    "T11": lambda p: p.is_("lump"),
    "T12": lambda p: p.is_("burns") and p.is_("side"),
    "B1": lambda p: p.is_("one_leg"),
    "B2": lambda p: p.is_("blood_thinner"),
    "B3": lambda p: p.is_("pregnant"),
    "B4": lambda p: p.is_("first") and (p.within("age", "B4") or p.within("age", "B4_under")),
    "B5": lambda p: (
        p.within("age", "B5")
        and p.within("stiff_months", "B5_stiff")
        and p.within("stiff_minutes", "B5_minutes")
    ),
    "B6": lambda p: p.is_("steroids", "neck", "diabetes", "thin_bones", "cancer", "implants"),
}
