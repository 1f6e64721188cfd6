"""The day on paper: how prepared each visit is, and nothing that a patient answered."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import update

from app.content.primer import Primer
from app.domain.staff import Role, Staff
from app.services import appointment, day_sheet, previsit
from app.services import clinic as clinics
from app.services.day_sheet import Line, Sheets
from app.services.prepared import Form, Images
from app.storage import models
from app.storage.database import db
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, person, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import rows, statements
from tests.services.previsit import FORM
from tests.services.reading import answer, check_of, read_all, stand, wrong
from tests.staffing import hire

TUESDAY = date(2027, 3, 2)
BORN = date(1968, 4, 21)
MOST = 9  # statements, the journal's and the session's own among them


def sheets(actor: Staff, *, later: timedelta = timedelta(0)) -> Sheets:
    return day_sheet.see(TUESDAY, actor=actor, clinic=clinics.load(), now=MONDAY_8AM + later)


def lines(found: Sheets) -> list[Line]:
    return [line for sheet in found.sheets for line in sheet.lines]


def prepare(guest: Guest, made: str, *, done: bool = True) -> None:
    """Fill in what the desk may learn of, and what it may not."""
    appointment.unlock(made, BORN, actor=guest.actor, now=MONDAY_8AM)
    given = {
        "tried": {"scans": ["MRI of the low back"], "scans_how": ["bring"]},
        "life": {"goal": ["To garden"]},
    }
    for name, answers in given.items():
        part = FORM.part(name)
        assert part is not None
        previsit.save(made, part, answers, edition="2026-11-21", actor=guest.actor, now=MONDAY_8AM)
    if done:
        previsit.finish(made, actor=guest.actor, now=MONDAY_8AM)


def test_each_doctor_has_a_sheet_of_their_visits_in_order(jo: Staff) -> None:
    appoint(TUESDAY_NOON + timedelta(hours=1), name="Ben Bauer")
    appoint(name="Ada Abbott")
    appoint(name="Cora Costa", clinician_id=OKAFOR, location_id=NASHVILLE)

    found = sheets(jo)

    named = {
        sheet.column.clinician_id: [line.planned.name for line in sheet.lines]
        for sheet in found.sheets
    }
    assert named == {RIVERA: ["Ada Abbott", "Ben Bauer"], OKAFOR: ["Cora Costa"]}


def test_it_counts_what_to_go_over_and_says_how_images_come(
    jo: Staff, reader: Guest, primer: Primer
) -> None:
    q1 = check_of(primer, "Q1")
    read_all(reader, primer)
    answer(reader, q1, wrong(q1))
    answer(reader, q1, wrong(q1), before=1)
    stand(reader, primer, K5="talk", K1="understand")
    held = reader.hold()
    reader.say(person(birth_date=BORN), question="What about my disc?")
    prepare(reader, reader.confirm(held.id))

    (line,) = lines(sheets(jo))

    assert line.ready.guide is not None
    assert (line.ready.guide.finished, line.ready.guide.go_over) == (True, 2)
    assert (line.ready.form, line.ready.images) == (Form.DONE, Images.BRING)
    for words in ("MRI", "garden", "disc", "K5", q1.question):
        assert words not in repr(line)


def test_a_form_that_was_begun_is_not_filled_in(jo: Staff, guest: Guest) -> None:
    prepare(guest, guest.book(wish(), person(birth_date=BORN)), done=False)
    appoint(TUESDAY_NOON + timedelta(hours=1))

    begun, none = lines(sheets(jo))

    assert (begun.ready.form, none.ready.form) == (Form.BEGUN, Form.OPEN)
    assert none.ready.guide is None


def test_a_form_whose_key_is_gone_stands_without_its_words(jo: Staff, guest: Guest) -> None:
    prepare(guest, guest.book(wish(), person(birth_date=BORN)))
    db.session.execute(update(models.PreVisit).values(sealed=b"\x01k9" + bytes(40)))
    db.session.commit()

    (line,) = lines(sheets(jo))

    assert (line.ready.form, line.ready.images) == (Form.DONE, None)


def test_a_time_that_somebody_is_choosing_is_nobodys_visit(jo: Staff, guest: Guest) -> None:
    guest.hold()
    guest.say()

    assert lines(sheets(jo)) == []


def test_a_full_day_takes_as_many_statements_as_a_quiet_one(jo: Staff) -> None:
    appoint()
    sheets(jo)  # the clinic itself is read once a revision
    counts = []
    for hours in range(1, 3):
        for number in range(4):
            appoint(TUESDAY_NOON + timedelta(hours=hours, minutes=40 * number), overlap_reason="x")
        with statements() as asked:
            sheets(jo)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= MOST


def test_t36_whoever_prints_the_day_is_in_the_journal_once_for_a_while(jo: Staff) -> None:
    appoint()
    for minutes in (0, 5, 9, 11):
        sheets(jo, later=timedelta(minutes=minutes))
    sheets(hire())

    noted = rows(models.JournalEntry, models.JournalEntry.verb == "sheet")
    assert [line.actor for line in noted].count(jo.signature) == 2
    assert len(noted) == 3
    assert noted[0].change == {"day": "2027-03-02", "many": 1}


def test_t12_a_clinician_prints_their_own_day(app: Flask) -> None:
    appoint(name="Cora Costa", clinician_id=OKAFOR, location_id=NASHVILLE)
    rivera = hire(Role.CLINICIAN, clinician_id=RIVERA)

    found = sheets(rivera)

    assert [sheet.column.clinician_id for sheet in found.sheets] == [RIVERA]
    assert "Cora Costa" not in repr(found)
