"""The outage pack: whole or not there, its owner's alone, once a night, and good to work from."""

import csv
import logging
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from icalendar import Calendar
from pypdf import PdfReader
from sqlalchemy import delete

from app import worker
from app.content.press import NotPressed
from app.domain.staff import Role
from app.services import outage as services
from app.storage import models
from app.storage.database import db
from app.web import outage
from tests.clinics import NASHVILLE, OKAFOR, TUESDAY_NOON
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.desk import appoint
from tests.services.looking import rows
from tests.staffing import Colleague

MONDAY_NOON = MONDAY_8AM + timedelta(hours=4)
AT_NIGHT = timedelta(hours=19)  # from eight in the morning until three


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "outage"


def packs(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


def words_of(pack: Path) -> str:
    reader = PdfReader(BytesIO((pack / "days.pdf").read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_holds_three_days_as_pdf_table_and_a_calendar_for_each_doctor(
    site: Flask, folder: Path
) -> None:
    with site.app_context():
        today = appoint(MONDAY_NOON, name="Ada Abbott", desk_note="Call before noon")
        appoint(TUESDAY_NOON + timedelta(days=1), name="Zoë Ňovák", clinician_id=OKAFOR,
                location_id=NASHVILLE)  # fmt: skip
        appoint(TUESDAY_NOON + timedelta(days=2), name="On The Fourth Day")

        made = outage.write(folder, now=MONDAY_8AM)

    assert made is not None
    assert {path.name for path in made.iterdir()} == {
        "appointments.csv", "days.pdf", "1-dr-ana-rivera.ics", "2-dr-samuel-okafor.ics",
    }  # fmt: skip
    table = csv.DictReader(StringIO((made / "appointments.csv").read_text("utf-8-sig"), newline=""))
    assert [row["Patient"] for row in table] == ["Ada Abbott", "Zoë Ňovák"]
    (event,) = Calendar.from_ical((made / "1-dr-ana-rivera.ics").read_bytes()).events
    assert str(event["summary"]) == f"A.A. {today}"
    words = words_of(made)
    for said in ("Monday 1 March 2027", "Wednesday 3 March 2027", "Ada Abbott", "Zoë Ňovák",
                 "(865) 555-0178", today, "Call before noon", "Nothing is booked."):  # fmt: skip
        assert said in words, said
    assert "On The Fourth Day" not in words


@pytest.mark.parametrize("name", ["李雷", "محمد علي", "#set page(fill: red)", "Нина " * 20])
def test_somebody_whose_name_no_font_here_has_does_not_keep_the_pack_from_being_written(
    site: Flask, folder: Path, name: str
) -> None:
    with site.app_context():
        appoint(MONDAY_NOON, name=name)

        made = outage.write(folder, now=MONDAY_8AM)

    assert made is not None
    assert "(865) 555-0178" in words_of(made)
    assert name in (made / "appointments.csv").read_text("utf-8-sig")


def test_t37_nobody_else_on_the_machine_reads_it(site: Flask, folder: Path) -> None:
    with site.app_context():
        made = outage.write(folder, now=MONDAY_8AM)

    assert made is not None
    for path in (folder, made):
        assert path.stat().st_mode & 0o777 == 0o700
    for file in made.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600


def test_t37_a_folder_that_others_may_read_is_refused_with_what_to_do(
    site: Flask, folder: Path
) -> None:
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)

    done = site.test_cli_runner().invoke(args=["outage-pack", "--to", str(folder)])

    assert done.exit_code == 1
    assert "set its mode to 700" in done.output
    assert list(folder.iterdir()) == []


def test_the_worker_writes_one_at_once_then_one_each_night_and_keeps_three(
    site: Flask, clock: StoppedClock, folder: Path
) -> None:
    with site.app_context():
        one, another = worker.build(site), worker.build(site)
        names = []
        for hours in (0, 1, 15, 4, 24, 24, 24):  # eight, nine, midnight, four, and four again
            clock.forward(hours=hours)
            for either in (one, another):
                either.round()
            names.append([path.name for path in packs(folder)])

        noted = rows(models.JournalEntry, models.JournalEntry.verb == "outage_pack")

    assert [len(found) for found in names] == [1, 1, 1, 2, 3, 3, 3]
    assert names[-1] == ["2027-03-03_04-00-00", "2027-03-04_04-00-00", "2027-03-05_04-00-00"]
    assert len(noted) == 5


def test_f14_two_workers_at_once_write_one_pack(site: Flask, folder: Path) -> None:
    def write() -> None:
        with site.app_context():
            outage.write(folder, now=MONDAY_8AM, wait=False)

    writers = [Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(packs(folder)) == 1
    with site.app_context():
        assert len(rows(models.JournalEntry, models.JournalEntry.verb == "outage_pack")) == 1


def test_what_somebody_who_was_stopped_left_behind_is_cleared_and_nothing_else(
    site: Flask, folder: Path
) -> None:
    (folder / ".draft-1234").mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    (folder / "of the clinic's own").mkdir()

    with site.app_context():
        for hours in range(5):
            outage.write(folder, now=MONDAY_8AM + timedelta(hours=hours))

    assert [path.name for path in packs(folder)] == [
        "2027-03-01_10-00-00", "2027-03-01_11-00-00", "2027-03-01_12-00-00",
        "of the clinic's own",
    ]  # fmt: skip


def test_without_a_pdf_the_other_files_carry_the_day(
    site: Flask, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def jammed(*_: object, **__: object) -> bytes:
        raise NotPressed("no paper")

    site.extensions["press"] = jammed

    with site.app_context():
        made = outage.write(folder, now=MONDAY_8AM)

    assert made is not None
    assert {path.suffix for path in made.iterdir()} == {".csv", ".ics"}
    assert "the outage pack has no PDF" in caplog.text


def test_a_folder_that_cannot_be_written_is_tried_again_after_an_hour(
    site: Flask, clock: StoppedClock, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    folder.write_text("in the way")
    with site.app_context():
        one = worker.build(site)
        one.round()
        one.round()
        folder.unlink()
        one.round()
        assert not folder.exists()
        clock.forward(minutes=61)
        one.round()

    assert len(packs(folder)) == 1
    assert caplog.text.count("no outage pack was written") == 1


def test_whatever_is_wrong_with_a_pack_keeps_no_round_back_and_names_nobody(
    site: Flask, clock: StoppedClock, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise KeyError("Ada Abbott")

    well, site.extensions["press"] = site.extensions["press"], broken
    with site.app_context():
        one = worker.build(site)
        one.round()
        one.round()
        assert packs(folder) == []
        site.extensions["press"] = well
        clock.forward(minutes=61)
        one.round()

    assert len(packs(folder)) == 1
    assert caplog.text.count("no outage pack was written: KeyError") == 1
    assert "Ada Abbott" not in caplog.text


def test_owners_see_on_the_day_that_the_pack_is_old_and_metrics_say_how_old(
    site: Flask, clock: StoppedClock, folder: Path
) -> None:
    here = {"REMOTE_ADDR": "127.0.0.1"}
    with site.app_context():
        outage.write(folder, now=MONDAY_8AM)
    fresh = Colleague(site, Role.OWNER).get("/staff/day").text
    clock.now = MONDAY_8AM + services.TOO_OLD + timedelta(minutes=1)
    old = Colleague(site, Role.OWNER).get("/staff/day").text
    desk = Colleague(site).get("/staff/day").text

    sentence = "The last outage pack is older than a day"
    assert (sentence in fresh, sentence in old, sentence in desk) == (False, True, False)
    metrics = site.test_client().get("/metrics", environ_base=here).text
    assert f"foreword_outage_pack_age_seconds {26 * 3600 + 60}\n" in metrics


def test_the_metrics_of_a_clinic_without_a_pack_claim_no_age(site: Flask) -> None:
    here = {"REMOTE_ADDR": "127.0.0.1"}
    with site.app_context():
        db.session.execute(delete(models.Mail))
        db.session.commit()

    assert "outage" not in site.test_client().get("/metrics", environ_base=here).text


def test_the_command_writes_where_it_is_told(site: Flask, tmp_path: Path) -> None:
    done = site.test_cli_runner().invoke(args=["outage-pack", "--to", str(tmp_path / "here")])

    assert done.exit_code == 0, done.output
    assert len(packs(tmp_path / "here")) == 1
    assert "names and numbers" in done.output
