"""Looking after the guide from the command line."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.services.editions import SHIPPED, edit, new_edition

NEWER = "2027-02-01"


@pytest.fixture
def folder(site: Flask, tmp_path: Path) -> Path:
    """Give the folder of two editions that this clinic has."""
    new_edition(tmp_path / "primer", NEWER)
    site.extensions["settings"] = replace(site.extensions["settings"], primer=tmp_path / "primer")
    return tmp_path / "primer"


def run(site: Flask, *words: str) -> tuple[int, str]:
    """Run a command of the clinic's."""
    done = site.test_cli_runner().invoke(args=["primer", *words])
    return done.exit_code, done.output


SIGN = ("sign", SHIPPED, "--language", "en", "--name", "Dr Ada Berg", "--role", "spine doctor")


def test_status_says_who_signed_and_by_when_to_look_again(site: Flask, folder: Path) -> None:
    before = run(site, "status")[1]
    signed = run(site, *SIGN)
    after = run(site, "status")[1]
    taken_back = run(site, *SIGN, "--withdraw")

    assert f"{SHIPPED} en: current, to be looked over by 2027-05-21, not signed" in before
    assert before.count("; Harbor Clinic answers for it") == 2
    assert (signed[0], signed[1].startswith(f"signed: {SHIPPED} en us ")) == (0, True)
    assert "signed by Dr Ada Berg, spine doctor, 2027-03-01" in after
    assert taken_back[0] == 0
    assert "signed by" not in run(site, "status")[1]


def test_another_edition_is_used_and_an_unknown_one_is_not(site: Flask, folder: Path) -> None:
    assert run(site, "use", NEWER) == (
        0,
        f"{NEWER} is shown from now on; 0 patients are asked to look again.\n",
    )
    assert f"{NEWER} en: current" in run(site, "status")[1]
    assert run(site, "use", "2020-01-01")[0] == 1
    assert run(site, "sign", "2020-01-01", *SIGN[2:])[0] == 1


def test_the_difference_of_two_editions_is_a_page(site: Flask, folder: Path) -> None:
    out = folder / "diff.html"

    code, _said = run(site, "diff", SHIPPED, NEWER, "--out", str(out))
    page = out.read_text(encoding="utf-8")

    assert code == 0
    assert "<del>Bleeding or</del><ins>Bleeding,</ins>" in page
    assert "Patients with a coming visit are asked to look at what changed." in page
    assert run(site, "diff", SHIPPED, "2020-01-01", "--out", str(out))[0] == 1


def test_an_edition_is_frozen_once_and_then_every_change_is_found(
    site: Flask, folder: Path
) -> None:
    assert run(site, "freeze", NEWER)[0] == 0
    assert run(site, "freeze", NEWER)[0] == 1
    assert run(site, "freeze", "2020-01-01")[0] == 1
    edit(folder / NEWER / "open.yaml", "\n", "\n# a remark\n")

    code, said = run(site, "check")

    assert code == 1
    assert "open.yaml:1: this file was changed in a frozen edition" in said
