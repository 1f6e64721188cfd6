"""Reading YAML so that a mistake is told by its file, its line and its field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

try:  # written in C, where PyYAML has it: a guide is read in a fifth of the time
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]  # the same in Python

Step = str | int

_HTML = re.compile(r"<[A-Za-z/!?]")


class BadEdition(Exception):
    """The guide cannot be shown as it is; the message says where and why."""


class Missing(BadEdition):
    """A text that must be there is not written yet."""


class _Loader(SafeLoader):
    """YAML in which only true and false are truths: "no" and "off" stay words."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_text(file: Path) -> str:
    """Read a file of the guide; HTML in it is refused, since only our renderer writes HTML."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadEdition(f"{file}:1: the file is missing") from None
    except UnicodeDecodeError:
        raise BadEdition(f"{file}:1: the file is not UTF-8") from None
    for number, line in enumerate(text.split("\n"), 1):
        if _HTML.search(line):
            raise BadEdition(f"{file}:{number}: HTML is not allowed: {line.strip()}")
    return text


@dataclass(frozen=True, slots=True)
class Fields:
    """One mapping of a file, and where it stands."""

    file: Path
    data: dict[str, Any]
    text_of_file: str
    path: tuple[Step, ...] = ()
    first_line: int = 1

    def wrong(self, key: Step, why: str) -> BadEdition:
        """Make the refusal that names file, line and field."""
        field = ".".join(map(str, (*self.path, key)))
        return BadEdition(f"{self.file}:{self.line(key)}: {field}: {why}")

    def line(self, key: Step) -> int:
        """Give the line that a field stands on."""
        return self.first_line - 1 + line_of(self.text_of_file, (*self.path, key))

    def has(self, key: str) -> bool:
        """Say whether the field is there and not empty."""
        return self.data.get(key) is not None

    def text(self, key: str) -> str:
        """Give a sentence that must be there."""
        value = self.data.get(key)
        if value is None:
            raise Missing(str(self.wrong(key, "a text is missing")))
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "this must be a text")
        return value

    def text_or_none(self, key: str) -> str | None:
        """Give a sentence that may be absent."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of sentences or ids, empty when absent."""
        values = self.data.get(key) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.wrong(key, "this must be a list of texts")
        return tuple(values)

    def whole(self, key: str) -> int:
        """Give a whole number that must be there."""
        value = self.data.get(key)
        if type(value) is not int:
            raise self.wrong(key, "a whole number is missing")
        return value

    def whole_or_none(self, key: str) -> int | None:
        """Give a whole number that may be absent."""
        return self.whole(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """Give true or false, false when absent."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "this must be true or false")
        return value

    def day(self, key: str) -> date:
        """Give a date that must be there."""
        value = self.data.get(key)
        if type(value) is not date:
            raise self.wrong(key, "a date is missing")
        return value

    def part(self, key: str) -> "Fields":
        """Give a mapping inside this one."""
        return self._inside(key, self.data.get(key), (key,))

    def named(self) -> dict[str, "Fields"]:
        """Give every mapping inside this one under its name."""
        return {key: self.part(key) for key in self.data}

    def rows(self, key: str) -> tuple["Fields", ...]:
        """Give a list of mappings that must be there."""
        values = self.data.get(key)
        if not isinstance(values, list):
            raise self.wrong(key, "a list is missing")
        return tuple(self._inside(key, value, (key, n)) for n, value in enumerate(values))

    def _inside(self, key: str, value: object, path: tuple[Step, ...]) -> "Fields":
        if not isinstance(value, dict):
            raise self.wrong(key, "fields are missing")
        return Fields(self.file, value, self.text_of_file, (*self.path, *path), self.first_line)


def read_fields(file: Path) -> Fields:
    """Read a YAML file that holds one mapping."""
    return parse_fields(file, read_text(file))


def parse_fields(file: Path, text: str, first_line: int = 1) -> Fields:
    """Read YAML that begins at a line of a file."""
    try:
        data = yaml.load(text, _Loader)  # noqa: S506  a SafeLoader with fewer truths
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        raise BadEdition(f"{file}:{line}: {error.problem}") from None
    if not isinstance(data, dict):
        raise BadEdition(f"{file}:{first_line}: fields are missing")
    return Fields(file, {str(key): value for key, value in data.items()}, text, (), first_line)


def line_of(text: str, path: tuple[Step, ...]) -> int:
    """Find the line of a field, or of the nearest mapping around it."""
    places = {place: line for line, place, _ in scalars(text, keys=True)}
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)


def scalars(text: str, *, keys: bool = False) -> Iterator[tuple[int, tuple[Step, ...], str]]:
    """Yield line, path and text of everything written in a YAML text."""
    root = yaml.compose(text, _Loader)
    if root is not None:
        yield from _walk(root, (), keys=keys)


def _walk(
    node: yaml.Node, path: tuple[Step, ...], *, keys: bool
) -> Iterator[tuple[int, tuple[Step, ...], str]]:
    if keys or isinstance(node, yaml.ScalarNode):
        yield node.start_mark.line + 1, path, str(node.value)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _walk(value, (*path, str(key.value)), keys=keys)
    if isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _walk(value, (*path, number), keys=keys)
