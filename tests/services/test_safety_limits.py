"""The medical lead tightens limits of the safety check; nobody loosens one or drops a question."""

from pathlib import Path

import pytest
from flask import Flask

from app import cli
from app.content import library
from app.domain.refusals import LimitLoosened, Refused, UnknownLimit
from app.domain.safety import Limit
from app.services import clinic, safety_limits
from app.settings import ROOT
from app.storage import models
from tests.conftest import MONDAY_8AM
from tests.services.looking import everything, rows


def today(folder: Path = ROOT / "primer") -> library.Copy:
    return library.Copy(
        folder=folder,
        edition="2026-11-21",
        language="en",
        jurisdiction="us",
        clinic_phone="(865) 555-0142",
        nurse_line=None,
        limits=tuple(clinic.load().safety_limits.items()),
    )


def tighten(name: str, value: int) -> Limit:
    return safety_limits.tighten(
        name, value, today=today(), who="Dr Rivera", role="medical lead", now=MONDAY_8AM
    )


def question(name: str) -> str:
    (item,) = library.safety(today()).items([name])
    return item.question


def test_a_tightened_limit_is_asked_from_the_next_page_on(app: Flask) -> None:
    assert "in the last four weeks?" in question("E1")

    tighten("E1", 6)

    assert "in the last 6 weeks?" in question("E1")


def test_no_one_falls_between_two_questions_that_share_a_limit(app: Flask) -> None:
    tighten("E1", 6)

    assert "for more than 6 weeks:" in question("T4")
    assert {one.id: one.value for one in safety_limits.standing(today())}["T4"] == 6


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("E8", 6, "in the last 6 months?"),
        ("E10", 12, "in the last 12 weeks?"),
        ("T2", 2, "in the last 2 years?"),
        ("T7", 4, "more than 8 pounds (4 kg)"),
        ("T8", 6, "in the last 6 months,"),
        ("T9_age", 60, "over 60?"),
        ("B5_stiff", 1, "for one month or more"),
    ],
)
def test_every_limit_says_its_new_value_in_its_question(
    app: Flask, name: str, value: int, words: str
) -> None:
    tighten(name, value)

    assert words in question(name.partition("_")[0])


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("E1", 4, LimitLoosened),
        ("E1", 2, LimitLoosened),
        ("E1", -1, LimitLoosened),
        ("T4", 6, LimitLoosened),  # follows E1
        ("T7", 6, LimitLoosened),
        ("T7", 0, LimitLoosened),
        ("T9_age", 70, LimitLoosened),
        ("B5_minutes", 30, LimitLoosened),
        ("E2", 4, UnknownLimit),
        ("E6", 8, UnknownLimit),  # "a few weeks" is no number
    ],
)
def test_no_limit_is_loosened_and_none_is_made_up(
    app: Flask, name: str, value: int, refusal: type[Refused]
) -> None:
    before = everything()

    with pytest.raises(refusal):
        tighten(name, value)

    assert everything() == before


def test_a_limit_is_tightened_from_where_it_stands_and_never_back(app: Flask) -> None:
    tighten("E1", 8)

    with pytest.raises(LimitLoosened):
        tighten("E1", 6)

    assert [one.value for one in rows(models.SafetyLimit)] == [8]


def test_who_decided_it_as_what_and_when_is_kept(app: Flask) -> None:
    tighten("E1", 6)
    tighten("E1", 8)

    kept = [(row.item, row.value, row.name, row.role, row.at) for row in rows(models.SafetyLimit)]
    notes = rows(models.JournalEntry, models.JournalEntry.verb == "tighten")

    who = ("Dr Rivera", "medical lead", MONDAY_8AM)
    assert kept == [("E1", 6, *who), ("E1", 8, *who)]
    assert notes[1].change == {
        "limit": "E1",
        "value": 8,
        "who": "Dr Rivera",
        "role": "medical lead",
    }


def test_other_limits_are_other_words_and_have_another_fingerprint(app: Flask) -> None:
    before, primer = library.safety(today()), library.primer(today())

    tighten("E1", 6)

    assert {item.id for tier in before.tiers for item in tier.items} == {
        item.id for tier in library.safety(today()).tiers for item in tier.items
    }
    after = library.primer(today())
    assert after.sha != primer.sha
    then = today().as_then("2026-11-21", "en", "us", primer.clinic_words)
    assert library.primer(then).sha == primer.sha


def test_an_edition_that_stops_more_people_has_its_own_way(app: Flask, tmp_path: Path) -> None:
    tighten("E1", 6)
    rules = (ROOT / "primer/2026-11-21/safety.yaml").read_text(encoding="utf-8")
    edition = tmp_path / "primer/2027-05-21"
    edition.mkdir(parents=True)
    (edition / "safety.yaml").write_text(rules.replace("value: 4\n", "value: 10\n"), "utf-8")

    found = library.Copy.as_then(today(tmp_path / "primer"), "2027-05-21", "en", "us", {})

    assert {one.id: one.value for one in safety_limits.standing(found)}["E1"] == 10


def test_the_command_tells_what_stands_and_who_may_not(app: Flask) -> None:
    cli.init_app(app)
    run = app.test_cli_runner().invoke
    named = ["--name", "Dr Rivera", "--role", "medical lead"]

    listed = run(args=["safety", "limits"]).output
    done = run(args=["safety", "tighten", "E1", "6", *named])
    loosened = run(args=["safety", "tighten", "E1", "4", *named])
    unknown = run(args=["safety", "tighten", "E2", "4", *named])
    nobody = run(args=["safety", "tighten", "E1", "8"])

    assert "E1          started or got worse within 4 weeks (tighter is larger)" in listed
    assert "T4          present for more than 4 weeks (follows E1)" in listed
    assert done.exit_code == 0, done.output
    assert "can only be tightened" in loosened.output
    assert "There is no limit E2" in unknown.output
    assert nobody.exit_code == 2
