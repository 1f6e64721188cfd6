"""Narrowing the list of times: what can be chosen, and what is."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app.domain.clinic import Clinic, VisitType
from app.services.offer import Search
from app.web.patient.wishes import address

Option = tuple[str, str, bool]  # value, words, chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A list to choose one from."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """The lists; *narrowed* says in words what was chosen, empty when nothing was."""

    fields: list[Field]
    narrowed: str
    all_url: str


def filter_of(
    search: Search, types: list[VisitType], clinic: Clinic, *, page: str, reference: str | None
) -> Filter:
    """Return the lists for a search; *page* is the endpoint they lead to."""
    fields = [
        _types(search, types),
        _how(search, clinic.visit_types[search.visit_type_id]),
        _doctors(search, clinic),
        _places(search, clinic),
        _parts(search),
    ]
    fields = [field for field in fields if len(field.options) > 1]
    narrowed = [
        words
        for field in fields
        if field.name != "visit"
        for value, words, chosen in field.options
        if chosen and value
    ]
    parts = address(Search(visit_type_id=search.visit_type_id), clinic)
    known = {"reference": reference} if reference else {}
    all_url = url_for(page, **known, **parts)  # type: ignore[arg-type]
    return Filter(fields=fields, narrowed=", ".join(narrowed), all_url=all_url)


def _types(search: Search, types: list[VisitType]) -> Field:
    options = [(one.slug, one.name, one.id == search.visit_type_id) for one in types]
    return Field(name="visit", label=_("Visit"), options=options)


def _how(search: Search, visit_type: VisitType) -> Field:
    options: list[Option] = []
    if visit_type.in_person and visit_type.video:
        options = [
            ("", _("In person or video"), search.video is None),
            ("in_person", _("In person"), search.video is False),
            ("video", _("By video"), search.video is True),
        ]
    return Field(name="how", label=_("How"), options=options)


def _doctors(search: Search, clinic: Clinic) -> Field:
    found = [
        one
        for one in clinic.clinicians.values()
        if one.active and search.visit_type_id in one.visit_type_ids
    ]
    options = [("", _("Any of %(number)s doctors", number=len(found)), search.clinician_id is None)]
    options += [(str(one.id), one.name, one.id == search.clinician_id) for one in found]
    return Field(name="doctor", label=_("Doctor"), options=options)


def _places(search: Search, clinic: Clinic) -> Field:
    options = [("", _("Any place"), search.location_id is None)]
    found = [one for one in clinic.locations.values() if one.active]
    options += [(str(one.id), one.name, one.id == search.location_id) for one in found]
    return Field(name="place", label=_("Place"), options=options)


def _parts(search: Search) -> Field:
    words = {
        "any": _("Any time"),
        "morning": _("Morning"),
        "afternoon": _("Afternoon"),
        "late": _("After 4 pm"),
    }
    options = [
        ("" if part == "any" else part, said, part == search.part) for part, said in words.items()
    ]
    return Field(name="part", label=_("Time of day"), options=options)
