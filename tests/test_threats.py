"""Each threat and fault that a test's name counts stands in docs/threats.md, and the reverse."""

import re

from app.settings import ROOT

TESTS = ROOT / "tests"
PAGE = ROOT / "docs" / "threats.md"
TEST = re.compile(r"^def (test_\w+)", re.MULTILINE)
NUMBER = re.compile(r"(?<=_)([tf]\d+)(?=_)")
ROW = re.compile(r"^\| ([TF]\d\d) \|.*\| ([^|]+) \|$", re.MULTILINE)


def proven() -> dict[str, set[str]]:
    """Return the files that have tests of each number."""
    found: dict[str, set[str]] = {}
    for file in TESTS.rglob("test_*.py"):
        for name in TEST.findall(file.read_text("utf-8")):
            for number in NUMBER.findall(name):
                found.setdefault(number.upper(), set()).add(str(file.relative_to(TESTS)))
    return found


def listed() -> dict[str, set[str]]:
    """Return the files that the page names for each number."""
    rows = ROW.findall(PAGE.read_text("utf-8"))
    return {number: set(re.findall(r"`([^`]+)`", files)) for number, files in rows}


def test_every_number_has_two_digits() -> None:
    assert {number for number in proven() if len(number) != 3} == set()


def test_the_page_of_threats_names_the_tests_of_each() -> None:
    assert listed() == proven()


def test_no_number_is_given_twice() -> None:
    numbers = [number for number, _ in ROW.findall(PAGE.read_text("utf-8"))]

    assert numbers == sorted(set(numbers), key=lambda number: (number[0] == "F", number))
