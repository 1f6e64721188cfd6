"""No pattern and no check takes longer than the text is long (T24, T25)."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import thread_time

import pytest
from flask import Flask

from app.settings import ROOT
from tests.web.patient.booking_walk import DETAILS, keep, patient

FEW, MANY = 10_000, 20_000
STEPS = 3  # times as long for twice the text: a square law says four
SHORT = 0.01  # seconds of work, in which noise is louder than what is measured
USERS = ("compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer")
UNITS = (
    "a",
    "1",
    " ",
    "\n",
    "-",
    "|",
    "0:",
    "a ",
    "aA1 ",
    "<a",
    ". ",
    "2027-",
    "**",
    "[a](",
    "é",
    "\t\n",
)


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "app").rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def written() -> list[tuple[str, str]]:
    """Return every regular expression that stands in the application, and its function."""
    return [
        (str(node.args[0].value), node.func.attr)
        for _path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in USERS
        and isinstance(node.args[0], ast.Constant)
    ]


def patterns() -> list[tuple[str, str]]:
    """Return the same, and how each is used."""
    return [
        (pattern, one)
        for pattern, use in written()
        for one in (("search", "fullmatch") if use == "compile" else (use,))
    ]


def calls_of_re() -> int:
    return sum(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        and node.value.id == "re" and node.attr in USERS
        for _path, tree in sources() for node in ast.walk(tree)
    )  # fmt: skip


def took(act: Callable[[], object]) -> float:
    """Return how much work it is, at best: the machine has other things to do meanwhile."""
    times = []
    for _ in range(3):
        began = thread_time()
        act()
        times.append(thread_time() - began)
    return min(times)


def grows(act: Callable[[str], object], unit: str) -> float:
    """Return how many times as long twice the text takes."""
    few, many = ("!" + unit * (length // len(unit)) + "!" for length in (FEW, MANY))
    longer = took(partial(act, many))
    return 0 if longer < SHORT else longer / took(partial(act, few))


def test_t25_every_pattern_of_the_application_is_looked_at() -> None:
    made_of_others = 4  # content/words.py and rules_*.py put words of our own between two edges
    assert len(written()) + made_of_others == calls_of_re()


@pytest.mark.parametrize(("pattern", "use"), patterns())
def test_t25_no_pattern_is_slow_on_any_text(pattern: str, use: str) -> None:
    act = partial(re.sub, pattern, "") if use == "sub" else partial(getattr(re, use), pattern)

    slow = {unit: grows(act, unit) for unit in UNITS}

    assert max(slow.values()) < STEPS, slow


@pytest.mark.parametrize("check", ["name", "question", "email", "phone", "month", "day", "code"])
def test_t25_no_field_is_slow_on_any_text(site: Flask, check: str) -> None:
    person = patient(site)
    keep(person)
    person.get("/details")
    field = {"month": "bday_month", "day": "bday_day"}.get(check, check)
    path = "/resume" if check == "code" else "/details"

    def send(text: str) -> None:
        data = {"csrf_token": person.token, **DETAILS, field: text}
        answer = person.client.post(path, data=data, content_type="multipart/form-data")
        assert answer.status_code in (422, 429)

    marks = "\u0300\u0316"  # to be sorted, by a square law, whenever text is composed
    slow = {unit: grows(send, unit) for unit in (marks, "1", "a.", "\u202e")}

    assert max(slow.values()) < STEPS, slow


def test_t24_no_template_is_made_of_text_that_somebody_typed() -> None:
    """Templates are files, and no text with holes is filled by its own methods."""
    found = [
        f"{path.name}:{node.lineno}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name)
        and (node.attr if isinstance(node, ast.Attribute) else node.id)
        in ("render_template_string", "from_string", "Template", "format_map", "Markup")
    ]

    ours = ("prose.py", "figures.py", "assets.py", "tongues.py")  # they escape
    assert [one for one in found if not one.startswith(ours)] == []
