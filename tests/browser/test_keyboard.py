"""A general visit is booked with four keys: Tab, Enter, Space and arrows."""

from dataclasses import dataclass

from playwright.sync_api import Page

from app.domain.safety import Tier
from tests.browser.patient import Patient
from tests.web.walker import PRIMER

FOCUSED = "selector => document.activeElement.matches(selector)"
RING = """() => [document.activeElement, document.activeElement.closest(".choice, .way")]
  .some(one => one && ["", "::before", "::after"].some(part =>
    parseFloat(getComputedStyle(one, part).outlineWidth) >= 2
    && getComputedStyle(one, part).outlineStyle !== "none"))"""
IN_VIEW = """() => {
  const box = (document.activeElement.closest(".choice") ?? document.activeElement)
    .getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}"""
FAR = 400


@dataclass
class Keyboard:
    """Somebody without a mouse; keeps what they could not see."""

    page: Page
    unseen: list[str]

    def to(self, selector: str) -> None:
        """Press Tab until the focus is there."""
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            if not (self.page.evaluate(RING) and self.page.evaluate(IN_VIEW)):
                html = self.page.evaluate("document.activeElement.outerHTML")
                self.unseen.append(f"{self.page.url}: {html[:120]}")
            if self.page.evaluate(FOCUSED, selector):
                return
        raise LookupError(f"{selector} cannot be reached on {self.page.url}")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go to a link or a button and press it; wait for the page that follows."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def write(self, name: str, words: str) -> None:
        """Go to a field and write."""
        self.to(f"[name={name}]")
        self.page.keyboard.insert_text(words)


def test_a_visit_is_booked_without_a_mouse(patient: Patient) -> None:
    keys = Keyboard(patient.page, [])
    patient.open("/")
    keys.press("a[href='/safety/general']:not(.urgent)")
    for tier in Tier:
        for item in PRIMER.safety.tier(tier).items:
            keys.to(f"[name={item.id}]")
            patient.page.keyboard.press("ArrowDown")  # from the first answer, yes, to the second
        keys.press("[data-action=continue]", key="Space")
    assert patient.h1 == "Choose a time"

    keys.press("[data-slot]")
    keys.to("[name=who_for]")
    keys.write("name", patient.name)
    for field, value in (("month", "4"), ("day", "21"), ("year", "1968")):
        keys.write(f"bday_{field}", value)
    keys.write("email", patient.email)
    keys.write("phone", "(865) 555-0178")
    keys.to("[name=needs]")
    patient.page.keyboard.press("Space")
    keys.press("[data-action=continue]")
    assert "A step-free way in" in patient.words
    keys.press("[data-action=continue]")

    assert patient.h1 == "You are booked."
    assert keys.unseen == []


def test_the_first_tab_on_a_page_offers_to_skip_to_its_content(patient: Patient) -> None:
    patient.open("/find")

    patient.page.keyboard.press("Tab")
    patient.page.keyboard.press("Enter")
    patient.page.keyboard.press("Tab")

    assert patient.page.evaluate(FOCUSED, "main [name=email]")


def test_a_form_with_faults_brings_the_focus_to_the_list_of_them(patient: Patient) -> None:
    patient.open("/find")

    patient.go_on()

    assert patient.page.evaluate(FOCUSED, ".summary")
