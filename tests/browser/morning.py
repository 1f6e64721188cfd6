"""The tasks of a receptionist's morning; each one looks at what came of it."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from io import BytesIO

from playwright.sync_api import Locator
from pypdf import PdfReader
from sqlalchemy import insert, select, update

from app.clock import system_clock
from app.domain.staff import Role
from app.services.joining import LinkKind
from app.storage import models
from tests.browser.colleague import PASSWORD, hire, link, sign_in, sign_out
from tests.browser.devices import give_device
from tests.browser.dragging import A_ROW, MOVED, clock_of, drag, five_later, free_after
from tests.browser.house import House, words_of
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday
from tests.support import axe

RIVERA, OKAFOR = "1", "2"
MANY = 6
HALF_AN_HOUR = timedelta(minutes=30)
OFFER = re.compile(r"https?://[^\s<>\"]+/p/[a-z0-9.]+")


def saturday() -> date:
    return next_monday() + timedelta(days=5)


def looks_right(jo: Patient) -> None:
    jo.page.wait_for_load_state()
    assert axe.violations(jo.page) == []


def open_one_hour(clinic: House) -> None:
    """Let Dr Okafor come on a Saturday, for one visit."""
    with clinic.book() as book:
        book.execute(insert(models.Opening).values(
            clinician_id=int(OKAFOR), location_id=1, day=saturday(), from_minute=9 * 60,
            until_minute=10 * 60, in_person=True, video=True,
        ))  # fmt: skip
        book.execute(update(models.Clinic).values(revision=models.Clinic.revision + 1))


def sign_in_with_a_passkey(jo: Patient) -> None:
    give_device(jo)
    staff_id, _address = hire(jo, Role.RECEPTION, name="Jo Brandt", password_hash=None)
    jo.open(link(jo, staff_id, LinkKind.INVITATION))
    jo.write("password", PASSWORD)
    jo.go_on()
    jo.press("Make a passkey")
    jo.page.wait_for_url("**/staff/factor/passkey")
    sign_out(jo)

    jo.open("/staff/sign-in")
    jo.press("Sign in with a passkey")
    jo.page.wait_for_url("**/staff/day")

    looks_right(jo)


def find_a_caller(jo: Patient) -> None:
    jo.page.keyboard.press("/")
    jo.page.keyboard.type("far")
    with jo.page.expect_navigation():
        jo.page.keyboard.press("Enter")

    assert "Farah" in jo.words
    assert "(865) 555-" in jo.words
    looks_right(jo)


def book_with_the_guide_by_mail(jo: Patient, caller: Patient) -> str:
    jo.open(f"/staff/new?doctor={OKAFOR}&date={saturday()}")
    jo.find(".slot input").first.check()
    jo.choose("guide", "mail")
    jo.write("name", caller.name)
    jo.write("birth", "1968-04-21")
    jo.write("phone", "(202) 555-0147")
    jo.write("email", caller.email)
    looks_right(jo)
    jo.go_on()

    jo.page.wait_for_url("**/staff/appointment/**")
    assert "Not read to the end yet." in jo.words
    assert "stem" not in words_of(jo.house.letter(caller.email)).lower()
    looks_right(jo)
    return jo.path.partition("?")[0].rpartition("/")[2]


def move_by_drag(jo: Patient) -> None:
    jo.open(f"/staff/day?date={next_monday()}")
    tile, name = free_after(jo)
    row = tile.locator("xpath=..").get_attribute("class") or ""

    drag(jo, tile, (3, A_ROW + 2))
    jo.page.locator("#said").wait_for(state="visible")
    jo.page.wait_for_function(MOVED, arg=[name, five_later(row)])

    assert "Moved to" in jo.page.locator("#said").inner_text()


def two_neighbours(jo: Patient) -> tuple[Locator, Locator]:
    """Return two appointments of the first doctor, one after the other."""
    jo.open(f"/staff/day?date={next_monday()}")
    tiles = jo.find(".col").first.locator(".tile[data-revision]")
    return tiles.nth(1), tiles.nth(2)


def refuse_an_overlap(jo: Patient) -> None:
    first, second = two_neighbours(jo)
    before = first.inner_text()
    places = [tile.evaluate("tile => tile.getBoundingClientRect().top") for tile in (first, second)]
    first.scroll_into_view_if_needed()

    drag(jo, first, (0, places[1] - places[0]))
    jo.page.locator("#said").wait_for(state="visible")

    assert "Moved to" not in jo.page.locator("#said").inner_text()
    assert first.inner_text() == before
    looks_right(jo)


def override_one(jo: Patient) -> None:
    first, second = two_neighbours(jo)
    reference = (first.get_attribute("id") or "").removeprefix("a-")
    row = second.locator("xpath=..").get_attribute("class") or ""
    jo.open(f"/staff/appointment/{reference}/move")
    jo.page.locator("#date").fill(str(next_monday()))
    jo.write("time", "{:02}:{:02}".format(*clock_of(row)))
    jo.go_on()
    refused = jo.refusal
    jo.page.locator("#overlap").select_option("doctor_agreed")
    jo.go_on()

    jo.page.wait_for_url(f"**/staff/appointment/{reference}?done=moved")
    assert refused == "slot_taken"
    assert "The doctor agreed" in jo.words
    looks_right(jo)


def open_offer(person: Patient) -> None:
    """Open the link of the mail that offers a time."""
    for number in range(1, MANY):
        found = OFFER.search(words_of(person.house.letter(person.email, number)))
        if found:
            person.open(found[0])
            return


def put_on_the_waiting_list(jo: Patient, waiting: Patient) -> None:
    jo.open("/staff/waiting/new")
    jo.find("[name=visit]").select_option(label="General spine visit")
    jo.write("name", "Abena Mensah")
    jo.say_birth_date("4", "21", "1968")
    jo.write("phone", "(865) 555-0178")
    jo.write("email", waiting.email)
    jo.find(f"[name=doctors][value='{OKAFOR}']").check()
    jo.find("[name=weekdays][value='5']").check()
    jo.go_on()

    jo.page.wait_for_url("**/staff/waiting**")
    assert "Nothing offered yet" in jo.words
    looks_right(jo)


def cancel(jo: Patient, reference: str) -> None:
    jo.open(f"/staff/appointment/{reference}")
    jo.press("Cancel it")
    jo.choose("reason", "patient_asked")
    jo.go_on()

    jo.page.wait_for_url(f"**/staff/appointment/{reference}?done=cancelled")
    assert jo.find("[data-refusal]").count() == 0


def take_the_freed_slot(waiting: Patient) -> None:
    open_offer(waiting)
    offered = waiting.find("[data-slot]").first.get_attribute("data-slot") or ""
    waiting.go_on()

    waiting.page.wait_for_url("**/appointment/**")
    assert datetime.fromisoformat(offered).date() == saturday()
    looks_right(waiting)


def check_in(jo: Patient) -> None:
    reference = somebody_of_today(jo.house)
    jo.open(f"/staff/appointment/{reference}")
    jo.press("Arrived")
    arrived = jo.words
    jo.press("Undo")
    jo.press("Arrived")

    assert "noted: Arrived" in arrived
    assert "took “Arrived” back" in jo.words
    looks_right(jo)


def somebody_of_today(clinic: House) -> str:
    """Let a person of another day come today; return their reference."""
    now = system_clock()
    with clinic.book() as book:
        seen = models.Appointment
        last = book.execute(
            select(seen.id, seen.reference)
            .where(seen.status == "booked", seen.clinician_id == int(RIVERA))
            .order_by(seen.starts_at.desc())
        ).first()
        assert last is not None
        book.execute(update(seen).where(seen.id == last.id).values(
            starts_at=now, ends_at=now + HALF_AN_HOUR, blocked_from=now,
            blocked_until=now + HALF_AN_HOUR,
        ))  # fmt: skip
    return str(last.reference)


def print_the_day_sheet(jo: Patient) -> None:
    jo.open(f"/staff/day?date={next_monday()}")
    names = [name.strip() for name in jo.find(".tile b").all_inner_texts()]
    jo.press("Day sheet")
    jo.page.wait_for_load_state()
    paper = PdfReader(BytesIO(jo.page.pdf(landscape=True)))
    printed = " ".join(page.extract_text() for page in paper.pages)
    words = unicodedata.normalize("NFKC", printed)  # without ligatures

    assert len(names) >= MANY
    assert [name for name in names if name not in words] == []
    assert "Sign out" not in words
    looks_right(jo)


def hand_over(jo: Patient) -> None:
    jo.open("/staff/handover")
    jo.write("note", "Call back whoever was not reached.")
    jo.go_on()
    jo.page.get_by_role("button", name="Sign out").click()
    jo.page.wait_for_url("**/staff/sign-in**")
    sign_in(jo, name="Noor Haddad")
    jo.open("/staff/handover")

    assert "Call back whoever was not reached." in jo.words
    assert "Jo Brandt" in jo.words
