"""The house keeps its own rules, beyond what the linters see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import ROOT

LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 250, 40
FILES = sorted((ROOT / "app").rglob("*.py"))
ALL = sorted(
    path for room in ("app", "tests", "benchmarks") for path in (ROOT / room).rglob("*.py")
)
SERVICES = sorted((ROOT / "app/services").glob("*.py"))
STORAGE = sorted((ROOT / "app/storage").rglob("*.py"))
ONE_DOOR = ROOT / "app/storage/database.py"  # transactions are opened here and nowhere else
WRITES = {"commit", "flush", "execute", "add", "add_all", "delete"}
WORDS = {".py", ".md", ".html", ".txt", ".css", ".js", ".yaml", ".po"}
CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[str]:
    """Yield the last name of everything a file calls: `session.commit()` is `commit`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


def functions(path: Path) -> Iterator[FUNCTION]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, FUNCTION))


def test_no_file_is_longer_than_one_can_keep_in_mind() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in ALL}

    assert {name: n for name, n in lengths.items() if n > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_a_page() -> None:
    long = [
        f"{name_of(path)}: {function.name}"
        for path in FILES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LINES_OF_A_FUNCTION
    ]

    assert long == []


def test_no_file_keeps_both_sides_of_a_conflict() -> None:
    written = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
    for room in ("app", "docs", "primer", "static", "templates", "tests", "translations"):
        written += (path for path in (ROOT / room).rglob("*.*") if path.suffix in WORDS)

    assert [name_of(path) for path in written if CONFLICT.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", [*SERVICES, *STORAGE], ids=name_of)
def test_transactions_begin_and_end_in_one_place(path: Path) -> None:
    if path == ONE_DOOR:
        return
    ended = {"commit", "rollback", "begin_nested"} & set(calls(path))

    assert ended == set()


@pytest.mark.parametrize("path", STORAGE, ids=name_of)
def test_storage_opens_no_transaction_of_its_own(path: Path) -> None:
    if path == ONE_DOOR:
        return
    assert not {"transaction", "retried", "reading"} & set(calls(path))


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_use_cases_write_only_within_a_transaction(path: Path) -> None:
    """No use case takes the session for looking and changes something with it."""
    text = path.read_text(encoding="utf-8")

    assert "db.session" not in text
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            on_reading = isinstance(node.func.value, ast.Call) and ast.unparse(
                node.func.value
            ) == "reading()"  # fmt: skip
            assert not (on_reading and node.func.attr in WRITES)


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_a_use_case_opens_one_transaction(path: Path) -> None:
    for function in functions(path):
        opened = [
            node
            for node in ast.walk(function)
            if isinstance(node, ast.With | ast.AsyncWith)
            and any("transaction()" in ast.unparse(item.context_expr) for item in node.items)
        ]
        allowed = 2 if function.name == "load" and path.name == "demo.py" else 1
        assert len(opened) <= allowed, function.name


def test_nothing_of_ours_is_patched_and_nobody_sleeps() -> None:
    forbidden = ("monkey" + "patch.set", "mock" + ".patch", "time." + "sleep(")
    found = [
        name_of(path)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for word in forbidden
        if word in path.read_text("utf-8") and path.parent.name != "support"
    ]

    assert found == []


def test_no_test_is_a_tool_of_another() -> None:
    """What several need lies in a file of its own, so that a test can move or go."""
    taken = [
        f"{name_of(path)}: {node.module}"
        for path in ALL
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and ".test_" in f".{node.module}"
    ]

    assert taken == []
