"""Questionnaires of other people: off until their owner's line is on file, and then only ticked."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app import cli
from app.content import library
from app.content.fields import BadEdition
from app.content.previsit import Part
from app.domain.refusals import NotHere, UnknownInstrument
from app.services import appointment, brief, edition, instrument, previsit
from app.services import clinic as clinics
from app.settings import ROOT
from app.storage import models
from app.web.brief import page, scores
from tests.clinics import Guest, person
from tests.conftest import MONDAY_8AM
from tests.services.looking import everything, rows

NAME = "roland-morris"
BORN = date(1968, 4, 21)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the editions as a clinic's own, to be changed."""
    return Path(shutil.copytree(ROOT / "primer", tmp_path / "primer"))


def today(folder: Path) -> library.Copy:
    return edition.shown(clinics.load(), folder, "en")


def life(folder: Path) -> Part:
    part = library.previsit(today(folder)).part("life")
    assert part is not None
    return part


def allow(folder: Path) -> None:
    instrument.allow(NAME, line="Yes, on a screen.", by="Jo Brandt", folder=folder, now=MONDAY_8AM)


def test_it_is_off_and_not_shown_until_the_owners_line_is_on_file(app: Flask, folder: Path) -> None:
    assert NAME not in {item.id for item in life(folder).items}

    allow(folder)

    assert [item.id for item in life(folder).items][-1] == NAME
    assert instrument.allowed() == (NAME,)


def test_the_line_and_who_put_it_on_file_are_kept(app: Flask, folder: Path) -> None:
    allow(folder)

    (clinic,) = rows(models.Clinic)
    (entry,) = rows(models.JournalEntry, models.JournalEntry.verb == "allow_instrument")
    assert clinic.instruments == {
        NAME: {"line": "Yes, on a screen.", "by": "Jo Brandt", "on": "2027-03-01"}
    }
    assert entry.change == {"instrument": NAME, "who": "Jo Brandt"}


def test_without_its_sentences_it_cannot_be_switched_on(app: Flask, folder: Path) -> None:
    (folder / "instruments" / NAME / "en.yaml").unlink()
    before = everything()

    with pytest.raises(NotHere):
        allow(folder)
    with pytest.raises(UnknownInstrument):
        instrument.allow("peg", line="x", by="x", folder=folder, now=MONDAY_8AM)

    assert everything() == before
    assert [path.name for path in (ROOT / "primer/instruments").iterdir()] == [NAME]


def test_a_form_with_a_sentence_too_few_is_refused(app: Flask, folder: Path) -> None:
    file = folder / "instruments" / NAME / "en.yaml"
    words = file.read_text("utf-8")
    file.write_text(words.replace("  - I sleep less well because of my back.\n", ""))

    with pytest.raises(BadEdition, match=r"en\.yaml:\d+: these are 23"):
        allow(folder)


def test_in_another_language_it_is_not_asked(app: Flask, folder: Path) -> None:
    allow(folder)

    form = library.previsit(edition.shown(clinics.load(), folder, "es"))

    assert NAME not in {item.id for part in form.parts for item in part.items}


@pytest.mark.parametrize("ticked", [1, 9, 24])
def test_its_score_is_the_number_of_ticks_with_both_ends_and_no_verdict(
    guest: Guest, folder: Path, ticked: int
) -> None:
    allow(folder)
    reference = guest.book(who=person(birth_date=BORN))
    appointment.unlock(reference, BORN, actor=guest.actor, now=MONDAY_8AM)
    answers = {NAME: [str(number) for number in range(1, ticked + 1)]}
    previsit.save(reference, life(folder), answers, edition="x", actor=guest.actor, now=MONDAY_8AM)

    made = brief.write(reference, today=today(folder), who="Dr Rivera", now=MONDAY_8AM)

    assert scores(made) == [("Roland-Morris", ticked, 24)]
    assert f"{ticked} of 24 ticked. 0 is none of the sentences, 24 is all of them." in page(made)


def test_all_its_sentences_are_asked_as_its_authors_wrote_them(app: Flask, folder: Path) -> None:
    allow(folder)

    form = life(folder).items[-1]
    sentences = list(form.options.values())

    assert str(form.why).endswith("if you are sure it describes you today.")
    assert len(sentences) == len(set(sentences)) == 24
    assert all(" back" in sentence for sentence in sentences)
    assert form.said["source"].endswith("Spine 1983;8:141-144.")
    assert sentences[0] == "I stay at home most of the time because of my back."
    assert sentences[-1] == "I stay in bed most of the time because of my back."


def test_the_command_switches_it_on_and_says_what_is_missing(app: Flask, tmp_path: Path) -> None:
    cli.init_app(app)
    line, nothing = tmp_path / "line.txt", tmp_path / "nothing.txt"
    line.write_text("Yes.")
    nothing.write_text(" ")
    run = app.test_cli_runner().invoke

    empty = run(args=["instrument", "allow", NAME, "--line", str(nothing), "--by", "Jo Brandt"])
    unknown = run(args=["instrument", "allow", "peg", "--line", str(line), "--by", "Jo Brandt"])
    switched = run(args=["instrument", "allow", NAME, "--line", str(line), "--by", "Jo Brandt"])

    assert "The owner's line is empty" in empty.output
    assert "There is no questionnaire peg" in unknown.output
    assert switched.output == "roland-morris is asked before visits from now on.\n"
