"""The commands that prove a record and write it into a file."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.storage import readings
from app.storage.database import db
from app.storage.models import Clinic, JournalEntry, Reading
from tests.web.patient.booking_walk import book
from tests.web.walker import PRIMER, Walker

BY_ME = ("--as", "Dr Rivera")


@pytest.fixture
def learned(site: Flask) -> str:
    """Give the reference of somebody who read the guide, answered and booked."""
    walker = Walker(site)
    walker.be_safe()
    walker.read()
    walker.get("/statements")
    walker.post("/statements", {"K1": "talk", "words_0": "To walk my dog."})
    return book(walker)


def run(site: Flask, *words: str) -> tuple[int, str]:
    """Run a command of the clinic's."""
    done = site.test_cli_runner().invoke(args=list(words))
    return done.exit_code, done.output


def test_a_record_that_holds_and_one_that_does_not(site: Flask, learned: str) -> None:
    assert run(site, "record", "verify") == (0, "Every record holds.\n")
    assert run(site, "record", "verify", learned) == (0, "The record holds.\n")
    with site.app_context():
        db.session.execute(update(Reading).values(head="0" * 64))
        db.session.commit()

    code, said = run(site, "record", "verify", learned)

    assert code == 1
    assert f"{learned}: entry " in said
    assert "(cut)" in said


def test_a_reference_that_nobody_has(site: Flask, tmp_path: Path) -> None:
    assert run(site, "record", "verify", "NO-SUCH")[0] == 1
    assert run(site, "record", "show", "NO-SUCH", *BY_ME, "--out", str(tmp_path / "x"))[0] == 1


def test_years_later_the_file_shows_the_very_pages_with_the_phone_of_then(
    site: Flask, learned: str, tmp_path: Path
) -> None:
    with site.app_context():
        then = db.session.get_one(Clinic, 1).phone
        db.session.execute(update(Clinic).values(phone="(865) 555-0999", revision=99))
        db.session.commit()

    code, said = run(
        site, "record", "show", learned, *BY_ME, "--out", str(tmp_path / "record.html")
    )
    written = (tmp_path / "record.html").read_text(encoding="utf-8")

    assert (code, (tmp_path / "record.html").stat().st_mode & 0o777) == (0, 0o600)
    assert "To walk my dog." not in said
    assert "Education record. Not consent to treatment." in written
    assert "To walk my dog." in written
    assert then in written
    assert "(865) 555-0999" not in written
    for page in PRIMER.pages:
        assert all(str(piece.html) in written for piece in (*page.main, *page.detail))
    assert "http://" not in written.replace("http://www.w3.org", "")


def test_a_record_knows_each_copy_that_was_handed_out_and_the_journal_by_whom(
    site: Flask, learned: str, tmp_path: Path
) -> None:
    files = [tmp_path / "first.html", tmp_path / "second.html"]
    for file in files:
        assert run(site, "record", "show", learned, *BY_ME, "--out", str(file))[0] == 0

    with site.app_context():
        kept = readings.entries(db.session(), db.session.scalars(select(Reading.id)).one())
        copies = [json.loads(e.payload or b"") for e in kept if e.clear.kind == "copy"]
        handed = select(JournalEntry.change).where(JournalEntry.verb == "hand_out")
        assert list(db.session.scalars(handed)) == [{"who": "Dr Rivera"}] * 2
    shas = [sha256(file.read_bytes()).hexdigest() for file in files]
    assert copies == [{"sha": sha} for sha in shas]
    assert shas[0] in files[1].read_text(encoding="utf-8")
    assert run(site, "record", "verify", learned)[0] == 0


def test_nobody_hands_out_a_record_without_a_name(
    site: Flask, learned: str, tmp_path: Path
) -> None:
    file = tmp_path / "record.html"

    nameless = [run(site, "record", "show", learned, *words, "--out", str(file))[0]
                for words in ((), ("--as", " "))]  # fmt: skip

    assert nameless == [2, 1]
    assert not file.exists()


def test_a_guide_that_is_not_as_it_was_is_left_out_and_said_to_be(
    site: Flask, learned: str, tmp_path: Path
) -> None:
    with site.app_context():
        db.session.execute(update(Reading).values(bundle_sha="0" * 64))
        db.session.commit()

    code, said = run(
        site, "record", "show", learned, *BY_ME, "--out", str(tmp_path / "record.html")
    )

    assert code == 0
    assert "it is not as it was" in said
    assert "is not kept as it was" in (tmp_path / "record.html").read_text(encoding="utf-8")


def test_the_figures_are_a_file_with_a_table_for_each_plot(
    site: Flask, learned: str, tmp_path: Path
) -> None:
    for _ in range(4):
        walker = Walker(site)
        walker.be_safe()
        walker.read()

    code, said = run(site, "figures", "--out", str(tmp_path / "figures.html"))
    written = (tmp_path / "figures.html").read_text(encoding="utf-8")

    assert (code, "figures.html" in said) == (0, True)
    assert "How many began is not told" in written
    assert written.count('<td class="n">fewer than 5, or hidden with them</td>') == written.count(
        "stroke-dasharray"
    )
    assert PRIMER.statements.items[0].text in written
    assert written.count("<caption>") == written.count("<table") == 6
    assert learned not in written


def test_of_one_reader_the_figures_tell_nothing_at_all(
    site: Flask, learned: str, tmp_path: Path
) -> None:
    run(site, "figures", "--out", str(tmp_path / "figures.html"))
    written = (tmp_path / "figures.html").read_text(encoding="utf-8")

    assert "Fewer than 5 people have begun to read." in written
    assert "<table" not in written
