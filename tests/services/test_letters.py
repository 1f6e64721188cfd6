from datetime import datetime, timedelta

from flask import Flask

from app.domain.letter import Letter, LetterKind
from app.services import appointment, cancelling, letters, moving
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import NASHVILLE, OKAFOR, TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.offers import EVENING, SOONER, offer, token_of
from tests.services.looking import booked, rows

THURSDAY, FRIDAY = TUESDAY_NOON + days(2), TUESDAY_NOON + days(3)
BASE = "https://harbor.example.org"


def letter(kind: str, sequence: int = 0, now: datetime = MONDAY_8AM) -> Letter | None:
    """Put a mail of the only appointment together, as it would leave now."""
    (mail, *_) = rows(models.Mail, models.Mail.kind == kind, models.Mail.sequence == sequence)
    return letters.letter(mail.id, base_url=BASE, emergency_number="911", now=now)


def move(guest: Guest, reference: str) -> None:
    wanted, clinic = wish(FRIDAY, clinician_id=OKAFOR, location_id=NASHVILLE), clinics.load()
    moving.take(
        reference, wanted, actor=guest.actor, visit=guest.visit, clinic=clinic, exempt=True,
        now=MONDAY_8AM,
    )  # fmt: skip
    moving.move(
        reference, wanted, actor=guest.actor, visit=guest.visit, clinic=clinic, now=MONDAY_8AM
    )


def test_a_letter_says_what_is_booked(guest: Guest) -> None:
    reference = guest.book(wish(THURSDAY), person("m@example.org", name="Marian Hale"))

    said = letter("appointment_booked")

    assert said is not None
    assert (said.kind, said.reference) == (LetterKind.BOOKED, reference)
    assert (said.recipient_address, said.patient_name) == ("m@example.org", "Marian Hale")
    assert said.interval is not None
    assert said.interval.start == THURSDAY
    assert said.change_until == THURSDAY - days(1)
    assert said.stamp == MONDAY_8AM
    assert said.wants_calendar


def test_a_letter_goes_to_whoever_booked_for_somebody(guest: Guest) -> None:
    guest.book(wish(THURSDAY), person(booker_name="Jo Hale", calendar="text"))

    said = letter("appointment_booked")

    assert said is not None
    assert (said.recipient_name, said.patient_name) == ("Jo Hale", "Marian Hale")
    assert not said.wants_calendar


def test_the_link_of_a_letter_opens_the_appointment(guest: Guest) -> None:
    reference = guest.book(wish(THURSDAY))
    said = letter("appointment_booked")
    assert said is not None

    token = said.link.removeprefix(f"{BASE}/a/")

    assert appointment.open_link(token, visit=None, network="x", now=MONDAY_8AM)[1] == reference


def test_a_letter_knows_no_health_word(guest: Guest) -> None:
    kept = guest.hold(wish(THURSDAY))
    guest.say(question="canary", told=("canary",))
    guest.confirm(kept.id)

    assert "canary" not in str(letter("appointment_booked"))


def test_after_a_move_the_letter_of_the_old_time_has_nothing_to_say(guest: Guest) -> None:
    move(guest, guest.book(wish(THURSDAY)))

    assert letter("appointment_booked") is None
    assert letter("appointment_reminder", 0) is None


def test_the_letter_of_a_move_says_both_times_and_the_new_place(guest: Guest) -> None:
    move(guest, guest.book(wish(THURSDAY)))

    said = letter("appointment_moved", 1)

    assert said is not None
    assert said.interval is not None
    assert said.previous_interval is not None
    assert (said.previous_interval.start, said.interval.start) == (THURSDAY, FRIDAY)
    assert (said.sequence, str(said.zone)) == (1, "America/Chicago")


def test_a_cancelled_appointment_has_its_last_letter_only(guest: Guest) -> None:
    reference = guest.book(wish(THURSDAY))
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    said = letter("appointment_cancelled", 1)

    assert said is not None
    assert said.sequence == 1
    assert letter("appointment_booked") is None
    assert letter("appointment_reminder") is None


def test_a_reminder_is_not_sent_after_the_visit_has_begun(guest: Guest) -> None:
    guest.book(wish(THURSDAY))

    assert letter("appointment_reminder", now=THURSDAY - timedelta(seconds=1)) is not None
    assert letter("appointment_reminder", now=THURSDAY) is None


def test_a_link_in_a_letter_is_that_of_the_moment_it_leaves(guest: Guest) -> None:
    reference = guest.book(wish(THURSDAY))
    made = booked(reference)
    made.link_version = 3
    db.session.commit()

    said = letter("appointment_booked")

    assert said is not None
    assert said.link == BASE + appointment.path(made.id, 3)


def test_no_mail_is_no_letter(app: Flask) -> None:
    assert letters.letter(99, base_url=BASE, emergency_number="911", now=MONDAY_8AM) is None


def test_a_letter_is_in_the_patients_language_with_the_clinics_words_in_it(guest: Guest) -> None:
    guest.book(wish(THURSDAY), person(language="es"))

    said = letter("appointment_booked")

    assert said is not None
    assert said.language == "es-US"
    assert said.directions.startswith("Segundo piso")


def test_a_language_the_clinic_has_no_words_in_leaves_its_own(guest: Guest) -> None:
    guest.book(wish(THURSDAY), person(language="fr"))

    said = letter("appointment_booked")

    assert said is not None
    assert said.language == "fr"
    assert said.directions.startswith("Second floor")


def test_the_mail_of_an_offer_names_the_times_and_only_while_they_are_held(
    guest: Guest, reference: str
) -> None:
    made = offer(reference)

    said = letter("time_offered")
    later = letter("time_offered", now=EVENING + timedelta(hours=1))

    assert said is not None
    assert [one.interval.start for one in said.offered] == [wish.start for wish in SOONER]
    assert said.link.endswith(f"/p/{token_of(made)}")
    assert (said.reference, said.confirm_until) == (reference, EVENING)
    assert later is None
