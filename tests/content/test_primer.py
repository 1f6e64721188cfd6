"""The primer is complete, is filled for its country, and carries nothing meant for staff."""

import json
import re
from dataclasses import asdict

import pytest

from app.content.fields import read_fields
from app.content.packs import read_pack
from app.content.primer import Primer, load
from app.domain.safety import Answer, Tier
from tests.content.conftest import CLINIC, EDITION, PRIMER, Edit, load_us, shown


def test_ten_pages_come_in_order_each_with_its_check(primer: Primer) -> None:
    pages = [(page.number, page.id, page.check and page.check.id) for page in primer.pages]

    assert pages == [
        (1, "S0", None),
        (2, "S1", "Q1"),
        (3, "S2", None),
        (4, "S3", "Q2"),
        (5, "S4", "Q3"),
        (6, "S5", "Q4"),
        (7, "S6", "Q6"),
        (8, "S7", "Q5"),
        (9, "S8", None),
        (10, "S9", "Q7"),
    ]


def test_every_part_of_the_dossier_arrived(primer: Primer) -> None:
    counts = {
        "rows": [len(page.may_have_read) for page in primer.pages],
        "sources": [len(page.sources) for page in primer.pages],
        "safety": [len(tier.items) for tier in primer.safety.tiers],
        "statements": len(primer.statements.items),
        "choices": [len(page.choices) for page in primer.pages],
        "figures": [
            [figure.id for figure in page.figures] for page in primer.pages if page.figures
        ],
    }

    assert counts == {
        "rows": [8, 10, 9, 14, 9, 4, 7, 5, 7, 6],
        "sources": [13, 9, 11, 9, 13, 14, 16, 8, 8, 7],
        "safety": [10, 12, 6],
        "statements": 8,
        "choices": [0, 0, 0, 0, 0, 0, 9, 0, 0, 0],
        "figures": [["I3", "I4"], ["I1", "I2"]],
    }


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "No one knows the exact risk."),
        (2, "In studies, about 63 out of 100 slipped discs got smaller without surgery."),
        (3, "only a tiny part are stem cells"),
        (
            4,
            "It is not proven that these shots rebuild a human disc or fix the cause of back pain.",
        ),
        (5, "After one year it was 44 with cells and 56 with the sham."),
        (5, "These gaps could be due to chance."),
        (6, "none of the 58 people who had cells had a serious problem caused by the shot"),
        (7, "Heating a nerve (ablation)."),
        (8, "This does not mean that the shots are approved or shown to work."),
        (9, "Do not stop the medicine on your own."),
        (10, "Is there a free study I can join"),
    ],
)
def test_a_sentence_stands_on_its_page(primer: Primer, number: int, sentence: str) -> None:
    text = " ".join(piece.html for piece in primer.page(number).main)

    assert sentence in text


def test_details_stand_apart_from_the_main_text(primer: Primer) -> None:
    page = primer.page(5)

    assert "After six months it was 53 and 44." in page.detail[0].html
    assert all("53 and 44" not in piece.html for piece in page.main)


def test_a_figure_stands_between_the_paragraphs_it_belongs_to(primer: Primer) -> None:
    pieces = [piece.figure.id if piece.figure else "text" for piece in primer.page(5).main]

    assert pieces == ["text", "I1", "text", "I2", "text"]


def test_the_signs_after_a_shot_are_set_apart_as_a_warning(primer: Primer) -> None:
    html = primer.page(6).main[-1].html

    assert re.search(r'role="note".*Fever or chills.*pain keeps getting worse', html, re.DOTALL)


def test_the_word_of_how_sure_has_its_step_or_none(primer: Primer) -> None:
    steps = [page.how_sure.step for page in primer.pages]

    assert steps == [2, 3, 3, 1, 2, 2, None, 4, 2, None]


def test_feedback_names_the_part_by_the_number_that_patients_see(primer: Primer) -> None:
    check = primer.page(2).check

    assert check is not None
    assert check.option("c") is not None
    assert "Look again at part 2." in check.options[2].feedback


def test_only_the_fever_question_must_be_seen(primer: Primer) -> None:
    page = primer.page_of("Q4")

    assert primer.must_see == ("Q4",)
    assert page is not None
    assert page.check is not None
    assert page.check.right == "b"


SAID_OF_C10 = "One centre, 1990-2006, fracture patients, retrospective."  # as evidence too


def test_nothing_meant_for_staff_reaches_a_patient(primer: Primer) -> None:
    text = shown(primer)
    rules = read_fields(PRIMER / EDITION / "safety.yaml").rows("items")
    references = read_fields(PRIMER / EDITION / "references.yaml").named().values()

    notes = [row.text("staff_note") for row in rules]
    notes += [row.text("note") for row in references if row.has("note")]
    claims = read_fields(PRIMER / EDITION / "claims.yaml").named().values()
    notes += [row.text("staff_note") for row in claims if row.has("staff_note")]
    assert len(notes) == 62
    found = [note for note in notes if json.dumps(note, ensure_ascii=False)[1:-1] in text]
    assert found == [SAID_OF_C10]


def test_no_brace_and_no_source_mark_reaches_a_patient(primer: Primer) -> None:
    words = shown(primer)

    assert not re.search(r"\{[A-Za-z]\w*\}|\[\^", words)


def test_the_safety_check_says_one_emergency_number_and_the_clinics_own(primer: Primer) -> None:
    safety = primer.safety

    assert safety.screen_texts(["E5", "E1", "E2"]) == (
        "Go to the emergency room now or call 911. Do not wait for a visit.",
        "Call 911 now.",
    )
    assert "(207) 555-0142" in str(safety.tier(Tier.CALL_TODAY).screen_added)
    assert dict(safety.answers)[Answer.NOT_SURE] == "Not sure"
    assert "999" not in json.dumps(asdict(safety))


def test_the_same_edition_has_the_same_fingerprints(primer: Primer) -> None:
    again = load_us(PRIMER)

    assert again == primer
    assert all(re.fullmatch(r"[0-9a-f]{64}", page.sha) for page in again.pages)


def test_another_word_in_one_page_is_another_fingerprint_of_that_page_only(
    primer: Primer, edit: Edit
) -> None:
    changed = load_us(edit("en/05-risks.md", "Bleeding or nerve harm", "Bleeding, nerve harm"))

    pairs = zip(primer.pages, changed.pages, strict=True)
    assert [old.number for old, new in pairs if old.sha != new.sha] == [6]
    assert changed.sha != primer.sha


def test_another_number_in_a_figure_is_another_fingerprint(primer: Primer, edit: Edit) -> None:
    old, new = "filled: 74\n            empty: 26", "filled: 75\n            empty: 25"

    changed = load_us(edit("figures.yaml", old, new))

    assert changed.page(5).sha != primer.page(5).sha


def test_another_phone_is_another_fingerprint_of_the_safety_check(primer: Primer) -> None:
    pack = read_pack(PRIMER, EDITION, "us")

    other = load(PRIMER, EDITION, "en", pack, {**CLINIC, "clinic_phone": "(207) 555-0100"})

    assert other.safety.sha != primer.safety.sha


def test_the_way_to_the_end_gets_shorter(primer: Primer) -> None:
    left = [primer.minutes_left(number) for number in (1, 5, 10)]

    assert left == [12, 7, 1]


def test_the_time_counts_questions_replies_and_statements_too(edit: Edit, primer: Primer) -> None:
    folder = edit("en/checks.yaml", "What does that tell you?", "What does that now tell you?")

    assert load_us(folder).words == primer.words + 1
    assert primer.words > sum(page.words for page in primer.pages) > 2_000


def test_who_paid_is_said_to_be_unknown(primer: Primer) -> None:
    assert primer.about.paid_by == "Who paid for this guide has not been stated."
    assert "awaiting review" in primer.about.awaiting
    assert primer.edition.status == "draft"
