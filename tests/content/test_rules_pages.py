"""Rules on pages and words: each finds what it is for, by file and line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.content.check import Finding, findings
from tests.content.conftest import EDITION, Edit

TODAY = date(2026, 11, 25)
HARD = "Regulatory authorities continuously reevaluate investigational therapies before approval."
EASY = "You can say no. "


def found(folder: Path) -> list[Finding]:
    return findings(folder, today=TODAY)


def places(folder: Path) -> list[tuple[str, str, int]]:
    return [(one.rule, one.file.name, one.line) for one in found(folder)]


def test_a_hard_sentence_that_nobody_looked_at(edit: Edit) -> None:
    folder = edit("en/02-the-treatment.md", "There are three steps:", f"{HARD} Three steps:")

    assert places(folder) == [("sentence", "02-the-treatment.md", 17)]
    assert HARD in found(folder)[0].sentence


def test_a_sentence_listed_as_hard_that_is_not_there(edit: Edit) -> None:
    folder = edit("hard_sentences.yaml", "  - 'Treating it", f"  - '{EASY}'\n  - 'Treating it")

    assert places(folder) == [("sentence", "hard_sentences.yaml", 10)]


def test_a_page_that_is_long_without_a_reason(edit: Edit) -> None:
    folder = edit("en/09-your-visit.md", "Questions to ask:", f"{EASY * 2} Questions to ask:")

    assert places(folder) == [("length", "09-your-visit.md", 1)]


def test_a_page_that_is_too_long_whatever_the_reason(edit: Edit) -> None:
    folder = edit("en/05-risks.md", "How often?", f"How often? {EASY * 10}")

    assert places(folder) == [("length", "05-risks.md", 1)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sentence_above_a_figure_that_says_another_number(edit: Edit, language: str) -> None:
    folder = edit(f"{language}/01-back-pain-and-discs.md", "63", "64")

    rules = {(one.rule, one.file.parent.name) for one in found(folder)}

    assert ("numbers", language) in rules
    assert any("does not say 63" in one.sentence for one in found(folder))


def test_a_question_to_tick_that_the_page_words_otherwise(edit: Edit) -> None:
    folder = edit("en/questions.yaml", "text: What are all my choices?", "text: Which choices?")

    assert places(folder) == [("questions", "questions.yaml", 17)]


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        ("en/02-the-treatment.md", "There are three steps:", "It is safe. Three steps:", "safe"),
        ("en/options.yaml", "Your body heals", "It CURES. Your body heals", "CURES"),
        ("packs/us.yaml", "Call 988", "It is guaranteed. Call 988", "guaranteed"),
        ("es/02-the-treatment.md", "Hay tres pasos:", "Es un milagro. Tres pasos:", "milagro"),
    ],
)
def test_a_word_that_sells(edit: Edit, file: str, old: str, new: str, word: str) -> None:
    folder = edit(file, old, new)

    said = [one.sentence for one in found(folder) if one.rule == "forbidden"]

    assert [sentence.partition(":")[0] for sentence in said] == [word]


def test_words_of_the_articles_stand_as_they_are(edit: Edit) -> None:
    folder = edit("en/claims.yaml", "  claim: Long-lasting", "  claim: A miracle. Long-lasting")

    assert places(folder) == []


def test_an_exception_covers_its_own_sentence_only(edit: Edit) -> None:
    folder = edit("forbidden.yaml", "text: says it can cure you", "text: says it may cure you")

    assert ("forbidden", "07-approval-and-cost.md", 20) in places(folder)
    assert ("forbidden", "forbidden.yaml", 7) in places(folder)


def test_a_country_that_is_on_and_misses_a_sentence(edit: Edit) -> None:
    folder = edit("packs/au.yaml", "default_on: false", "default_on: true")

    assert [(one.rule, one.file.name) for one in found(folder)] == [("loads", "au.yaml")]


@pytest.mark.parametrize("gone", ["us.yaml", "*.yaml"])
def test_an_edition_without_the_pack_of_a_country_that_is_on(copy: Path, gone: str) -> None:
    for pack in (copy / EDITION / "packs").glob(gone):
        pack.unlink()

    assert set(places(copy)) == {("loads", "packs", 1)}
    assert "no country's pack is on" in found(copy)[0].sentence


def test_a_country_that_is_off_without_a_reason(edit: Edit) -> None:
    folder = edit("packs/eu.yaml", "off_reason:", "off_season:")

    assert places(folder) == [("loads", "eu.yaml", 1)]


def test_a_country_that_is_off_is_still_read_for_mistakes(edit: Edit) -> None:
    folder = edit("packs/uk.yaml", "references: [", "references: [R999, ")

    assert {name for _rule, name, _line in places(folder)} >= {"uk.yaml"}


def test_an_older_edition_that_could_not_be_shown_again(copy: Path) -> None:
    older = copy / "2026-05-01"
    shutil.copytree(copy / EDITION, older)
    (older / "SHA256SUMS").unlink(missing_ok=True)
    (older / "en" / "checks.yaml").unlink()

    assert ("loads", "checks.yaml", 1) in places(copy)


@pytest.mark.parametrize("file", ["en/05-risks.md", "en/checks.yaml", "references.yaml"])
def test_whatever_is_missing_is_named_with_file_and_line(copy: Path, file: str) -> None:
    (copy / EDITION / file).unlink()

    assert [(one.rule, one.line) for one in found(copy)][:1] == [("loads", 1)]
    assert found(copy)[0].file != copy / EDITION
