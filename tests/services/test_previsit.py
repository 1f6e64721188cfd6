"""The form before the visit: all optional, kept part by part, sealed, and only for its people."""

from datetime import date, timedelta

import pytest

from app.content.fields import read_fields
from app.content.previsit import Kind, Part
from app.domain.previsit import KEPT
from app.domain.refusals import AlreadyCancelled, AlreadyOver, NotYours, UnknownAnswer, UnlockNeeded
from app.services import appointment, cancelling, forget, previsit
from app.services import clinic as clinics
from app.settings import ROOT
from app.storage import models
from tests.clinics import Guest, person
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, everything, rows, verbs_of
from tests.services.previsit import FORM

BORN = date(1968, 4, 21)


@pytest.fixture
def reference(guest: Guest) -> str:
    made = guest.book(who=person(birth_date=BORN))
    appointment.unlock(made, BORN, actor=guest.actor, now=MONDAY_8AM)
    return made


def part(name: str) -> Part:
    found = FORM.part(name)
    assert found is not None
    return found


def say(guest: Guest, reference: str, name: str, **given: list[str]) -> None:
    answers = {field.replace("__", "."): values for field, values in given.items()}
    previsit.save(
        reference,
        part(name),
        answers,
        edition="2026-11-21",
        actor=guest.actor,
        now=guest.now,
    )


def said(guest: Guest, reference: str) -> dict[str, tuple[str, ...]]:
    kept = previsit.find(reference, actor=guest.actor)
    return kept.answers if kept else {}


def test_each_part_is_kept_by_itself_and_in_any_order(guest: Guest, reference: str) -> None:
    say(guest, reference, "life", goal=["To garden again"], life__walk=["7"])
    say(guest, reference, "pain", pain__now=["5"], duration=["1_to_5_years"])

    assert said(guest, reference) == {
        "goal": ("To garden again",),
        "life.walk": ("7",),
        "pain.now": ("5",),
        "duration": ("1_to_5_years",),
    }


def test_a_part_sent_again_takes_the_place_of_what_it_said_before(
    guest: Guest, reference: str
) -> None:
    say(guest, reference, "pain", pain__now=["5"], duration=["1_to_5_years"])

    say(guest, reference, "pain", pain__now=["4"])

    assert said(guest, reference) == {"pain.now": ("4",)}


def test_nothing_needs_an_answer(guest: Guest, reference: str) -> None:
    for one in FORM.parts:
        say(guest, reference, one.id, **{field.name: [""] for field in one.fields})
    previsit.finish(reference, actor=guest.actor, now=MONDAY_8AM)

    assert said(guest, reference) == {}


def test_every_item_can_be_told_in_person_instead(guest: Guest, reference: str) -> None:
    for one in FORM.parts:
        say(guest, reference, one.id, **{item.in_person.name: ["yes"] for item in one.items})

    assert len(said(guest, reference)) == sum(len(one.items) for one in FORM.parts)


def test_the_same_answers_twice_change_nothing(guest: Guest, reference: str) -> None:
    say(guest, reference, "pattern", worse=["sitting", "bending"])
    before = everything()

    guest.now += timedelta(minutes=1)
    say(guest, reference, "pattern", worse=["bending", "sitting"])

    assert everything() == before


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("pain", {"duration": ["forever"]}),
        ("pain", {"duration": ["1_to_5_years", "over_5_years"]}),
        ("pain", {"pain.now": ["11"]}),
        ("pain", {"pain.now": ["-1"]}),
        ("pain", {"goal": ["To walk"]}),
        ("pain", {"insurance": ["A-17"]}),
        ("where", {"map": ["low_left", "tail"]}),
        ("life", {"goal": ["x" * 1001]}),
        ("life", {"goal": ["one", "two"]}),
        ("life", {"goal.in_person": ["no"]}),
        ("tried", {"tried.exercise": ["cured"]}),
    ],
)
def test_answers_to_what_was_not_asked_are_refused_and_nothing_is_kept(
    guest: Guest, reference: str, name: str, answers: dict[str, list[str]]
) -> None:
    before = everything()

    with pytest.raises(UnknownAnswer):
        previsit.save(
            reference, part(name), answers, edition="x", actor=guest.actor, now=MONDAY_8AM
        )

    assert everything() == before


def test_it_is_shown_and_filled_in_after_the_birth_date_only(guest: Guest, reference: str) -> None:
    say(guest, reference, "life", goal=["To garden again"])
    link = appointment.path(booked(reference).id, 0).removeprefix("/a/")
    other, stranger = Guest(MONDAY_8AM), Guest(MONDAY_8AM)
    other.open_link(link)

    for person_, refusal in ((other, UnlockNeeded), (stranger, NotYours)):
        with pytest.raises(refusal):
            previsit.find(reference, actor=person_.actor)
        with pytest.raises(refusal):
            say(person_, reference, "life", goal=["mine"])


def test_it_is_open_until_the_visit_begins(guest: Guest, reference: str) -> None:
    start = booked(reference).starts_at
    actor = guest.actor
    just_before = start - timedelta(seconds=1)

    previsit.check_open(reference, actor=actor, now=just_before)
    with pytest.raises(AlreadyOver):
        previsit.save(reference, part("life"), {"goal": ["x"]}, edition="x", actor=actor, now=start)


def test_a_cancelled_visit_asks_nothing(guest: Guest, reference: str) -> None:
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    with pytest.raises(AlreadyCancelled):
        previsit.finish(reference, actor=guest.actor, now=MONDAY_8AM)


def test_what_is_said_is_sealed_and_bound_to_its_appointment(guest: Guest, reference: str) -> None:
    say(guest, reference, "life", goal=["Qxgoal"])

    (row,) = rows(models.PreVisit)

    assert b"Qxgoal" not in row.sealed
    assert b"goal" not in row.sealed


def test_the_journal_says_that_it_was_filled_in_and_not_what(guest: Guest, reference: str) -> None:
    say(guest, reference, "life", goal=["To garden"])
    say(guest, reference, "pain", pain__now=["5"])
    for _ in range(2):
        previsit.finish(reference, actor=guest.actor, now=MONDAY_8AM)

    assert verbs_of(booked(reference).id)[-2:] == ["prepare", "prepared"]
    entries = rows(models.JournalEntry, models.JournalEntry.verb.in_(["prepare", "prepared"]))
    assert all(entry.change == {} for entry in entries)


def test_it_is_forgotten_when_the_visit_is_long_over(guest: Guest, reference: str) -> None:
    say(guest, reference, "life", goal=["To garden"])
    end = booked(reference).ends_at

    assert kept_days() == {KEPT.days}
    for later, left in ((end + KEPT, 1), (end + KEPT + timedelta(seconds=1), 0)):
        forget.run(now=later)
        assert len(rows(models.PreVisit)) == left
    assert booked(reference).status == "booked"


def kept_days() -> set[int]:
    """Return the terms that the form's own file promises."""
    parts = read_fields(ROOT / "primer/2026-11-21/previsit.yaml").rows("parts")
    return {row.whole("kept_days") for one in parts for row in one.rows("items")}


def test_who_reads_the_form_asks_for_no_more_than_the_dossier_allows() -> None:
    kinds = {item.kind for one in FORM.parts for item in one.items}

    assert kinds == set(Kind)
    assert len(FORM.parts) == 6
