"""The numbers in the safety check: as the edition has them, or as a clinic tightened them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.content.fields import Fields, read_fields
from app.content.words import Words
from app.domain.safety import Limit

PREFIX = "limit_"  # of a clinic's own limits among its words
POUNDS = (11, 5)  # in a kilogram, rounded down: who lost less is asked about too


def own_limits(clinic_words: Mapping[str, str]) -> dict[str, int]:
    """Return the limits that a clinic set itself."""
    return {
        name.removeprefix(PREFIX): int(value)
        for name, value in clinic_words.items()
        if name.startswith(PREFIX)
    }


def read_limits(folder: Path, edition: str, own: Mapping[str, int]) -> dict[str, Limit]:
    """Read every limit that a clinic can set, with its own value where it set one."""
    return limits_in(read_fields(folder / edition / "safety.yaml"), own)


def limits_in(rules: Fields, own: Mapping[str, int]) -> dict[str, Limit]:
    """Give the limits of the rules; one that follows another has its value."""
    rows = [
        limit
        for item in rules.rows("items")
        if item.has("time_limits")
        for limit in item.rows("time_limits")
        if limit.has("id")
    ]
    known = {limit.id: limit for limit in map(_limit, rows)}
    for row in rows:
        if row.has("follows") and row.text("follows") not in known:
            raise row.wrong("follows", f"there is no limit {row.text('follows')}")
    return {name: _as_set(limit, known, own) for name, limit in known.items()}


def _as_set(limit: Limit, known: Mapping[str, Limit], own: Mapping[str, int]) -> Limit:
    """Give a limit its clinic's value; an edition that stops more people has its own way."""
    leader = known[limit.follows or limit.id]
    value = own.get(leader.id, leader.value)
    return replace(limit, value=value if leader.stops_more(value) else leader.value)


def _limit(row: Fields) -> Limit:
    return Limit(
        id=row.text("id"),
        what=row.text("what"),
        value=row.whole("value"),
        unit=row.text("unit"),
        op=row.text("op"),
        follows=row.text_or_none("follows"),
    )


def with_limits(row: Fields, words: Words, limits: Mapping[str, Limit], rules: Fields) -> Words:
    """Give the words of one item, the numbers in it among them."""
    if not row.has("limits"):
        return words
    written = {limit.id: limit for limit in limits_in(rules, {}).values()}
    said = row.part("limits")
    unknown = set(said.data) - set(limits)
    if unknown:
        raise row.wrong("limits", f"there is no limit {', '.join(sorted(unknown))}")
    values = {
        name: _said(forms, limits[name].value, written[name].value)
        for name, forms in said.named().items()
    }
    return Words({**words.values, **values}, words.replacements)


def _said(forms: Fields, value: int, written: int) -> str:
    if value == written:
        return forms.text("as_written")
    form = forms.text("one" if value == 1 and forms.has("one") else "other")
    many, kilos = POUNDS
    return form.replace("{number}", str(value)).replace("{pounds}", str(value * many // kilos))
