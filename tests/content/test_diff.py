from app.content.diff import changes
from app.content.primer import Primer
from tests.content.conftest import Edit, load_us


def test_a_changed_word_is_shown_where_it_stands(primer: Primer, edit: Edit) -> None:
    newer = load_us(edit("en/05-risks.md", "Bleeding or nerve harm", "Bleeding, nerve harm"))

    (change,) = changes(primer, newer)

    assert change.place == "pages / S5 / main"
    assert [(run.kind, run.words) for run in change.runs if run.kind != "same"] == [
        ("gone", "Bleeding or"),
        ("new", "Bleeding,"),
    ]


def test_a_text_that_went_or_came_is_shown_too(primer: Primer, edit: Edit) -> None:
    newer = load_us(edit("en/about.yaml", "limits:\n", "limits:\n  - It is short.\n"))

    kinds = {run.kind for change in changes(primer, newer) for run in change.runs}
    assert "new" in kinds
    kinds = {run.kind for change in changes(newer, primer) for run in change.runs}
    assert "gone" in kinds


def test_the_same_edition_has_no_difference(primer: Primer) -> None:
    assert changes(primer, primer) == []
