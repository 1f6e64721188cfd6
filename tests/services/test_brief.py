"""The doctor's page: what was read, said and asked, and who asked for it."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update

from app import cli
from app.content import library
from app.content.primer import Primer
from app.domain.questions import Wishes
from app.domain.refusals import NotYours
from app.services import appointment, brief, previsit, question_list, withdrawing
from app.services.brief import Brief
from app.settings import ROOT
from app.storage import models
from app.storage.database import db
from app.web.brief import page
from tests.clinics import Guest, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, everything, rows
from tests.services.previsit import FORM
from tests.services.reading import WORDS, answer, check_of, read_all, stand, wrong

BORN = date(1968, 4, 21)
TODAY = library.Copy(
    folder=ROOT / "primer",
    edition="2026-11-21",
    language="en",
    jurisdiction="us",
    clinic_phone="(865) 555-0142",
    nurse_line=None,
)


@pytest.fixture
def reference(reader: Guest, primer: Primer) -> str:
    """Give an appointment of somebody who read, missed, talked, and told the doctor."""
    q1 = check_of(primer, "Q1")
    read_all(reader, primer)
    answer(reader, q1, wrong(q1))
    answer(reader, q1, wrong(q1), before=1)
    stand(reader, primer, K5="talk", K6="skip", K1="understand")
    kept = reader.hold()
    reader.say(person(birth_date=BORN), question="What can I do this month?", told=("B2",))
    made = reader.confirm(kept.id)
    appointment.unlock(made, BORN, actor=reader.actor, now=MONDAY_8AM)
    return made


def fill_in(guest: Guest, reference: str) -> None:
    answers = {
        "pain": {"pain.now": ["5"], "pain.worst": ["8"], "duration": ["1_to_5_years"]},
        "where": {"map": ["low_left", "calf_left"]},
        "life": {"life.walk": ["7"], "goal": ["To garden <again>"]},
        "tried": {"tried.exercise": ["a_bit"], "scans.in_person": ["yes"]},
        "health": {"medicines": ["Ibuprofen"], "allergies": ["latex"]},
    }
    for name, given in answers.items():
        part = FORM.part(name)
        assert part is not None
        previsit.save(
            reference, part, given, edition="2026-11-21", actor=guest.actor, now=MONDAY_8AM
        )


def written(reference: str) -> Brief:
    return brief.write(reference, today=TODAY, who="Dr Rivera", now=MONDAY_8AM)


def test_it_says_what_was_read_missed_and_asked(
    app: Flask, reader: Guest, reference: str, primer: Primer
) -> None:
    fill_in(reader, reference)
    q1 = check_of(primer, "Q1")
    chosen = q1.option(wrong(q1))
    said = {item.id: item.text for item in primer.statements.items}

    sheet = page(written(reference))

    assert chosen is not None
    for words in (
        "What can I do this month?",
        "Wants to talk about:</strong> " + said["K5"],
        "Skipped:</strong> " + said["K6"],
        "Go over:</strong> " + q1.question,
        chosen.text,
        *WORDS,
        "Do you take a blood thinner?",
        "10 of 10 parts were read",
        "Education record. Not consent to treatment.",
        "Statements understood: 1 of 8.",
    ):
        assert words.replace("'", "&#39;") in sheet, words
    assert said["K1"] not in sheet
    assert sheet.count(f"“{chosen.text}”") == 1


def test_it_says_what_was_told_before_the_visit_with_the_meaning_of_each_number(
    app: Flask, reader: Guest, reference: str
) -> None:
    fill_in(reader, reference)

    sheet = page(written(reference))

    for words in (
        "To garden &lt;again&gt;",
        "5 of 10",
        "8 of 10",
        "0 is no pain. 10 is the worst pain you can think of.",
        "Low back, left; Left leg, back, below the knee.",
        "<strong>How long:</strong> 1 to 5 years",
        "Exercise: It helped a bit",
        "<strong>Medicines:</strong> Ibuprofen",
        "I will tell the doctor in person</h2><p>Scans</p>",
    ):
        assert words in sheet, words
    assert "candidate" not in sheet
    assert "score" not in sheet.lower()


def test_it_lists_what_matters_and_the_questions_in_the_persons_order(
    app: Flask, reader: Guest, reference: str, primer: Primer
) -> None:
    first, second = primer.questions.items[:2]
    value = primer.questions.values[0]

    def wish_for(before: Wishes) -> Wishes:
        ticked = primer.questions.ticked(before, [value.id], [first.id, second.id])
        return ticked.added("Can I swim?").moved(second.id, -1)

    question_list.change(reader.visit, wish_for, now=MONDAY_8AM)

    sheet = page(written(reference))

    places = [sheet.index(words) for words in (value.text, second.text, first.text, "Can I swim?")]
    assert places == sorted(places)


def test_without_a_reading_or_a_form_it_says_so(app: Flask, guest: Guest) -> None:
    sheet = page(written(guest.book(wish(), person(birth_date=BORN))))

    assert "No guide was read for this visit." in sheet
    assert "The form was not filled in." in sheet
    assert "Nothing was noted when booking." in sheet


def test_after_a_withdrawal_it_says_taken_back_and_counts_nothing(
    app: Flask, reader: Guest, reference: str
) -> None:
    fill_in(reader, reference)
    withdrawing.withdraw(reference, actor=reader.actor, now=MONDAY_8AM)

    sheet = page(written(reference))

    assert "took back what they answered to the guide and before the visit." in sheet
    assert "10 of 10 parts were read" in sheet
    assert "Statements understood" not in sheet
    assert "was not filled in" not in sheet


def test_an_edition_that_is_gone_is_said_to_be_gone(
    app: Flask, reader: Guest, reference: str
) -> None:
    db.session.execute(update(models.Reading).values(edition="1999-01-01"))
    db.session.commit()

    assert "is not kept here: its answers cannot be shown" in page(written(reference))


def test_an_answer_that_a_newer_form_does_not_know_is_left_out(
    app: Flask, reader: Guest, reference: str
) -> None:
    fill_in(reader, reference)
    made = written(reference)
    old = {**(made.answers or {}), "map": ("tail", "low_left"), "gone": ("x",), "duration": ("y",)}

    sheet = page(replace(made, answers=old))

    assert "<p>Low back, left.</p>" in sheet
    assert "tail" not in sheet
    assert "How long" not in sheet


def test_whoever_has_it_written_is_in_the_journal_and_nothing_of_it_is(
    app: Flask, reader: Guest, reference: str
) -> None:
    written(reference)

    (entry,) = rows(models.JournalEntry, models.JournalEntry.verb == "brief")
    assert (entry.actor, entry.change, entry.at) == ("staff", {"who": "Dr Rivera"}, MONDAY_8AM)
    assert entry.appointment_id == booked(reference).id


def test_an_appointment_that_there_is_not_is_refused_and_nothing_is_noted(app: Flask) -> None:
    before = everything()

    with pytest.raises(NotYours):
        written("HB-222-222")

    assert everything() == before


def test_the_age_is_that_of_the_day_of_the_visit(app: Flask, guest: Guest) -> None:
    sheet = written(guest.book(wish(), person(birth_date=BORN)))
    visit = wish().start.date()

    def born(day: date) -> int:
        about = replace(sheet.appointment, person=person(birth_date=day))
        return replace(sheet, appointment=about).age

    assert born(visit.replace(year=1968)) == visit.year - 1968
    assert born(visit.replace(year=1968, day=visit.day + 1)) == visit.year - 1968 - 1


def test_the_command_writes_it_for_its_owner_alone(
    app: Flask, reader: Guest, reference: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cli.init_app(app)
    out = tmp_path_factory.mktemp("brief") / "page.html"
    runner = app.test_cli_runner()

    done = runner.invoke(args=["brief", reference, "--out", str(out), "--as", "Dr Rivera"])
    nobody = runner.invoke(args=["brief", reference])
    nothing = runner.invoke(args=["brief", "HB-222-222", "--as", "Dr Rivera"])

    assert done.exit_code == 0, done.output
    assert out.stat().st_mode & 0o077 == 0
    assert reference in out.read_text(encoding="utf-8")
    assert nobody.exit_code == 2
    assert "There is no appointment HB-222-222" in nothing.output


def test_no_name_gets_out_of_the_line_that_repeats_it_on_further_sheets(
    app: Flask, reference: str
) -> None:
    found = written(reference)
    somebody = replace(found.appointment.person, name='"; } </style><b>\\Zo')

    made = page(replace(found, appointment=replace(found.appointment, person=somebody)))

    style = made.split("<style>")[1].split("</style>")[0]
    (line,) = [line for line in style.splitlines() if '@top-left { content: "' in line]
    assert '"\\000022\\00003b\\000020\\00007d' in line
    assert style.count("}") == style.count("{")
    assert "<b>" not in made
