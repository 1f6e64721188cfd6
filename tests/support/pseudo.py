"""A language that nobody speaks: English with accents and longer, made of what there is to say.

Whatever still reads as plain English was never meant to be translated, or was forgotten.
"""

import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.content.fields import _Loader as Loader
from app.content.in_step import FREE, SAME, TRUTHS
from app.settings import ROOT

CODE = "ar"  # a real code, so that days and directions come with it
LONGER = 0.4
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
TOKEN = re.compile(r"(\{\w+\}|%\(\w+\)[sd]|\[\^\w+\]|!\[\]\(\w+\)|^=== detail ===$)")
LINE = re.compile(r"^((?:> ?)?(?:- |\d+\. |  )?)(.*?)((?:\[\^\w+\])*)$")


def pseudo(text: str) -> str:
    """Say a text in the language: accents on all vowels, two fifths longer."""
    pieces = TOKEN.split(text)
    if not any(pieces[::2]) or not re.search("[a-zA-Z]", "".join(pieces[::2])):
        return text
    pieces[::2] = [piece.translate(ACCENTS) for piece in pieces[::2]]
    body = "".join(pieces).rstrip(".!?:")
    more = ("ýéá " * len(body))[: int(len(body) * LONGER)].strip()
    return f"{body} {more}{text[len(body) :]}"


def pseudo_start(text: str) -> str:
    """Say how a text begins that may be longer than this."""
    return text.translate(ACCENTS)


def catalogues(folder: Path) -> Path:
    """Write the language's catalogue below a folder; return the folder."""
    template = read_po(BytesIO((ROOT / "translations" / "messages.pot").read_bytes()))
    catalogue = Catalog(locale=CODE)
    for message in template:
        if not message.id:
            continue
        if isinstance(message.id, str):
            said: Any = pseudo(message.id)
        else:
            one, many = map(pseudo, message.id)
            said = (many, one, *[many] * (catalogue.num_plurals - 2))
        catalogue.add(message.id, said, flags=message.flags)
    file = folder / CODE / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalogue)
    return folder


def primer(folder: Path) -> Path:
    """Copy the guide into a folder and write it in the language too; return the folder."""
    shutil.copytree(ROOT / "primer", folder)
    for edition in (file.parent for file in folder.glob("*/edition.yaml")):
        (edition / CODE).mkdir()
        for file in (edition / "en").iterdir():
            write = _page if file.suffix == ".md" else _yaml
            (edition / CODE / file.name).write_text(write(file), encoding="utf-8")
        for pack in (edition / "packs").glob("*.yaml"):
            data = yaml.load(pack.read_text(encoding="utf-8"), Loader)  # noqa: S506  as the app reads it
            data["texts"][CODE] = _said(data["texts"]["en"])
            pack.write_text(_dumped(data), encoding="utf-8")
    return folder


def _yaml(file: Path) -> str:
    return _dumped(_said(yaml.load(file.read_text(encoding="utf-8"), Loader)))  # noqa: S506  as the app reads it


def _page(file: Path) -> str:
    _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
    front = _said(yaml.load(head, Loader))  # noqa: S506  as the app reads it
    lines = (_line(line) for line in body.split("\n"))
    return "---\n" + _dumped(front) + "---\n" + "\n".join(lines)


def _line(line: str) -> str:
    found = LINE.match(line)
    return found[1] + pseudo(found[2]) + found[3] if found else line


def _said(value: Any, field: str = "") -> Any:
    if field in SAME | FREE and not isinstance(value, dict):
        return value
    if isinstance(value, dict):
        return {key: _said(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_said(one, field) for one in value]
    return pseudo(value) if isinstance(value, str) and value not in TRUTHS else value


def _dumped(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
