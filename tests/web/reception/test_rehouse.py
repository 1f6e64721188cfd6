"""Rehousing by its page: all of them on one list, and one press for each."""

import re

import pytest
from flask import Flask

from app.domain.staff import Role
from tests.arranging import TUESDAY, close, closure
from tests.clinics import RIVERA, TUESDAY_NOON
from tests.desk import appoint
from tests.services.looking import booked, verbs_of
from tests.staffing import Colleague, hire

PAGE = "/staff/rehouse"


def afternoon(site: Flask, *people: dict[str, object]) -> list[str]:
    """Book people in on Tuesday afternoon, and close it; the closure is the first."""
    with site.app_context():
        references = [
            appoint(TUESDAY_NOON.replace(hour=17 + number), **who)  # type: ignore[arg-type]
            for number, who in enumerate(people)
        ]
        close(
            closure(TUESDAY.replace(hour=12), TUESDAY.replace(hour=17), clinician_id=RIVERA),
            hire(),
        )
    return references


def opened(site: Flask, path: str = f"{PAGE}?closure=1", role: Role = Role.RECEPTION) -> Colleague:
    colleague = Colleague(site, role)
    colleague.get(path)
    return colleague


def form(reference: str, **others: str | list[str]) -> dict[str, str | list[str]]:
    return {"reference": reference, "revision": "0", "closure": "1", **others}


def slots(page: str) -> list[str]:
    return re.findall(r'name="slot" value="([^"]+)"', page)


def starts(site: Flask, reference: str) -> str:
    with site.app_context():
        row = booked(reference)
        return f"{row.status} {row.starts_at:%dT%H:%M}"


def verbs(site: Flask, reference: str) -> list[str]:
    with site.app_context():
        return verbs_of(booked(reference).id)


def test_closing_leads_to_the_list_of_whoever_lost_their_time(site: Flask) -> None:
    with site.app_context():
        appoint()
    jo = opened(site, "/staff/closures/add")
    closed = {"whose": "doctor-1", "first": "2027-03-02", "last": "2027-03-02", "kind": "leave"}
    seen = re.findall(r'name="seen" value="([^"]+)"', jo.post("/staff/closures/add", closed).text)

    page = jo.follow(jo.post("/staff/closures/add", closed | {"seen": seen[0]})).text

    assert "0 of 1 settled" in page
    assert "Dr Ana Rivera, Tuesday 2 March 2027, the whole day" in page
    assert "Marian Hale" in page
    assert "(865) 555-0178" in page
    assert len(slots(page)) == 3


def test_chosen_times_are_mailed(site: Flask) -> None:
    (reference,) = afternoon(site, {})
    jo = opened(site)
    times = slots(jo.get(f"{PAGE}?closure=1").text)

    page = jo.follow(jo.post(f"{PAGE}/offer", form(reference, slot=times[1:]))).text

    assert "Asked by mail" in page
    assert "1</b> waiting for an answer" in page
    assert "/staff/offer/" in page
    assert slots(page) == []


def test_no_time_chosen_is_said_where_it_belongs(site: Flask) -> None:
    (reference,) = afternoon(site, {})

    answer = opened(site).post(f"{PAGE}/offer", form(reference))

    assert answer.status_code == 409
    assert 'data-refusal="not_offered"' in answer.text


def test_all_with_an_address_are_mailed_in_one_press(site: Flask) -> None:
    first, *_ = afternoon(site, {}, {"name": "Ada Abbott"}, {"name": "Ben Bauer", "email": ""})
    jo = opened(site)

    page = jo.follow(jo.post(f"{PAGE}/offer-all", {"closure": "1"})).text
    again = jo.follow(jo.post(f"{PAGE}/offer-all", {"closure": "1"})).text

    assert "2 mails are on their way" in page
    assert "Everybody with e-mail was asked already." in again
    assert "2</b> waiting for an answer" in page
    assert "1</b> without e-mail" in page
    assert page.count("Nobody was asked yet") == 1
    assert "Asked which new time suits" in jo.get(f"/staff/appointment/{first}").text


def test_one_is_moved_as_they_said_on_the_phone(site: Flask) -> None:
    (reference,) = afternoon(site, {})
    jo = opened(site)
    to = slots(jo.get(f"{PAGE}?closure=1").text)[1]

    answer = jo.post(f"{PAGE}/move", form(reference, to=to))
    page = jo.follow(answer).text

    assert answer.location.endswith(f"{PAGE}?closure=1#r-{reference}")
    assert starts(site, reference) == "booked 03T17:00"
    assert "1 of 1 settled" in page
    assert "<s>Tuesday 2 March 2027" in page


def test_one_is_cancelled_with_a_reason(site: Flask) -> None:
    (reference,) = afternoon(site, {})

    opened(site).post(f"{PAGE}/cancel", form(reference, reason="doctor_away"))

    assert starts(site, reference) == "cancelled 02T17:00"


def test_calls_are_noted_and_told(site: Flask) -> None:
    (reference,) = afternoon(site, {})
    jo = opened(site)

    page = jo.follow(jo.post(f"{PAGE}/call", form(reference, outcome="not_reached"))).text

    assert "Not reached, Monday 1 March 2027" in page
    assert "1</b> not reached by phone" in page
    assert "Jo Brandt called: Not reached" in jo.get(f"/staff/appointment/{reference}").text


def test_whoever_was_slower_is_told_and_nothing_moves(site: Flask) -> None:
    (reference,) = afternoon(site, {})
    jo = opened(site)
    times = slots(jo.get(f"{PAGE}?closure=1").text)
    jo.post(f"{PAGE}/move", form(reference, to=times[0]))

    late = jo.post(f"{PAGE}/move", form(reference, to=times[1]))

    assert late.status_code == 409
    assert 'data-refusal="changed_meanwhile"' in late.text
    assert starts(site, reference) == "booked 02T16:30"


@pytest.mark.parametrize(
    ("view", "typed"),
    [("move", {"to": "x"}), ("offer", {"slot": "x"}), ("offer", {"slot": ["x"] * 9}),
     ("call", {"outcome": "x"}), ("cancel", {"reason": "x"}), ("cancel", {"revision": "x"})],
)  # fmt: skip
def test_bad_forms_do_nothing(site: Flask, view: str, typed: dict[str, str | list[str]]) -> None:
    (reference,) = afternoon(site, {})
    jo = opened(site)

    answer = jo.post(f"{PAGE}/{view}", form(reference, reason="other") | typed)

    assert answer.status_code in (409, 422)
    assert starts(site, reference) == "booked 02T17:00"
    assert verbs(site, reference) == ["lose_time"]


def test_the_list_to_call_from_has_numbers_times_and_boxes(site: Flask) -> None:
    afternoon(site, {}, {"name": "Ada Abbott", "email": ""})

    page = opened(site).get(f"{PAGE}/calls?closure=1").text

    assert "(865) 555-0178" in page
    assert "Ada Abbott" in page
    assert page.count('class="box"') == 2 * (3 + 3)
    assert "<button" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_page_of_an_appointment_says_that_its_time_is_closed(site: Flask) -> None:
    (reference,) = afternoon(site, {})
    with site.app_context():
        other = appoint(TUESDAY_NOON.replace(hour=15))
    jo = opened(site)

    assert f"/staff/rehouse#r-{reference}" in jo.get(f"/staff/appointment/{reference}").text
    assert "stands in closed time" not in jo.get(f"/staff/appointment/{other}").text


def test_when_all_have_their_time_the_page_says_so(site: Flask) -> None:
    page = opened(site).get(PAGE).text

    assert "Every appointment has its time." in page
    assert opened(site).get(f"{PAGE}/calls").status_code == 200


@pytest.mark.parametrize("closure", ["99", "x", "9" * 30])
def test_a_closure_that_is_none_is_not_found(site: Flask, closure: str) -> None:
    assert opened(site).get(f"{PAGE}?closure={closure}").status_code == 404


def test_a_clinician_sees_their_own_patients_only(site: Flask) -> None:
    afternoon(site, {})

    assert "Marian Hale" in opened(site, role=Role.CLINICIAN).get(PAGE).text
    other = Colleague(site, Role.CLINICIAN, clinician_id=2)
    assert "Marian Hale" not in other.get(PAGE).text
    assert other.get(f"{PAGE}?closure=1").status_code == 404


def test_another_time_leads_back_to_the_list_it_was_chosen_from(site: Flask) -> None:
    (reference,) = afternoon(site, {})
    jo = opened(site)
    link = re.findall(
        r'href="(/staff/appointment/[^"]+/move[^"]*)"', jo.get(f"{PAGE}?closure=1").text
    )
    page = jo.get(link[0]).text
    listed = re.findall(r'name="rehouse" value="([^"]+)"', page)
    sent = {"slot": slots(page)[0], "revision": "0", "rehouse": listed[0]}

    done = jo.post(f"/staff/appointment/{reference}/move", sent)

    assert done.location == f"{PAGE}?closure=1#r-{reference}"
    assert "1 of 1 settled" in jo.follow(done).text
    assert f'href="{PAGE}?closure=1#r-{reference}"' in page


def test_another_time_from_the_list_of_all_leads_back_to_it(site: Flask) -> None:
    (reference,) = afternoon(site, {})
    jo = opened(site, PAGE)
    page = jo.get(f"/staff/appointment/{reference}/move?rehouse=all").text
    sent = {"slot": slots(page)[0], "revision": "0", "rehouse": "all"}

    done = jo.post(f"/staff/appointment/{reference}/move", sent)

    assert done.location == f"{PAGE}#r-{reference}"


def test_a_list_that_is_none_leads_to_the_appointment(site: Flask) -> None:
    (reference,) = afternoon(site, {})
    jo = opened(site)
    page = jo.get(f"/staff/appointment/{reference}/move?rehouse=//evil.example").text
    sent = {"slot": slots(page)[0], "revision": "0", "rehouse": "//evil.example"}

    done = jo.post(f"/staff/appointment/{reference}/move", sent)

    assert done.location == f"/staff/appointment/{reference}?done=moved"
