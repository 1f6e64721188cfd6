from flask import Flask
from sqlalchemy import update

from app.content.safety_limits import read_limits
from app.domain.safety import Tier
from app.settings import ROOT
from app.storage import limits
from app.storage.database import db
from app.storage.models import Clinic
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.web.patient.booking_walk import DETAILS, book, by_link, give_away, patient
from tests.web.walker import PRIMER, Walker

TYPED = {"name": "Zoë Ångström", "email": "zoe@example.org", "question": "May I swim?"}


def choose(walker: Walker) -> None:
    page = walker.get("/times")
    form = page.text.split('data-slot="')[0].rsplit("<button", 1)[1]
    value = form.split('value="')[1].split('"')[0]
    walker.post("/times", {"slot": value})


def test_what_was_typed_comes_back_when_the_kept_time_was_given_away(
    site: Flask,
) -> None:
    walker = Walker(site)
    walker.be_safe("general")
    choose(walker)
    walker.get("/details")
    give_away(site)
    sent = walker.post("/details", TYPED)

    choose(walker)
    page = walker.get("/details")

    assert sent.status_code == 303
    assert all(text in page.text for text in ("Zoë Ångström", "zoe@example.org", "May I swim?"))


def test_whoever_gives_the_time_back_and_leaves_is_gone_from_the_device(site: Flask) -> None:
    walker = Walker(site)
    walker.be_safe("general")
    choose(walker)
    walker.post("/details", DETAILS)

    left = walker.post("/hold/release")

    assert "nothing that you typed stays on this device" in walker.follow(left).text
    assert walker.get("/times").status_code == 303
    walker.be_safe("general")
    choose(walker)
    page = walker.get("/details").text
    assert not any(DETAILS[name] in page for name in ("name", "email", "phone"))


def test_what_was_typed_comes_back_when_the_session_ended(site: Flask, clock: StoppedClock) -> None:
    walker = Walker(site)
    walker.be_safe("general")
    choose(walker)
    walker.get("/details")
    clock.forward(hours=1)
    walker.post("/details", TYPED | {"question": "long " * 400})

    walker.be_safe("general")
    choose(walker)
    page = walker.get("/details")

    assert "Zoë Ångström" in page.text
    assert "zoe@example.org" in page.text


def test_what_was_typed_waits_for_whoever_lost_their_cookie_and_they_are_told(site: Flask) -> None:
    fresh = Walker(site)
    asked = fresh.post("/details", TYPED)
    sent = fresh.post("/details", TYPED)
    start = fresh.get(sent.location).text

    fresh.be_safe("general")
    choose(fresh)
    page = fresh.get("/details").text

    assert "nothing that you typed is lost" in asked.text
    assert "What you typed is kept: once you have chosen a time" in start
    assert all(text in page for text in TYPED.values())
    assert "What you typed is kept" not in Walker(site).get("/?again=1").text


def test_where_words_cannot_wait_nobody_says_so_and_they_can_be_copied(site: Flask) -> None:
    fresh = Walker(site)

    asked = fresh.post("/statements", {"K1": "talk", "words_0": "To walk <b>far</b>."})

    assert asked.status_code == 400
    assert "nothing that you typed is lost" not in asked.text
    assert "To walk &lt;b&gt;far&lt;/b&gt;." in asked.text
    assert ">talk<" not in asked.text


def test_whoever_wrote_for_too_long_gets_their_words_to_copy(
    site: Flask, clock: StoppedClock
) -> None:
    reader = Walker(site)
    reader.be_safe()
    reader.read()
    reference = book(patient(site))
    holder = by_link(site, reference)
    holder.get(f"/appointment/{reference}/unlock")
    clock.forward(minutes=31)

    answers = [
        reader.post("/statements", {"K1": "talk", "words_0": "To walk far."}),
        reader.post("/questions", {"own": "Can I walk far?"}),
        holder.post(f"/appointment/{reference}/prepare/life", {"goal": "To walk far."}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409, 404]
    assert ["walk far" in answer.text for answer in answers] == [True] * 3
    assert reader.post("/statements", {"K1": "talk"}).location == "/safety/primer"


def test_a_question_in_any_script_waits_too(site: Flask) -> None:
    walker = Walker(site)
    question = "هل يمكنني السباحة؟ " * 30
    walker.post("/details", TYPED)
    walker.post("/details", TYPED | {"question": question})

    walker.be_safe("general")
    choose(walker)

    assert question.strip() in walker.get("/details").text


def test_the_cookie_shows_nobody_what_was_typed(site: Flask) -> None:
    walker = Walker(site)
    walker.be_safe("general")

    answer = walker.post("/details", TYPED)

    cookie = answer.headers["Set-Cookie"]
    assert "Zo" not in cookie.split("fw=")[1].split(".")[0]
    assert len(cookie) < 4093


def test_a_long_question_and_the_safety_check_fit_one_cookie(site: Flask) -> None:
    with site.app_context():
        for name in read_limits(ROOT / "primer", PRIMER.edition.id, {}):
            limits.keep(db.session(), name, 9, name="Dr A. Berg", role="doctor", now=MONDAY_8AM)
        db.session.execute(update(Clinic).values(nurse_line="the nurse line, " * 10))
        db.session.commit()
    walker = Walker(site)
    tell = [item.id for item in PRIMER.safety.tier(Tier.BOOK_AND_TELL).items]
    walker.be_safe("general", **dict.fromkeys(tell, "not_sure"))

    sizes = []
    for length in range(1000, 2200, 25):
        answer = walker.post("/details", TYPED | {"question": "a" * length})
        sizes.append(len(answer.headers["Set-Cookie"]))

    assert 3500 < max(sizes) < 4093


def test_the_back_button_after_booking_leads_to_what_was_booked(site: Flask) -> None:
    walker = patient(site)
    reference = book(walker)

    page = walker.get("/review")

    assert page.location == f"/appointment/{reference}/booked"


def test_a_second_window_that_still_asks_who_comes_is_told_what_was_booked(site: Flask) -> None:
    walker = patient(site)
    reference = book(walker)

    late = walker.post("/details", DETAILS)

    assert late.location == f"/appointment/{reference}/booked"
