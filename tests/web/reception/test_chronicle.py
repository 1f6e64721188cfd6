"""Every line that is written into the journal can be told in a sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

from app.settings import ROOT
from app.web.reception import deeds
from app.web.reception.chronicle import DONE

WRITERS = ("note", "note_each", "_note", "_become")
SERVICES = sorted((ROOT / "app" / "services").glob("*.py"))


def written(path: Path) -> Iterator[str]:
    """Yield every verb that a file of use cases writes, followed through names of its own."""
    tree = ast.parse(path.read_text("utf-8"))
    known = dict(_constants(tree))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in WRITERS:
            yield from _texts(call.args[:3], known)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _name(node.targets[0]) in ("verb", "kind"):
            yield from _texts([node.value], known)
        elif isinstance(node, ast.arguments):
            yield from _texts([one for one in node.kw_defaults if one is not None], known)


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            names, values = _parts(node.targets[0]), _parts(node.value)
            for name, value in zip(names, values, strict=False):
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield _name(name), value.value


def _parts(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _texts(nodes: list[ast.expr], known: dict[str, str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from _texts([node.body, node.orelse], known)
        elif isinstance(node, ast.Name) and node.id.isupper() and node.id in known:
            yield known[node.id]


def verbs() -> dict[str, str]:
    return {verb: path.name for path in SERVICES for verb in written(path)}


def test_the_verbs_that_are_written_are_found() -> None:
    found = verbs()

    assert {"book", "book_tentatively", "move", "mark", "undo", "see", "find", "signed",
            "staff_role", "pressure_off", "factor_added", "lapse"} <= set(found)  # fmt: skip


def test_every_verb_that_is_written_has_a_sentence() -> None:
    told = set(DONE) | set(deeds.DEEDS)

    assert {verb: file for verb, file in verbs().items() if verb not in told} == {}
