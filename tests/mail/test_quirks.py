"""The page of what programs do names rules and tests that exist."""

import re
from pathlib import Path

import pytest

from app.settings import ROOT
from tests.ics import conformance as ics
from tests.mail import conformance as mail

PAGE = (ROOT / "docs" / "operating" / "invitations.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
QUIRKS = [row for row in ROWS if row[0] != "program"]
DEF = re.compile(r"^def test_(?:[tf]\d\d_)?(\w+)\(", re.MULTILINE)


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Give the names of all rules, and of all tests as sentences."""
    files: list[Path] = sorted((ROOT / "tests").rglob("test_*.py"))
    written = (name for file in files for name in DEF.findall(file.read_text(encoding="utf-8")))
    rules = (mail.RULES, mail.RULES_AFTER, ics.RULES, ics.RULES_AFTER)
    return {name.replace("_", " ") for name in written} | {name for some in rules for name in some}


@pytest.mark.parametrize("row", QUIRKS, ids=lambda row: f"{row[0]}: {row[1]}")
def test_what_a_program_does_is_met_by_a_rule_or_a_test_that_exists(
    row: list[str], known: set[str]
) -> None:
    assert len(row) == 4
    named = re.findall(r"\*([^*]+)\*", row[3])
    files = re.findall(r"`([^`]+\.py)`", row[3])

    assert named or files or row[3] == "[install](install.md)"
    assert {name for name in named if name not in known} == set()
    assert [file for file in files if not (ROOT / "tests" / file).exists()] == []
    assert all((ROOT / file).exists() for file in re.findall(r"`(app/[^`]+\.py)`", row[2]))
