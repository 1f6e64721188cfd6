"""A broken edition stops the start, and says where it is broken."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.content.fields import BadEdition
from app.content.packs import read_pack
from app.content.primer import load
from app.content.safety import load_safety
from tests.content.conftest import CLINIC, EDITION, PRIMER, Edit, load_us


def refusal(folder: Path, jurisdiction: str = "us", words: Mapping[str, str] = CLINIC) -> str:
    with pytest.raises(BadEdition) as refused:
        load(folder, EDITION, "en", read_pack(folder, EDITION, jurisdiction), words)
    return str(refused.value)


def test_a_placeholder_that_nothing_fills_in_a_page(edit: Edit) -> None:
    message = refusal(edit("en/05-risks.md", "How often?", "How often, says {somebody}?"))

    assert "05-risks.md:27: nothing fills {somebody}" in message


def test_a_placeholder_that_nothing_fills_in_a_question(edit: Edit) -> None:
    message = refusal(edit("en/checks.yaml", "I will need surgery.", "I will need {what}."))

    assert "checks.yaml:" in message
    assert "options.2.text: nothing fills {what}" in message


def test_a_lone_brace(edit: Edit) -> None:
    assert "nothing fills" in refusal(edit("en/05-risks.md", "How often?", "How often}?"))


def test_a_page_that_is_missing(copy: Path) -> None:
    (copy / EDITION / "en" / "05-risks.md").unlink()

    assert "the page S5 is missing" in refusal(copy)


def test_a_page_too_many(copy: Path) -> None:
    folder = copy / EDITION / "en"
    text = (folder / "05-risks.md").read_text(encoding="utf-8")
    (folder / "10-more.md").write_text(text, encoding="utf-8")

    assert "not the edition's 10" in refusal(copy)


def test_a_page_without_front_matter(edit: Edit) -> None:
    assert "05-risks.md:1:" in refusal(edit("en/05-risks.md", "---\n", ""))


def test_a_check_that_is_missing(edit: Edit) -> None:
    message = refusal(edit("en/05-risks.md", "check: Q4", "check: Q9"))

    assert "05-risks.md:6: check: there is no check Q9" in message


def test_a_check_that_no_page_asks(edit: Edit) -> None:
    message = refusal(edit("en/05-risks.md", "check: Q4\n", ""))

    assert "the check Q4 belongs to 0 pages" in message


def test_a_check_with_two_right_answers(edit: Edit) -> None:
    assert "exactly one option is right" in refusal(
        edit("en/checks.yaml", "right: false", "right: true")
    )


def test_a_country_without_a_pack() -> None:
    with pytest.raises(BadEdition, match="there is no pack 'mars'"):
        read_pack(PRIMER, EDITION, "mars")


def test_an_edition_or_a_language_that_does_not_exist() -> None:
    pack = read_pack(PRIMER, EDITION, "us")

    with pytest.raises(BadEdition, match="there is no edition"):
        load(PRIMER, "../x", "en", pack, CLINIC)
    with pytest.raises(BadEdition, match="there is no language 'tlh'"):
        load(PRIMER, EDITION, "tlh", pack, CLINIC)


def test_a_reference_that_does_not_resolve(edit: Edit) -> None:
    folder = edit("en/05-risks.md", "[R22, R14", "[R777, R22, R14")
    message = refusal(edit("en/05-risks.md", "[^R22]", "[^R22][^R777]"))

    assert folder.exists()
    assert "05-risks.md:5: references: there is no reference R777" in message


def test_a_source_in_the_text_that_the_front_matter_does_not_list(edit: Edit) -> None:
    message = refusal(edit("en/05-risks.md", "few days.[^R22]", "few days.[^R22][^R99]"))

    assert "05-risks.md:16: R99 is not among the references" in message


def test_a_claim_that_is_not_in_the_ledger(edit: Edit) -> None:
    assert "there is no claim C99" in refusal(edit("en/05-risks.md", "[C10,", "[C99,"))


def test_a_figure_without_numbers(edit: Edit) -> None:
    message = refusal(edit("figures.yaml", "id: I3", "id: I9"))

    assert "en/figures.yaml" in message
    assert "the figure I3 has no numbers" in message


def test_a_figure_whose_halves_do_not_make_a_hundred(edit: Edit) -> None:
    message = refusal(edit("figures.yaml", "empty: 60", "empty: 59"))

    assert "figures.yaml:13:" in message
    assert "do not make 100" in message


def test_a_figure_out_of_another_number_than_a_hundred(edit: Edit) -> None:
    assert "out of 100" in refusal(edit("figures.yaml", "denominator: 100", "denominator: 63"))


def test_a_figure_that_does_not_fit_the_people_counted(edit: Edit) -> None:
    message = refusal(edit("figures.yaml", "counted: 18", "counted: 28"))

    assert "this is 62 of 100 people" in message


def test_a_figure_that_the_text_names_but_nobody_drew(edit: Edit) -> None:
    message = refusal(edit("en/04-does-it-help.md", "![](I1)", "![](I7)"))

    assert "there is no figure I7" in message


@pytest.mark.parametrize("html", ["<b>Common</b>", "<script>alert(1)</script>", "<!-- note -->"])
def test_html_in_a_page(edit: Edit, html: str) -> None:
    message = refusal(edit("en/05-risks.md", "Common:", html))

    assert "05-risks.md:15: HTML is not allowed" in message


def test_html_in_a_question(edit: Edit) -> None:
    assert "HTML is not allowed" in refusal(edit("en/checks.yaml", "I will", "I <i>will</i>"))


def test_a_country_whose_law_has_no_sentence(edit: Edit) -> None:
    sentence = "regulator_statement: In the US, the FDA"
    message = refusal(
        edit("packs/us.yaml", sentence, "regulator_statement: null\n    was: The FDA")
    )

    assert "packs/us.yaml" in message
    assert "texts.en.regulator_statement: a text is missing" in message


def test_a_clinic_cannot_stand_in_for_the_law() -> None:
    words = dict.fromkeys(
        ("clinic_phone", "nurse_line", "support_line", "insurance_sentence"), "555-0100"
    )
    message = refusal(PRIMER, "au", {**words, "regulator_statement": "It is approved."})

    assert "texts.en.regulator_short: a text is missing" in message


def test_a_clinic_without_a_phone_for_nurses() -> None:
    message = refusal(PRIMER, words={"clinic_phone": "(207) 555-0142"})

    assert "nurse_line: neither the pack nor the clinic says this" in message


def test_a_safety_item_without_words(edit: Edit) -> None:
    assert "E3 has a rule but no words" in refusal(edit("en/safety.yaml", "id: E3", "id: E33"))


def test_yaml_that_is_not_yaml(edit: Edit) -> None:
    assert "checks.yaml:" in refusal(edit("en/checks.yaml", "header: Did", "header: 'Did"))


def test_a_phone_number_that_yaml_takes_for_a_number(edit: Edit) -> None:
    message = refusal(edit("packs/us.yaml", "emergency_number: '911'", "emergency_number: 911"))

    assert "emergency_number: this must be a text" in message


def test_the_safety_check_stands_without_the_law_of_the_primer() -> None:
    words = {"clinic_phone": "1", "nurse_line": "2", "support_line": "Call 3"}

    safety = load_safety(PRIMER, EDITION, "en", read_pack(PRIMER, EDITION, "au"), words)

    assert "call 000" in safety.tiers[0].items[0].screen_text


def test_words_of_a_clinic_are_text_and_never_markup() -> None:
    pack = read_pack(PRIMER, EDITION, "uk")
    words = {"clinic_phone": "<b>1</b>", "insurance_sentence": "*<script>* & more"}

    html = load(PRIMER, EDITION, "en", pack, words).page(8).main[0].html

    assert "*&lt;script&gt;* &amp; more" in html


def test_the_edition_that_we_ship_is_shown() -> None:
    assert len(load_us(PRIMER).pages) == 10
