"""Somebody with a browser, who presses what a page offers.  No assertions: they are the tests'."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page

from app.clock import system_clock
from app.domain.safety import Tier
from tests.browser.house import House, words_of
from tests.web.walker import PRIMER

Said = Callable[[str], str]
SOON = timedelta(0)
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/a/\S+)")
ALL = "boxes => boxes.forEach(box => box.checked = true)"
LATER = timedelta(days=3)  # far enough to be moved and cancelled online


def new_address() -> str:
    """Return an e-mail address of nobody else."""
    return f"marian.{secrets.token_hex(5)}@example.org"


@dataclass
class Patient:
    """A page, and what the person does with it; *said* gives our words in their language."""

    page: Page
    house: House
    said: Said = str
    email: str = field(default_factory=new_address)
    name: str = "Marian Hale"
    kept: str = ""

    # -- going from page to page

    @property
    def path(self) -> str:
        """Where the person is."""
        return self.page.url.removeprefix(self.house.address)

    @property
    def h1(self) -> str:
        """What the page calls itself."""
        return self.find("h1").inner_text()

    @property
    def words(self) -> str:
        """All that can be read on the page."""
        self.page.wait_for_load_state()
        return self.page.locator("body").inner_text()

    @property
    def refusal(self) -> str | None:
        """The code of the page's refusal, if it is one."""
        marked = self.find("[data-refusal]")
        return marked.first.get_attribute("data-refusal") if marked.count() else None

    def find(self, what: str) -> Locator:
        """Find something on the page, once it is there."""
        self.page.wait_for_load_state()
        return self.page.locator(what)

    def open(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(path)

    def press(self, name: str) -> None:
        """Press the button or link that says this, in the person's language."""
        place, name = self.page.locator("main"), self.said(name)
        button = place.get_by_role("button", name=name)
        button.or_(place.get_by_role("link", name=name)).first.click()

    def go_on(self) -> None:
        """Press the page's main button."""
        self.find("[data-action=continue]").first.click()

    def back(self) -> None:
        """Go back, as the browser's button does.

        The page asks for it itself. Asked from outside, Chromium refuses for a moment ("Not
        attached to an active page"): the page says that it came before the browser knows it.
        """
        with self.page.expect_navigation(wait_until="commit"):
            self.page.evaluate("history.back()")
        self.page.wait_for_load_state()

    def shows(self, what: str) -> bool:
        """Say whether something is on the page."""
        return self.find(what).count() > 0

    def write(self, name: str, words: str) -> None:
        """Fill a field in."""
        self.page.locator(f"[name={name}]").fill(words)

    def write_too_much(self, name: str, words: str) -> None:
        """Fill a field in with more than its page lets anybody type."""
        self.page.locator(f"[name={name}]").evaluate("field => field.removeAttribute('maxlength')")
        self.write(name, words)

    # -- the safety check

    def answer(self, tier: Tier, **others: str) -> None:
        """Answer a screen of the safety check with no, but for some."""
        for item in PRIMER.safety.tier(tier).items:
            self.choose(item.id, others.get(item.id, "no"))

    def choose(self, name: str, value: str) -> None:
        """Choose one of several answers."""
        self.page.locator(f"input[name='{name}'][value='{value}']").check()

    def be_safe(self, way: str = "general", **tell: str) -> None:
        """Pass the whole safety check, quickly."""
        self.open(f"/safety/{way}")
        for tier in (Tier.EMERGENCY, Tier.CALL_TODAY, Tier.BOOK_AND_TELL):
            self.find("main input[value=no]").evaluate_all(ALL)
            for item, answer in tell.items() if tier is Tier.BOOK_AND_TELL else ():
                self.choose(item, answer)
            self.go_on()

    # -- the guide

    @property
    def steps_done(self) -> int:
        """How many lines of the spine are filled."""
        self.page.wait_for_load_state()
        return self.page.locator(".spine .done").count()

    def reply(self, part: int, *, right: bool = True) -> None:
        """Answer the question after a part."""
        check = PRIMER.page(part).check
        assert check is not None
        wrong = (option.key for option in check.options if not option.right)
        self.choose("answer", check.right if right else next(wrong))
        self.go_on()

    def read(self, first: int = 1, last: int = 10) -> None:
        """Read parts, answering each question."""
        for part in range(first, last + 1):
            self.go_on()
            if PRIMER.page(part).check is not None:
                self.reply(part)
                self.go_on()

    # -- the appointment

    def keep_time(self, after: timedelta = LATER) -> str:
        """Choose the first time from then on; return its instant."""
        earliest = system_clock() + after
        while True:
            for number, instant in enumerate(self.free_times()):
                if datetime.fromisoformat(instant) >= earliest:
                    slot = self.find("[data-slot]").nth(number)
                    self.kept = slot.get_attribute("value") or ""
                    slot.click()
                    return instant
            self.press("Later days")

    def free_times(self) -> list[str]:
        """Return the instants that the page offers, in its order."""
        found: list[str] = self.find("[data-slot]").evaluate_all(
            "all => all.map(one => one.dataset.slot)"
        )
        return found

    def say_who(self, **others: str) -> None:
        """Fill the details in."""
        given = {
            "name": self.name,
            "bday_month": "4",
            "bday_day": "21",
            "bday_year": "1968",
            "email": self.email,
            "phone": "(865) 555-0178",
            "question": "What would you do in my place?",
        }
        for name, value in (given | others).items():
            self.write(name, value)

    def say_birth_date(self, month: str, day: str, year: str) -> None:
        """Fill a birth date in."""
        for name, value in (("month", month), ("day", day), ("year", year)):
            self.write(f"bday_{name}", value)

    def book(self, after: timedelta = LATER, way: str = "general", **details: str) -> str:
        """Go all the way to an appointment; return its reference."""
        self.be_safe(way)
        self.keep_time(after)
        self.say_who(**details)
        self.go_on()
        self.go_on()
        return self.reference

    def link(self, mail: int = 1) -> str:
        """Return the path of the link in one of the person's mails, once it is there."""
        found = LINK.search(words_of(self.house.letter(self.email, mail)))
        return found[1] if found else ""

    @property
    def reference(self) -> str:
        """The reference in the page's address."""
        self.page.wait_for_load_state()
        return self.path.split("/")[2].split("?")[0]
