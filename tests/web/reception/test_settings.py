"""The clinic's settings on screens: looked at first, kept, refused with a sentence."""

import re
from io import BytesIO

import pytest
from flask import Flask

from app.domain.staff import Role
from app.services import clinic as clinics
from app.services.clinic import load
from tests.desk import appoint
from tests.pictures import png
from tests.staffing import PASSWORD, Colleague

LINES = re.compile(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)</textarea>')
CHOICE = re.compile(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)


@pytest.fixture
def mira(site: Flask) -> Colleague:
    mira = Colleague(site, Role.OWNER, name="Mira Castellan")
    mira.get("/staff/settings")
    return mira


def form(mira: Colleague, path: str) -> dict[str, str]:
    """Return what the settings' form of a page would send if nothing were changed."""
    return form_of(mira.get(path).text)


def form_of(page: str) -> dict[str, str]:
    part = page[page.index('<form class="form slim"') :]
    part = part[: part.index("</form>")]
    found = {}
    for tag in re.findall(r"<input[^>]*>", part):
        name, value = (re.search(rf' {key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    found |= dict(LINES.findall(part))
    for name, options in CHOICE.findall(part):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    del found["csrf_token"]
    return found


def test_the_settings_lead_to_every_room(mira: Colleague) -> None:
    page = mira.get("/staff/settings").text

    for room in ("clinic", "visit-types", "doctors", "places", "guide"):
        assert f'href="/staff/settings/{room}"' in page
        assert mira.get(f"/staff/settings/{room}").status_code == 200


def test_a_place_is_looked_at_first_and_then_kept(site: Flask, mira: Colleague) -> None:
    sent = form(mira, "/staff/settings/places/1") | {
        "address": "14 Quay Street",
        "address.es": "Muelle 14",
    }

    looked = mira.post("/staff/settings/places/1", sent | {"look": "y"})
    with site.app_context():
        before = load().locations[1].address
    kept = mira.post("/staff/settings/places/1", sent)

    assert looked.status_code == 200
    assert '<p lang="es"><strong>Harbor Clinic Knoxville</strong><br>Muelle 14' in looked.text
    assert before != "14 Quay Street"
    assert kept.location == "/staff/settings/places?said=changed"
    with site.app_context():
        assert load().said_in("es").locations[1].address == "Muelle 14"
    assert "address from “12 Quay Street" in mira.get("/staff/journal").text


def test_two_owners_at_once_see_what_happened_and_lose_nothing(
    site: Flask, mira: Colleague
) -> None:
    sent = form(mira, "/staff/settings/places/1")
    ben = Colleague(site, Role.OWNER, name="Ben")
    ben.get("/staff/settings")
    ben.post("/staff/settings/places/1", sent | {"address": "Theirs"})

    refused = mira.post("/staff/settings/places/1", sent | {"address": "Mine"})
    again = mira.post("/staff/settings/places/1", form_of(refused.text))

    assert refused.status_code == 409
    assert "Somebody else changed this just now." in refused.text
    assert again.location == "/staff/settings/places?said=changed"
    with site.app_context():
        assert load().locations[1].address == "Mine"


@pytest.mark.parametrize(
    ("path", "field", "words"),
    [
        ("places/1", {"name": " "}, "Please write a name."),
        ("places/1", {"address": ""}, "Please write something here."),
        ("places/1", {"directions": "x" * 401}, "Please shorten this to 400 letters."),
        ("places/1", {"zone": "Moon/Base"}, "Please choose a time zone from the list"),
        ("doctors/1", {"name": "www.example.org/x"}, "A name has no web address in it."),
        ("doctors/1", {"offers": "77"}, "Please choose only from those that are offered."),
        ("doctors/1", {"offers": "x"}, "Please choose only from those that are offered."),
        ("clinic", {"brand_chroma": ""}, "Please choose one from the list."),
        ("clinic", {"country": ""}, "Please choose one of those that are offered."),
        ("visit-types/1", {"minutes": "7"}, "that 5 goes into"),
        ("visit-types/1", {"minutes": "0"}, "from 5 to 480"),
        ("visit-types/1", {"horizon_days": "9999"}, "from 1 to 365"),
        ("visit-types/1", {"max_per_day": "many"}, "from 1 to 99"),
        ("visit-types/1", {"notice_minutes": "-1"}, "from 0 to 9999"),
        ("clinic", {"phone": "call us"}, "This is not a phone number."),
        ("clinic", {"email": "harbor"}, "Add the @"),
        ("clinic", {"brand_hue": "360"}, "from 0 to 359"),
        ("clinic", {"brand_chroma": "9"}, "Please choose one of those that are offered."),
        ("clinic", {"reminder_hours": "48, soon"}, "up to four numbers of hours"),
        ("clinic", {"reminder_hours": "1 2 3 4 5"}, "up to four numbers of hours"),
        ("clinic", {"country": "XX"}, "Please choose one of those that are offered."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(
    site: Flask, mira: Colleague, path: str, field: dict[str, str], words: str
) -> None:
    sent = form(mira, f"/staff/settings/{path}") | field
    with site.app_context():
        before = clinics.load().revision

    page = mira.post(f"/staff/settings/{path}", sent)

    assert page.status_code == 422
    assert words in page.text
    with site.app_context():
        assert clinics.load().revision == before


def test_a_visit_takes_place_somewhere(mira: Colleague) -> None:
    sent = form(mira, "/staff/settings/visit-types/1")
    del sent["in_person"], sent["video"]

    page = mira.post("/staff/settings/visit-types/1", sent)

    assert page.status_code == 422
    assert "Please choose in person, by video, or both." in page.text


def test_ending_a_doctor_says_whom_to_call_before_it_counts(site: Flask, mira: Colleague) -> None:
    with site.app_context():
        reference = appoint(name="Ada Abbott")
    sent = form(mira, "/staff/settings/doctors/1")
    sent = {name: value for name, value in sent.items() if name != "active"}

    told = mira.post("/staff/settings/doctors/1", sent)
    (seen,) = re.findall(r'name="agreed" value="([^"]+)"', told.text)
    ended = mira.post("/staff/settings/doctors/1", sent | {"agreed": seen})

    assert told.status_code == 409
    assert f"/staff/appointment/{reference}" in told.text
    assert "Ada Abbott" in told.text
    assert "(865) 555-0178" in told.text
    assert ended.location == "/staff/rehouse?said=changed"
    assert "Ada Abbott" in mira.get(ended.location).text
    assert "Ada Abbott" in mira.get("/staff/day?date=2027-03-02").text


def test_a_doctor_and_a_visit_type_are_added_and_put_first(site: Flask, mira: Colleague) -> None:
    doctor = {"name": "Dr Eva Lund", "about": "", "offers": "2", "active": "y", "seen": ""}
    kind = form(mira, "/staff/settings/visit-types/new") | {"name": "Scan talk"}

    added = mira.post("/staff/settings/doctors/new", doctor)
    also = mira.post("/staff/settings/visit-types/new", kind)
    mira.post("/staff/settings/doctors/3/order", {"to": "up"})

    assert added.location == "/staff/settings/doctors?said=added"
    assert also.location == "/staff/settings/visit-types?said=added"
    with site.app_context():
        assert list(load().clinicians) == [1, 3, 2]
        assert [one.name for one in load().visit_types.values()][-1] == "Scan talk"


def test_the_clinic_changes_its_name_after_a_proof(site: Flask, mira: Colleague) -> None:
    sent = form(mira, "/staff/settings/clinic") | {"name": "Quay Clinic", "reminder_hours": "3 72"}
    sent |= {"calendar_names": "full"}
    site.extensions["clock"].forward(minutes=6)

    asked = mira.post("/staff/settings/clinic", sent)
    kept = mira.post("/staff/settings/clinic", sent | {"proof": PASSWORD})

    assert asked.status_code == 403
    assert kept.location == "/staff/settings/clinic?said=changed"
    with site.app_context():
        assert (load().name, load().reminder_hours) == ("Quay Clinic", (72, 3))
        assert load().calendar_names == "full"


def test_a_law_whose_texts_are_missing_is_refused_by_name(site: Flask, mira: Colleague) -> None:
    page = mira.get("/staff/settings/clinic").text
    sent = form(mira, "/staff/settings/clinic") | {"jurisdiction": "uk", "country": "US"}

    refused = mira.post("/staff/settings/clinic", sent)

    assert "<code>insurance_sentence</code> (English)" in page
    assert "Emergency number: 999" in page
    assert refused.status_code == 422
    assert "With these settings the clinic could not show its pages." in refused.text
    assert "packs/uk.yaml" in refused.text
    with site.app_context():
        assert load().jurisdiction == "us"


def test_looking_first_shows_a_colour_that_is_not_kept(site: Flask, mira: Colleague) -> None:
    sent = form(mira, "/staff/settings/clinic") | {"brand_hue": "210"}

    page = mira.post("/staff/settings/clinic/look", sent)

    assert page.status_code == 200
    assert "oklch(.38 0.1 210)" in page.text
    with site.app_context():
        assert load().brand_hue == 350


def test_a_logo_is_written_anew_and_shown_on_every_page(site: Flask, mira: Colleague) -> None:
    sent = {"csrf_token": mira.token, "picture": (BytesIO(png() + b"tail"), "../x.svg")}

    kept = mira.client.post("/staff/settings/clinic/logo", data=sent)
    shown = re.search(r"/logo/\w+\.png", mira.get("/").text)
    picture = mira.client.get(shown[0] if shown else "/")

    assert kept.location == "/staff/settings/clinic?said=changed"
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert b"tail" not in picture.data
    mira.get("/staff/settings/clinic")
    mira.post("/staff/settings/clinic/logo", {"none": "y"})
    assert "/logo/" not in mira.get("/").text


def test_a_drawing_or_nothing_is_no_logo(mira: Colleague) -> None:
    for file in (b"<svg onload='x'/>", b""):
        sent = {"csrf_token": mira.token, "picture": (BytesIO(file), "logo.png")}
        page = mira.client.post("/staff/settings/clinic/logo", data=sent)

        assert page.status_code == 422
        assert "Please choose a PNG picture" in page.text
    assert mira.client.get("/logo/abc.png").status_code == 404


@pytest.mark.parametrize(
    "path", ["places/99", "doctors/99", "visit-types/99", "guide/difference/x/y"]
)
def test_what_is_not_there_is_a_page_that_is_not_there(mira: Colleague, path: str) -> None:
    assert mira.get(f"/staff/settings/{path}").status_code == 404
