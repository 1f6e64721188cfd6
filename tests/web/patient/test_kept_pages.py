"""The list of times is made once and shown to many: nothing of one person may be in it."""

import re

from flask import Flask

from tests.web.patient.booking_walk import SLOT, book, keep, patient

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def test_two_people_see_the_same_list_each_with_their_own_token(site: Flask) -> None:
    first, second = patient(site).get("/times").text, patient(site).get("/times").text

    mine, theirs = set(TOKEN.findall(first)), set(TOKEN.findall(second))
    assert len(mine) == len(theirs) == 1
    assert mine.isdisjoint(theirs)
    assert first.replace(mine.pop(), "") == second.replace(theirs.pop(), "")


def test_the_time_one_person_keeps_is_not_shown_to_the_next(site: Flask) -> None:
    one = patient(site)
    keep(one)
    assert "data-hold-until" in one.get("/times").text

    other = patient(site).get("/times").text

    assert "data-hold-until" not in other


def test_a_refusal_is_not_kept_for_the_next_person(site: Flask) -> None:
    refused = patient(site)
    assert "data-refusal" in refused.get("/times?said=nothing_held").text

    assert "data-refusal" not in patient(site).get("/times").text
    assert "data-refusal" not in patient(site).get("/times?said=nothing_held_").text


def test_a_booked_time_leaves_the_list_that_others_saw_before(site: Flask) -> None:
    other = patient(site)
    last = SLOT.findall(other.get("/times").text)[-1]

    book(patient(site))

    assert last not in SLOT.findall(other.get("/times").text)
