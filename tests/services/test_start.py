"""What keeps a clinic from starting is said by file and line."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.services import start
from app.settings import Settings
from app.storage.database import db
from app.storage.models import Clinic
from tests.services.editions import edit, new_edition

NEWER = "2027-02-01"


@pytest.fixture
def settings(app: Flask, tmp_path: Path) -> Settings:
    """Give the settings of a clinic with editions of its own to break."""
    new_edition(tmp_path / "primer", NEWER)
    given: Settings = app.extensions["settings"]
    return replace(given, primer=tmp_path / "primer")


def wrong(settings: Settings, **changes: object) -> list[str]:
    """Say what keeps a clinic from starting after something of it changed."""
    values = {"edition": NEWER, **changes, "revision": Clinic.revision + 1}
    db.session.execute(update(Clinic).values(values))
    db.session.commit()
    return start.check(settings)


def test_a_clinic_with_a_whole_edition_starts(settings: Settings) -> None:
    assert wrong(settings) == []


BROKEN = [
    ("en/05-risks.md", "id: S5", "id: S55", "en"),
    ("en/05-risks.md", "Bleeding, nerve", "<b>Bleeding</b>, nerve", r"05-risks\.md:\d+: HTML"),
    ("es/05-risks.md", "id: S5", "id: S55", "es"),
    ("figures.yaml", "filled: 74", "filled: 75", r"figures\.yaml:\d+: "),
    ("packs/us.yaml", "regulator_statement: ", "regulator_words: ", r"us\.yaml:\d+: "),
    ("en/safety.yaml", "head: ", "heading: ", r"safety\.yaml:\d+: head"),
    ("en/checks.yaml", "right: true", "right: false", r"checks\.yaml:\d+: "),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN)
def test_a_broken_edition_is_named_by_file_and_line(
    settings: Settings, file: str, old: str, new: str, said: str
) -> None:
    edit(settings.primer / NEWER / file, old, new)

    found = wrong(settings)

    assert len(found) >= 1
    assert re.search(said, found[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"edition": "2020-01-01"}, "there is no edition '2020-01-01'"),
        ({"jurisdiction": "xx"}, "there is no pack 'xx'"),
    ],
)
def test_an_edition_or_a_country_that_is_not_there(
    settings: Settings, change: dict[str, str], said: str
) -> None:
    assert said in wrong(settings, **change)[0]


def test_what_nobody_wrote_down_for_a_country_is_named_in_its_pack(settings: Settings) -> None:
    (missing,) = wrong(settings, jurisdiction="au")

    assert re.search(r"packs/au\.yaml:\d+: texts\.en\.\w+: neither the pack nor", missing)
    assert wrong(settings, jurisdiction="uk", primer_on=False) == []


def test_a_real_clinic_says_which_lawyer_saw_the_pack_and_which_notices_it_wants(
    settings: Settings,
) -> None:
    real = wrong(settings, demonstration=False)
    lawyer = replace(settings, pack_lawyer="A. Lawyer, 1 February 2027")
    notices = ("fl_advertising_notice", "other_state_notice")

    assert "PACK_LAWYER" in real[0]
    assert [line.partition("us.yaml: ")[2].split(":")[0] for line in start.check(lawyer)] == [
        *notices
    ]
    assert start.check(replace(lawyer, notices_not_needed=notices)) == []
    assert wrong(settings, demonstration=False, primer_on=False) == []


def test_prepare_does_not_go_on_with_a_broken_edition(app: Flask, settings: Settings) -> None:
    edit(settings.primer / NEWER / "en/05-risks.md", "id: S5", "id: S55")
    wrong(settings)
    app.extensions["settings"] = settings

    done = app.test_cli_runner().invoke(args=["prepare"])

    assert done.exit_code == 1
    assert "Foreword does not start." in done.output


def test_pages_wait_and_readyz_says_that_the_guide_is_broken(site: Flask) -> None:
    with site.app_context():
        db.session.execute(update(Clinic).values(edition="2020-01-01", revision=99))
        db.session.commit()
    client = site.test_client()

    assert client.get("/").status_code == 503
    assert '"wrong":["guide_broken"]' in client.get("/readyz").text.replace(" ", "")
    assert client.get("/healthz").status_code == 200
