"""Keeps the translations of messages.pot: `update` writes them anew, `check` names what is wrong.

Both forms of a catalogue are kept in the repository: gettext reads only the compiled one, and
a clinic that installs a release compiles nothing.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path("translations")
PLACE = re.compile(r"%\((\w+)\)[sd]")
NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # the same words make the same bytes, whenever


def catalogues() -> list[Path]:
    """List the languages that somebody has begun."""
    return sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


def read(file: Path, language: str | None = None) -> Catalog:
    """Read a catalogue, or the template of all."""
    return read_po(BytesIO(file.read_bytes()), locale=language)


def in_step(file: Path, template: Catalog) -> Catalog:
    """Give a language's catalogue with the texts of today, new ones empty, old ones gone."""
    catalogue = read(file, file.parts[-3])
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = "# The texts of pages and mails: a draft until a translator signs."
    catalogue.creation_date = catalogue.revision_date = NO_DAY
    catalogue.project, catalogue.version = "Foreword", ""
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = ""
    catalogue.fuzzy = False
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Give the form that translators edit."""
    out = BytesIO()
    write_po(out, catalogue, width=100, no_location=True)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Give the form that gettext reads."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Give the singular and the plural of a text, or the text alone."""
    return (text,) if isinstance(text, str) else tuple(text)


def places(text: str) -> set[str]:
    """Give the names of what a text is filled with."""
    return set(PLACE.findall(text))


def wrong(message: Message) -> str | None:
    """Say what is wrong with a translation: missing, only guessed, or filled with other things."""
    said, meant = forms(message.string), forms(message.id)
    if message.fuzzy or not all(said):
        return "not translated"
    allowed = set().union(*map(places, meant))
    if places(said[-1]) != places(meant[-1]) or any(places(form) - allowed for form in said):
        return "other placeholders"
    return None


def faults(file: Path, template: Catalog) -> Iterator[str]:
    """Name what is wrong in a language."""
    catalogue = in_step(file, template)
    for message in catalogue:
        if message.id and (why := wrong(message)):
            yield f"{file}: {why}: {forms(message.id)[0]!r}"
    if written(catalogue) != file.read_bytes():
        yield f"{file} is not in step with its template; run ./check messages."
    machine = file.with_suffix(".mo")
    if not machine.is_file() or machine.read_bytes() != compiled(catalogue):
        yield f"{machine} is not what its words compile to; run ./check messages."


def main(task: str) -> int:
    """Do what is asked, for all languages; the number of faults says whether it is fine."""
    template = read(FOLDER / "messages.pot")
    if task == "check":
        found = [fault for file in catalogues() for fault in faults(file, template)]
        sys.stdout.writelines(f"{fault}\n" for fault in found)
        return min(len(found), 1)
    for file in catalogues():
        catalogue = in_step(file, template)
        file.write_bytes(written(catalogue))
        file.with_suffix(".mo").write_bytes(compiled(catalogue))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
