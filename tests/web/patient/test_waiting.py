"""The waiting list as patients see it: asked for, changed, left, and what is typed wrongly."""

import pytest
from flask import Flask

from app.services import waiting_offers
from app.storage import models
from tests.clinics import OKAFOR, RIVERA, Guest
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.offers import token_of
from tests.services.looking import rows
from tests.services.people import THURSDAY
from tests.services.people import token_of as link_of
from tests.web.patient.wanting import WHO, WISHES
from tests.web.walker import Walker


@pytest.fixture
def walker(site: Flask) -> Walker:
    """Give somebody who passed the safety check and found no time."""
    walker = Walker(site)
    walker.be_safe("general")
    return walker


@pytest.fixture
def holder(site: Flask, walker: Walker) -> tuple[Walker, str]:
    """Give somebody who has an appointment on Thursday, with its link opened."""
    with site.app_context():
        reference = Guest(MONDAY_8AM).book(THURSDAY)
        token = link_of(reference)
    walker.follow(walker.get(f"/a/{token}"))
    return walker, reference


def places(site: Flask) -> list[models.Waiting]:
    with site.app_context():
        found: list[models.Waiting] = rows(models.Waiting)
        return found


def test_whoever_finds_no_time_leads_to_the_list(site: Flask, walker: Walker) -> None:
    times = walker.get("/times?visit=general")
    assert 'href="/waiting?visit=general"' in times.text

    walker.get("/waiting?visit=general")
    done = walker.follow(walker.post("/waiting", {**WHO, **WISHES}))

    assert "You are on the list" in done.text
    (place,) = places(site)
    assert (place.clinician_ids, place.weekdays, place.part) == ([RIVERA], [1, 4], "afternoon")
    assert (place.video, place.short_notice) == (False, True)
    assert str(place.until_day) == "2027-03-20"


def test_what_is_left_empty_means_any(site: Flask, walker: Walker) -> None:
    walker.get("/waiting")

    walker.post("/waiting", {**WHO, "visit": "general"})

    (place,) = places(site)
    assert (place.clinician_ids, place.weekdays, place.part) == ([], [], "any")
    assert (place.video, place.until_day, place.short_notice) == (None, None, False)


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [({"until": "tomorrow"}, "year, month and day"), ({"until": "2026-01-01"}, "This day is over"),
     ({"email": "marian"}, "Add the @"), ({"name": ""}, "write a name"),
     ({"bday_day": "31"}, "has no day"), ({"phone": "5"}, "phone number")],
)  # fmt: skip
def test_wrong_input_gets_a_sentence_and_keeps_what_was_typed(
    site: Flask, walker: Walker, odd: dict[str, str], sentence: str
) -> None:
    walker.get("/waiting")

    page = walker.post("/waiting", {**WHO, **WISHES, **odd})

    assert page.status_code == 422
    assert sentence in page.text
    assert 'value="(865) 555-0178"' in page.text or "phone" in odd
    assert 'name="weekdays" value="4" checked' in page.text
    assert places(site) == []


@pytest.mark.parametrize(
    "odd", [{"doctors": "99"}, {"doctors": "x"}, {"weekdays": "9"}, {"part": "night"},
            {"how": "by post"}, {"visit": "consultation"}, {"short": "maybe"}]
)  # fmt: skip
def test_what_was_not_offered_is_not_taken(
    site: Flask, walker: Walker, odd: dict[str, str]
) -> None:
    walker.get("/waiting")

    assert walker.post("/waiting", {**WHO, **WISHES, **odd}).status_code == 422
    assert places(site) == []


def test_a_double_press_is_one_place(site: Flask, walker: Walker) -> None:
    for _ in range(2):
        walker.get("/waiting")
        done = walker.follow(walker.post("/waiting", {**WHO, **WISHES}))

    assert "You are on the list" in done.text
    assert len(places(site)) == 1


def test_the_fourth_wish_of_an_address_is_refused_kindly(site: Flask, walker: Walker) -> None:
    for name in ("Ada Hale", "Ben Hale", "Cora Hale"):
        walker.get("/waiting")
        walker.post("/waiting", {**WHO, **WISHES, "name": name})

    walker.get("/waiting")
    page = walker.post("/waiting", {**WHO, **WISHES, "name": "Dev Hale"})

    assert page.status_code == 429
    assert 'data-refusal="too_many_waiting"' in page.text
    assert 'value="marian@example.org"' in page.text
    assert len(places(site)) == 3


def test_without_the_safety_check_there_is_no_list(site: Flask) -> None:
    for path in ("/waiting", "/waiting/joined"):
        assert Walker(site).get(path).status_code == 303


def test_somebody_with_an_appointment_waits_for_an_earlier_one(
    site: Flask, holder: tuple[Walker, str]
) -> None:
    walker, reference = holder
    assert "Tell me if an earlier time comes free" in walker.get(f"/appointment/{reference}").text
    page = walker.get(f"/appointment/{reference}/earlier")
    assert f'name="doctors" value="{RIVERA}" checked' in page.text

    done = walker.follow(walker.post(f"/appointment/{reference}/earlier", WISHES))

    assert "You are on the list." in done.text
    assert "You wait for an earlier time since Monday 1 March" in done.text
    (place,) = places(site)
    assert place.appointment_id is not None


def test_they_change_what_they_wish_and_leave(site: Flask, holder: tuple[Walker, str]) -> None:
    walker, reference = holder
    address = f"/appointment/{reference}/earlier"
    walker.get(address)
    walker.post(address, WISHES)
    page = walker.get(address)
    assert 'name="weekdays" value="4" checked' in page.text

    walker.post(address, {**WISHES, "doctors": [str(OKAFOR)]})
    assert [place.clinician_ids for place in places(site)] == [[OKAFOR]]
    for _twice in range(2):
        done = walker.follow(walker.post(f"{address}/leave"))

    assert "You are not on the list any more." in done.text
    assert [place.closed for place in places(site)] == ["left"]


def test_after_a_no_one_press_takes_them_off_the_list(
    site: Flask, walker: Walker, clock: StoppedClock
) -> None:
    walker.get("/waiting")
    walker.post("/waiting", {**WHO, **WISHES})
    with site.app_context():
        waiting_offers.Rounds().run(now=MONDAY_8AM)
        (made,) = rows(models.Proposal)
        token, id_ = token_of(made.id), made.id
    walker.follow(walker.get(f"/p/{token}"))
    page = walker.follow(walker.post(f"/offer/{id_}", {"no": "no"}))
    assert "You stay on our waiting list." in page.text

    left = walker.follow(walker.post(f"/offer/{id_}/leave"))

    assert "You are not on the list any more." in left.text
    assert [place.closed for place in places(site)] == ["left"]
