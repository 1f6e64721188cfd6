"""The clinic's settings: changed as they were seen, told from what to what, and lost by nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.domain.refusals import NotAllowed, NotYours
from app.domain.setting import SettingChanged, ZoneInUse, seen_as
from app.domain.staff import Role, Staff
from app.services import clinic as clinics
from app.services import clinic_settings, doctors, places, visit_types
from app.storage import models
from tests.clinics import GENERAL, KNOXVILLE, NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, days
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, everything, rows
from tests.staffing import hire

ROOM = {
    "name": "Room 9", "address": "9 Hill Road", "directions": "", "zone": "Europe/Berlin",
    "active": True, "directions.es": "Arriba",
}  # fmt: skip


@pytest.fixture
def mira(app: Flask) -> Staff:
    return hire(Role.OWNER, name="Mira Castellan")


def change_place(mira: Staff, id_: int, *, said: str | None = None, **wanted: Any) -> None:
    known = places.find(mira, id_)
    wanted |= {"directions.es": said} if said else {}
    places.change(mira, id_, known | wanted, seen=seen_as(known), agreed="", now=MONDAY_8AM)


def change_doctor(mira: Staff, id_: int, **wanted: Any) -> None:
    known = doctors.find(mira, id_)
    doctors.change(mira, id_, known | wanted, seen=seen_as(known), agreed="", now=MONDAY_8AM)


def changes() -> list[tuple[str, Any]]:
    return [(line.verb, line.change.get("changed")) for line in rows(models.JournalEntry)]


USES: list[Callable[[Staff], object]] = [
    lambda who: places.find(who, 1),
    lambda who: places.coming(who, 1, now=MONDAY_8AM),
    lambda who: places.add(who, ROOM, now=MONDAY_8AM),
    lambda who: places.change(who, 1, ROOM, seen="", agreed="", now=MONDAY_8AM),
    lambda who: places.put(who, 1, up=False, now=MONDAY_8AM),
    lambda who: doctors.find(who, 1),
    lambda who: doctors.add(who, {}, now=MONDAY_8AM),
    lambda who: doctors.change(who, 1, {}, seen="", agreed="", now=MONDAY_8AM),
    lambda who: doctors.put(who, 1, up=False, now=MONDAY_8AM),
    lambda who: visit_types.find(who, 1),
    lambda who: visit_types.add(who, {}, now=MONDAY_8AM),
    lambda who: visit_types.change(who, 1, {}, seen="", now=MONDAY_8AM),
    lambda who: visit_types.put(who, 1, up=False, now=MONDAY_8AM),
    lambda who: clinic_settings.find(who),
    lambda who: clinic_settings.show_logo(who, None, now=MONDAY_8AM),
]


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.CLINICIAN])
def test_t34_only_the_owner_changes_what_the_clinic_is(app: Flask, role: Role) -> None:
    somebody = hire(role)
    before = everything()

    for use in USES:
        with pytest.raises(NotAllowed):
            use(somebody)

    assert everything() == before


def test_a_change_counts_at_once_and_says_from_what_to_what(mira: Staff) -> None:
    before = clinics.load().revision

    change_place(mira, KNOXVILLE, address="14 Quay Street", said="Arriba")

    shown = clinics.load()
    assert shown.revision > before
    assert shown.locations[KNOXVILLE].address == "14 Quay Street"
    assert shown.said_in("es").locations[KNOXVILLE].directions == "Arriba"
    ((verb, told),) = changes()
    assert verb == "place_changed"
    assert told["address"] == ["12 Quay Street, Knoxville, Tennessee", "14 Quay Street"]
    assert set(told) == {"address", "directions.es"}


def test_nothing_changed_is_nothing_written(mira: Staff) -> None:
    before = everything()

    change_place(mira, KNOXVILLE)
    change_doctor(mira, RIVERA)

    assert everything() == before


def test_of_two_owners_at_once_the_second_is_told(mira: Staff) -> None:
    seen = seen_as(places.find(mira, KNOXVILLE))
    change_place(mira, KNOXVILLE, address="14 Quay Street")
    before = everything()

    with pytest.raises(SettingChanged):
        places.change(
            mira, KNOXVILLE, places.find(mira, KNOXVILLE) | {"name": "Harbor"}, seen=seen,
            agreed="", now=MONDAY_8AM,
        )  # fmt: skip

    assert everything() == before


def test_a_place_is_added_last_and_nobody_is_there_yet(mira: Staff) -> None:
    made = places.add(mira, ROOM, now=MONDAY_8AM)

    shown = clinics.load()
    assert list(shown.locations)[-1] == made
    assert shown.locations[made].zone == ZoneInfo("Europe/Berlin")
    assert shown.said_in("es").locations[made].directions == "Arriba"


def test_a_zone_does_not_change_under_coming_appointments(mira: Staff) -> None:
    appoint()
    appoint(TUESDAY_NOON - days(7), clinician_id=OKAFOR, location_id=NASHVILLE)

    with pytest.raises(ZoneInUse):
        change_place(mira, KNOXVILLE, zone="America/Chicago")
    change_place(mira, NASHVILLE, zone="America/New_York")

    assert clinics.load().locations[KNOXVILLE].zone.key == "America/New_York"
    assert clinics.load().locations[NASHVILLE].zone.key == "America/New_York"


def test_a_doctors_visit_types_are_told_by_name(mira: Staff) -> None:
    change_doctor(mira, RIVERA, offers=[GENERAL])

    assert clinics.load().clinicians[RIVERA].visit_type_ids == {GENERAL}
    ((_, told),) = changes()
    assert told["offers"][1] == ["General spine visit"]


def test_a_new_doctor_has_no_hours_and_the_types_that_were_chosen(mira: Staff) -> None:
    wanted = {"name": "Dr Eva Lund", "about": "", "active": True, "offers": [GENERAL]}

    made = doctors.add(mira, wanted, now=MONDAY_8AM)

    shown = clinics.load()
    assert shown.clinicians[made].visit_type_ids == {GENERAL}
    assert shown.hours[made].weekly == ()


def test_a_change_of_a_visit_type_leaves_what_is_booked_as_it_is(mira: Staff) -> None:
    reference = appoint()
    before = booked(reference)
    known = visit_types.find(mira, GENERAL)
    wanted = known | {"minutes": 60, "after_minutes": 30, "active": False}

    visit_types.change(mira, GENERAL, wanted, seen=seen_as(known), now=MONDAY_8AM)

    after = booked(reference)
    assert (after.starts_at, after.ends_at) == (before.starts_at, before.ends_at)
    assert clinics.load().visit_types[GENERAL].rule.length == timedelta(hours=1)


def test_types_of_one_name_have_addresses_of_their_own(mira: Staff) -> None:
    wanted = visit_types.find(mira, GENERAL) | {"name": "Été 2027 / spine"}

    made = [visit_types.add(mira, wanted, now=MONDAY_8AM) for _ in range(3)]

    kinds = clinics.load().visit_types
    assert [kinds[id_].slug for id_ in made] == [
        "ete-2027-spine", "ete-2027-spine-2", "ete-2027-spine-3",
    ]  # fmt: skip


def test_lists_are_put_in_another_order(mira: Staff) -> None:
    doctors.put(mira, OKAFOR, up=True, now=MONDAY_8AM)
    doctors.put(mira, OKAFOR, up=True, now=MONDAY_8AM)

    assert list(clinics.load().clinicians) == [OKAFOR, RIVERA]
    assert [verb for verb, _ in changes()] == ["order_changed"]


def test_what_is_not_there_is_not_found(mira: Staff) -> None:
    for use in (places.find, doctors.find, visit_types.find):
        with pytest.raises(NotYours):
            use(mira, 99)
    with pytest.raises(NotYours):
        places.put(mira, 99, up=True, now=MONDAY_8AM)
