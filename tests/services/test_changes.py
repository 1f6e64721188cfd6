"""Looking again at what changed: after a major edition, before the visit, only what is new."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.content.library import Copy
from app.content.primer import Primer
from app.domain.refusals import UnknownAnswer, UnlockNeeded
from app.services import appointment, changes, edition, proof
from app.services import clinic as clinics
from app.services.record import brief_of
from app.settings import ROOT
from app.storage import readings
from app.storage.database import db
from tests.clinics import TUESDAY_NOON, Guest, person
from tests.conftest import MONDAY_8AM
from tests.services.editions import edit, new_edition
from tests.services.reading import read_all, stand

NEWER = "2027-02-01"


@pytest.fixture
def booked(reader: Guest, primer: Primer) -> str:
    """Give the reference of somebody who read the shipped edition, booked, and came back."""
    read_all(reader, primer)
    stand(reader, primer, K1="talk", K2="understand")
    who = person()
    reference = reader.book(who=who)
    appointment.unlock(reference, who.birth_date, actor=reader.actor, now=MONDAY_8AM)
    return reference


@pytest.fixture
def today(booked: str, tmp_path: Path) -> Copy:
    """Put a newer edition into use: part 6 and the first statement are not as they were."""
    made = new_edition(tmp_path / "primer", NEWER)
    edit(made / "en/statements.yaml", "text: I ", "text: I think that I ")
    copy = replace(edition.shown(clinics.load(), tmp_path / "primer", "en"), edition=NEWER)
    edition.put_in_use(copy, now=MONDAY_8AM)
    return copy


def test_only_what_changed_is_shown(reader: Guest, booked: str, today: Copy) -> None:
    seen = changes.find(booked, today, actor=reader.actor, now=MONDAY_8AM)

    assert seen is not None
    assert [page.id for page in seen.pages] == ["S5"]
    assert len(seen.statements) == 1
    assert seen.primer.edition.id == NEWER


def test_before_a_newer_edition_there_is_nothing_to_look_at(
    reader: Guest, booked: str, tmp_path: Path
) -> None:
    copy = edition.shown(clinics.load(), ROOT / "primer", "en")

    assert changes.find(booked, copy, actor=reader.actor, now=MONDAY_8AM) is None


def test_having_looked_is_noted_under_the_newer_edition_and_asked_no_more(
    reader: Guest, booked: str, today: Copy
) -> None:
    seen = changes.find(booked, today, actor=reader.actor, now=MONDAY_8AM)
    assert seen is not None
    (changed,) = seen.statements

    for _ in range(2):
        changes.acknowledge(
            booked, NEWER, {changed.id: "skip"}, today, actor=reader.actor, now=MONDAY_8AM
        )

    assert changes.find(booked, today, actor=reader.actor, now=MONDAY_8AM) is None
    id_ = reader.visit.reading_id or ""
    later = [e.clear for e in readings.entries(db.session(), id_) if e.clear.edition == NEWER]
    assert [one.kind for one in later] == ["begin", "page", "statement", "end"]
    assert later[1].shown_sha == seen.pages[0].sha
    assert proof.check(today, booked) == []
    told = brief_of(id_)
    assert told is not None
    assert changed.id in told.skipped


def test_no_answer_will_do_too(reader: Guest, booked: str, today: Copy) -> None:
    changes.acknowledge(booked, NEWER, {}, today, actor=reader.actor, now=MONDAY_8AM)

    assert changes.find(booked, today, actor=reader.actor, now=MONDAY_8AM) is None


@pytest.mark.parametrize(
    ("of", "answers"),
    [
        ("2026-11-21", {}),
        (NEWER, {"K8": "talk"}),
        (NEWER, {"K99": "talk"}),
        (NEWER, {"changed": "perhaps"}),
    ],
)
def test_statements_of_another_edition_are_refused_and_nothing_is_kept(
    reader: Guest, booked: str, today: Copy, of: str, answers: dict[str, str]
) -> None:
    seen = changes.find(booked, today, actor=reader.actor, now=MONDAY_8AM)
    assert seen is not None
    given = {seen.statements[0].id if k == "changed" else k: v for k, v in answers.items()}
    before = readings.entries(db.session(), reader.visit.reading_id or "")

    with pytest.raises(UnknownAnswer):
        changes.acknowledge(booked, of, given, today, actor=reader.actor, now=MONDAY_8AM)

    assert readings.entries(db.session(), reader.visit.reading_id or "") == before


def test_when_the_old_edition_is_gone_all_of_the_newer_one_is_shown(
    reader: Guest, booked: str, today: Copy
) -> None:
    (today.folder / "2026-11-21" / "en" / "about.yaml").unlink()

    seen = changes.find(booked, today, actor=reader.actor, now=MONDAY_8AM)

    assert seen is not None
    assert len(seen.pages) == 10


def test_after_the_visit_began_and_without_the_birth_date_nothing_is_shown(
    reader: Guest, booked: str, today: Copy
) -> None:
    assert changes.find(booked, today, actor=reader.actor, now=TUESDAY_NOON) is None
    stranger = Guest(MONDAY_8AM)
    made = appointment.mine(booked, reader.actor)
    stranger.open_link(appointment.path(made.id, made.link_version).removeprefix("/a/"))
    with pytest.raises(UnlockNeeded):
        changes.find(booked, today, actor=stranger.actor, now=MONDAY_8AM)
