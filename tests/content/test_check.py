"""Each rule of the editor's check finds what it is for, and nothing in what we ship."""

from datetime import date
from pathlib import Path

from app.content.check import findings
from app.content.reading_grade import grade, syllables
from tests.content.conftest import EDITION, PRIMER, Edit

TODAY = date(2026, 11, 25)


def found(folder: Path, *, today: date = TODAY) -> list[tuple[str, str, int]]:
    """Give what is found but for other languages, which one changed word puts out of step."""
    return [
        (item.rule, item.file.name, item.line)
        for item in findings(folder, today=today)
        if item.rule != "languages"
    ]


def test_the_edition_that_we_ship_has_nothing_to_mend() -> None:
    assert findings(PRIMER, today=TODAY) == []


def test_an_edition_that_does_not_load_is_one_finding_with_its_place(edit: Edit) -> None:
    folder = edit("en/05-risks.md", "How often?", "How often {now}?")

    assert found(folder) == [("loads", "05-risks.md", 27)]


def test_a_folder_without_an_edition_is_a_finding(tmp_path: Path) -> None:
    assert found(tmp_path) == [("edition", tmp_path.name, 1)]


def test_a_claim_on_no_page(edit: Edit) -> None:
    folder = edit("en/05-risks.md", ", C47]", "]")

    assert found(folder) == [("claims", "claims.yaml", 1)]


def test_a_reference_that_is_nowhere(edit: Edit) -> None:
    folder = edit("en/options.yaml", "references: [R32, R29]", "references: [R32, R999]")

    assert [rule for rule, _, _ in found(folder)] == ["references"]


def test_a_number_without_a_source(edit: Edit) -> None:
    folder = edit("en/05-risks.md", "How often?", "It hurts 7 people.\n\nHow often?")

    assert found(folder) == [("numbers", "05-risks.md", 27)]


def test_a_figure_whose_words_say_another_number(edit: Edit) -> None:
    folder = edit("en/figures.yaml", "in 39, and not", "in 38, and not")

    assert [(rule, name) for rule, name, _ in found(folder)] == [("numbers", "figures.yaml")]


def test_a_struck_sentence_in_a_page(edit: Edit) -> None:
    folder = edit("en/05-risks.md", "Bleeding or nerve harm.", "harm is NOT common.")

    assert found(folder) == [("struck", "05-risks.md", 23)]


def test_a_struck_sentence_in_a_pack(edit: Edit) -> None:
    folder = edit("packs/uk.yaml", "licensed for back pain. NICE", "proven useless. NICE")

    assert [(rule, name) for rule, name, _ in found(folder)] == [("struck", "uk.yaml")]


def test_a_sentence_struck_in_one_row_only(edit: Edit) -> None:
    path = edit("en/options.yaml", "option: Pills", "option: Pills") / EDITION / "en/options.yaml"
    rows = path.read_text(encoding="utf-8").split("  - id: ")
    pills = next(number for number, row in enumerate(rows) if row.startswith("pills"))
    rows[pills] = rows[pills].replace("Not very sure.", "Fairly sure that the gain is small.")
    path.write_text("  - id: ".join(rows), encoding="utf-8")

    assert [rule for rule, _, _ in found(path.parents[2])] == ["struck"]


def test_an_editors_name_for_something_in_what_patients_read(edit: Edit) -> None:
    edit("en/claims.yaml", "Outside this guide.", "Outside what A1 says.")
    folder = edit("references.yaml", "what Carragee found in 2009", "R23")

    assert [(rule, name) for rule, name, _ in found(folder)] == [
        ("our_names", "claims.yaml"),
        ("our_names", "references.yaml"),
        ("our_names", "references.yaml"),  # once for each language
    ]


def test_a_review_that_is_overdue() -> None:
    assert found(PRIMER, today=date(2027, 5, 21)) == []
    assert found(PRIMER, today=date(2027, 5, 22)) == [("review", "edition.yaml", 1)]


def test_a_page_that_reads_like_a_journal(edit: Edit) -> None:
    hard = "Intradiscal administration of mesenchymal preparations necessitates " * 9
    folder = edit("en/09-your-visit.md", "Questions to ask:", f"{hard}.\n\nQuestions to ask:")

    assert {(rule, name) for rule, name, _ in found(folder)} == {
        ("grade", "09-your-visit.md"),
        ("length", "09-your-visit.md"),
        ("sentence", "09-your-visit.md"),
    }


def test_easy_words_ask_for_less_school_than_hard_ones() -> None:
    assert grade("The cat sat on the mat. It was glad.") < 2
    assert grade("Regulatory authorities continuously reevaluate investigational therapies.") > 15
    assert [syllables(word) for word in ("pain", "needle", "moved", "infection")] == [1, 2, 1, 3]
