from flask import Flask
from sqlalchemy import update

from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import GENERAL, KNOXVILLE, OKAFOR, RIVERA
from tests.conftest import MONDAY_8AM, Make
from tests.services.looking import clinic_changed, statements


def test_a_clinic_is_read_once_and_kept_until_it_changes(app: Flask) -> None:
    first = clinics.load()
    with statements() as asked:
        again = clinics.load()
    with statements() as known:
        clinics.load(revision=first.revision)

    assert again is first
    assert (len(asked), len(known)) == (1, 0)


def test_a_change_of_the_clinic_is_read_at_once(app: Flask) -> None:
    before = clinics.load()
    db.session.execute(update(models.Clinic).values(name="Bay Clinic"))
    clinic_changed()

    after = clinics.load()

    assert (before.name, after.name) == ("Harbor Clinic", "Bay Clinic")
    assert after.revision == before.revision + 1


def test_two_clinics_of_one_process_do_not_mix(make_app: Make, app: Flask, sqlite_url: str) -> None:
    here = clinics.load()
    with make_app(sqlite_url).app_context():
        db.session.execute(update(models.Clinic).values(name="Bay Clinic"))
        db.session.commit()
        there = clinics.load()

    assert (here.name, there.name) == ("Harbor Clinic", "Bay Clinic")
    assert clinics.load().name == "Harbor Clinic"


def test_a_clinic_knows_its_doctors_in_their_order(app: Flask) -> None:
    for id_, position in ((RIVERA, 2), (OKAFOR, 1)):
        known = update(models.Clinician).where(models.Clinician.id == id_)
        db.session.execute(known.values(position=position))
    clinic_changed()

    clinic = clinics.load()

    assert list(clinic.clinicians) == [OKAFOR, RIVERA]
    assert clinic.visit_type("general") == clinic.visit_types[GENERAL]
    assert clinic.visit_type("nothing") is None
    assert str(clinic.locations[KNOXVILLE].zone) == "America/New_York"
    assert clinics.is_set_up()


def test_places_doctors_and_visits_say_their_words_in_a_language(app: Flask) -> None:
    clinic = clinics.load()

    spanish = clinic.said_in("es")

    assert spanish.tagline == "cuidado de la columna"
    assert spanish.visit_types[GENERAL].name == "Consulta general de columna"
    assert spanish.locations[KNOXVILLE].directions.startswith("Segundo piso")
    assert (spanish.name, spanish.revision) == (clinic.name, clinic.revision)


def test_a_language_without_words_leaves_a_clinic_as_it_is(app: Flask) -> None:
    clinic = clinics.load()

    assert clinic.said_in("fr") is clinic


def test_the_first_host_is_kept_for_good_and_told_once(app: Flask) -> None:
    for host in ("book.harbor.example", "termine.harbor.example", "book.harbor.example"):
        clinics.keep_host(host, now=MONDAY_8AM)

    assert clinics.load().host("termine.harbor.example") == "book.harbor.example"
    kept = db.session.query(models.JournalEntry).filter_by(verb="known_as")
    assert [line.change for line in kept] == [{"name": "book.harbor.example"}]


def test_a_clinic_on_one_machine_is_known_to_nobody(app: Flask) -> None:
    clinics.keep_host("127.0.0.1", now=MONDAY_8AM)

    assert clinics.load().known_as is None
    assert clinics.load().host("127.0.0.1") == "127.0.0.1"
