"""A frozen edition: every change of a byte is named."""

from datetime import date
from pathlib import Path

from app.content import manifest
from app.content.check import findings
from tests.content.conftest import EDITION, Edit

IN_TIME = date(2027, 1, 1)


def frozen(folder: Path) -> list[tuple[str, str]]:
    """Say which files `primer check` finds changed."""
    found = findings(folder, today=IN_TIME)
    return [(one.file.name, one.sentence) for one in found if one.rule == "frozen"]


def test_a_frozen_edition_that_nobody_touched_is_in_order(copy: Path) -> None:
    files = manifest.freeze(copy / EDITION)

    assert files > 40
    assert frozen(copy) == []


def test_a_byte_changed_a_file_gone_and_a_new_one_are_named(copy: Path, edit: Edit) -> None:
    manifest.freeze(copy / EDITION)
    edit("en/05-risks.md", "Bleeding or", "Bleeding, or")
    (copy / EDITION / "open.yaml").unlink()
    (copy / EDITION / "en" / "more.txt").write_text("x", encoding="utf-8")

    assert frozen(copy) == [
        ("05-risks.md", "this file was changed in a frozen edition"),
        ("more.txt", "this file is new in a frozen edition"),
        (manifest.SUMS, "open.yaml is gone from a frozen edition"),
    ]


def test_an_edition_that_is_still_written_may_change(copy: Path, edit: Edit) -> None:
    edit("en/05-risks.md", "Bleeding or", "Bleeding, or")

    assert not manifest.is_frozen(copy / EDITION)
    assert frozen(copy) == []


def test_another_program_can_check_the_sums(copy: Path) -> None:
    manifest.freeze(copy / EDITION)

    first = (copy / EDITION / manifest.SUMS).read_text(encoding="utf-8").splitlines()[0]

    assert first[64:66] == "  "
    assert (copy / EDITION / first[66:]).is_file()
