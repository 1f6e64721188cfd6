"""Reading aloud, only where the browser has a voice; and how large the text is."""

import pytest

from tests.browser.conftest import Arrive

SAYS = """
window.said = [];
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(words) { super(); this.words = words; }
};
Object.defineProperty(window, "speechSynthesis", {value: {
  paused: false, cancel() { window.said.length = 0; }, pause() { this.paused = true; },
  resume() { this.paused = false; }, speak(one) { window.said.push([one.lang, one.words]); },
}});
"""
MUTE = "Object.defineProperty(window, 'speechSynthesis', {value: undefined});"
BUTTON = "Read this part to me"


def test_a_part_is_read_in_its_language_without_what_is_folded_away(arrive: Arrive) -> None:
    patient = arrive()
    patient.page.add_init_script(SAYS)
    patient.open("/guide/es/2")

    patient.page.locator("[data-listen] button").first.click()

    said = patient.page.evaluate("window.said")
    words = " ".join(sentence for _language, sentence in said)
    assert {language for language, _sentence in said} == {"es"}
    assert "El dolor de espalda es muy común." in words
    assert "Anatomía básica" not in words


def test_reading_can_be_paused_and_stopped(arrive: Arrive) -> None:
    patient = arrive()
    patient.page.add_init_script(SAYS)
    patient.open("/guide/en/2")
    offered = patient.page.locator("[data-listen] button:visible").all_inner_texts()
    patient.press(BUTTON)

    patient.press("Pause")
    paused = patient.page.evaluate("speechSynthesis.paused")
    patient.press("Stop")

    assert offered == [BUTTON]
    assert paused
    assert patient.page.evaluate("window.said") == []
    assert patient.page.get_by_role("button", name=BUTTON).is_visible()


def test_a_browser_without_a_voice_shows_no_button(arrive: Arrive) -> None:
    patient = arrive()
    patient.page.add_init_script(MUTE)

    patient.open("/guide/en/2")

    assert not patient.page.locator("[data-listen]").is_visible()


def test_without_script_there_is_no_button(arrive: Arrive) -> None:
    patient = arrive(javascript=False)

    patient.open("/guide/en/2")

    assert not patient.page.locator("[data-listen]").is_visible()


@pytest.mark.parametrize("language", ["en", "es"])
def test_on_the_narrowest_phone_sizes_and_languages_share_one_row(
    arrive: Arrive, language: str
) -> None:
    patient = arrive(language=language)
    patient.page.set_viewport_size({"width": 320, "height": 640})

    patient.open("/about")

    buttons = patient.page.locator(".comfort button").all()
    boxes = [box for one in buttons if (box := one.bounding_box())]
    middles = [box["y"] + box["height"] / 2 for box in boxes]
    assert len(boxes) == 4
    assert max(middles) - min(middles) < 8
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24


def test_the_size_that_one_reads_in_is_told_apart(arrive: Arrive) -> None:
    patient = arrive()
    patient.open("/about")

    patient.page.get_by_role("button", name="Largest text").click()

    largest = patient.page.get_by_role("button", name="Largest text", pressed=True)
    assert largest.is_visible()
    assert patient.page.locator(".comfort [aria-pressed=true]").count() == 1
