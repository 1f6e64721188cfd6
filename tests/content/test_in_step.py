"""What one language says in a place, each other language says there too."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.content.check import findings
from app.content.in_step import differences
from tests.content.conftest import EDITION, Edit

TODAY = date(2026, 11, 25)


def found(folder: Path) -> list[tuple[str, str]]:
    root = folder / EDITION
    return [
        (str(file.relative_to(root)), re.sub(r":\d+", "", sentence))
        for file, _, sentence in differences(root, "es")
    ]


def test_the_editors_check_names_the_place(edit: Edit) -> None:
    folder = edit("es/04-does-it-help.md", "39 de cada 100", "38 de cada 100")

    (finding,) = [one for one in findings(folder, today=TODAY) if one.rule == "languages"]

    assert (finding.file.name, finding.line) == ("04-does-it-help.md", 19)


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "es/04-does-it-help.md", "39 de cada 100", "38 de cada 100",
            "the numbers are 1, 100, 100, 18, 38, 40, 44, 45, 56, 63; "
            "in en/04-does-it-help.md they are 1, 100, 100, 18, 39, 40, 44, 45, 56, 63",
        ),
        (
            "es/04-does-it-help.md", "[^R01][^R02][^R35]", "[^R01][^R02]",
            "the sources are [^R01], [^R02]; "
            "in en/04-does-it-help.md they are [^R01], [^R02], [^R35]",
        ),
        (
            "es/07-approval-and-cost.md", "{cost_sentence}", "{insurance_sentence}",
            "the placeholders are {insurance_sentence}, {insurance_sentence}; "
            "in en/07-approval-and-cost.md they are {cost_sentence}, {insurance_sentence}",
        ),
        (
            "es/05-risks.md", "- Sangrado o daño en un nervio.\n", "",
            "the items are - , - ; in en/05-risks.md they are - , - , - ",
        ),
        (
            "es/05-risks.md", "\n¿Con qué frecuencia?", "\n¿Con qué frecuencia?\n",
            "there are 13 paragraphs, in en/05-risks.md 12",
        ),
        (
            "es/03-how-it-might-work.md", "claims: [C04, C06,", "claims: [C04,",
            "claims.13 is missing; it stands in en/03-how-it-might-work.md",
        ),
        (
            "es/03-how-it-might-work.md", "  step: 1", "  step: 2",
            "how_sure.step is 2, in en/03-how-it-might-work.md it is 1",
        ),
        (
            "es/about.yaml", "cada 6 meses", "cada año",
            "the numbers are 30; in en/about.yaml they are 30, 6",
        ),
        (
            "es/safety.yaml", "      - Dolor de pecho\n", "",
            "items.4.signs.2 is missing; it stands in en/safety.yaml",
        ),
        (
            "es/statements.yaml", "  - id: K4\n", "  - id: K9\n",
            "items.3.id is K9, in en/statements.yaml it is K4",
        ),
        (
            "es/options.yaml", "    cost: self_paid", "    cost: ask",
            "rows.8.cost is ask, in en/options.yaml it is self_paid",
        ),
        (
            "es/claims.yaml", "C58:\n", "C58:\n  more: Más.\n",
            "C58.more is not in en",
        ),
        (
            "packs/us.yaml", "Llame al 988", "Llame al 989",
            "the numbers are 989; in packs/us.yaml they are 988",
        ),
    ],
)  # fmt: skip
def test_a_difference_is_named_on_both_sides(
    edit: Edit, file: str, old: str, new: str, sentence: str
) -> None:
    assert (file, sentence) in found(edit(file, old, new))


def test_another_right_answer(edit: Edit) -> None:
    folder = edit("es/checks.yaml", "        right: false", "        right: true")
    path = folder / EDITION / "es/checks.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("        right: true", "        right: false", 2).replace(
            "        right: false", "        right: true", 1
        ),
        encoding="utf-8",
    )

    assert [file for file, _ in found(folder)] == ["es/checks.yaml", "es/checks.yaml"]


def test_a_file_that_only_one_language_has(copy: Path) -> None:
    (copy / EDITION / "es/teach_back2.yaml").write_text("a: b\n", encoding="utf-8")
    (copy / EDITION / "en/more.yaml").write_text("a: b\n", encoding="utf-8")

    assert found(copy) == [
        ("es", "more.yaml is missing; en/more.yaml is there"),
        ("es/teach_back2.yaml", "en/teach_back2.yaml is missing"),
    ]


def test_notes_for_editors_may_differ(edit: Edit) -> None:
    assert found(edit("es/statements.yaml", "there is no accept-all.", "no accept-all (7).")) == []
