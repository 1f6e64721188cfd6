"""A time somebody asks for, as it travels in a form, and a search as it travels in an address."""

import re
from collections.abc import Container
from datetime import UTC, date, datetime

from werkzeug.datastructures import MultiDict

from app.domain.appointment import Wish
from app.domain.clinic import Clinic, VisitType
from app.domain.refusals import NotOffered
from app.domain.wallclock import PARTS
from app.services.offer import Search
from app.web.sent import number

LONGEST = 80
SLOT = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:00Z)\|(\d{1,9})\|(\d{1,9})\|([01])\|(\d{1,9})", re.ASCII
)
YEARS = range(2000, 2200)  # beyond them nothing is offered, and arithmetic ends
HOW = {"in_person": False, "video": True}


def written(start: datetime) -> str:
    """Write an instant as our pages do: 2027-03-15T13:30:00Z."""
    return f"{start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def slot(wish: Wish) -> str:
    """Write a wish as the value of a button."""
    video = int(wish.video)
    parts = (written(wish.start), wish.clinician_id, wish.location_id, video, wish.visit_type_id)
    return "|".join(str(part) for part in parts)


def asked(form: MultiDict[str, str]) -> Wish:
    """Read the wish of a pressed button; raises NotOffered for anything that is none."""
    values = form.getlist("slot")
    if len(values) != 1:
        raise NotOffered
    return read(values[0])


def read(text: str) -> Wish:
    """Read the value of a button; raises NotOffered for anything that is none."""
    found = SLOT.fullmatch(text) if len(text) < LONGEST else None
    if found is None:
        raise NotOffered
    start, clinician_id, location_id, video, visit_type_id = found.groups()
    return Wish(
        start=_instant(start),
        clinician_id=int(clinician_id),
        location_id=int(location_id),
        video=video == "1",
        visit_type_id=int(visit_type_id),
    )


def _instant(text: str) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotOffered from error
    if start.year not in YEARS:
        raise NotOffered
    return start


def search(args: MultiDict[str, str], types: list[VisitType], clinic: Clinic) -> Search:
    """Read what a person looks for; what makes no sense is left out, so that a page comes."""
    wanted = next((one for one in types if one.slug == args.get("visit")), types[0])
    part = args.get("part", "any")
    doctors = [
        id_
        for id_, one in clinic.clinicians.items()
        if one.active and wanted.id in one.visit_type_ids
    ]
    places = [id_ for id_, one in clinic.locations.items() if one.active]
    return Search(
        visit_type_id=wanted.id,
        video=HOW.get(args.get("how", "")) if wanted.in_person and wanted.video else None,
        clinician_id=_known(args.get("doctor"), doctors),
        location_id=_known(args.get("place"), places),
        part=part if part in PARTS else "any",
        from_day=_day(args.get("from")),
    )


def near(wish: Wish, clinic: Clinic) -> Search:
    """Look for times from the day of another one on, with whoever is free."""
    day = wish.start.astimezone(clinic.locations[wish.location_id].zone).date()
    return Search(visit_type_id=wish.visit_type_id, from_day=day)


def address(search: Search, clinic: Clinic, **other: object) -> dict[str, object]:
    """Write a search for an address; *other* replaces a part of it."""
    how = {False: "in_person", True: "video"}
    parts: dict[str, object] = {
        "visit": clinic.visit_types[search.visit_type_id].slug,
        "how": how.get(search.video) if search.video is not None else None,
        "doctor": search.clinician_id,
        "place": search.location_id,
        "part": search.part if search.part != "any" else None,
        "from": search.from_day,
    }
    return {name: value for name, value in (parts | other).items() if value is not None}


def _known(text: str | None, among: Container[int]) -> int | None:
    found = number(text)
    return found if found in among else None


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.year in YEARS else None
