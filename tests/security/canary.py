"""A clinic in which somebody does everything, and words that must not be found afterwards."""

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tests.mail.servers import Mailboxes, serving
from tests.security.conftest import behind
from tests.security.far import raw, walker
from tests.support.processes import KEYS, Site, environment, flask, wait_until
from tests.web.patient.booking_walk import HOLD, slots
from tests.web.walker import PRIMER, Walker, hidden

GIVEN = {
    "name": "Qxname Zebulon",
    "booker_name": "Qxbooker Ottoline",
    "email": "qxmail@canary.example.org",
    "phone": "(865) 555-0173",
    "question": "qxquestion about my visit",
}
DETAILS = GIVEN | {
    "who_for": "other",
    "bday_month": "7",
    "bday_day": "9",
    "bday_year": "1931",
    "needs": "step_free",
}
WORDS, AGENT, STRAY = "qxwords of my own", "qxagent/7", "qxstray"
BEFORE = "qxgoal before the visit"
NEVER = [
    f"qx{one}" for one in ("name", "booker", "mail", "question", "words", "agent", "stray", "goal")
]
NEVER += ["zebulon", "ottoline", "canary", "555-0173", "5550173", "1931-07", "july 1931"]
LINK = re.compile(r"/a/(?P<id>[a-z2-7]{20})\.(?P<mac>[a-z2-7]{26})")


@dataclass
class World:
    """A clinic at work: its doors, its worker, and everything that either wrote down."""

    site: Site
    folder: Path
    worker: subprocess.Popen[bytes]
    secrets: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def mails(self) -> list[Path]:
        """What they were sent; the demonstration's own people get mails, too."""
        paths = (self.folder / "instance" / "mail").glob("*.eml")
        return [path for path in paths if GIVEN["email"] in path.read_text()]

    def written(self) -> dict[str, str]:
        logs = {path.name: path.read_text(errors="replace") for path in self.folder.glob("*.log")}
        return logs | {f"answer {n}": text for n, text in enumerate(self.answers)}

    def found(self) -> list[str]:
        """Return each place where something appears that must not, and what."""
        wanted = {one.lower() for one in [*NEVER, *self.secrets]}
        return [
            f"{place}: {line[:200]!r} has {one!r}"
            for place, text in self.written().items()
            for line in text.lower().splitlines()
            for one in wanted
            if one in line
        ]


def session_of(person: Walker) -> dict[str, Any]:
    """Read what a person's cookie holds."""
    cookie = person.client.get_cookie("fw", "127.0.0.1")
    assert cookie is not None
    reader = Flask("reader")
    reader.secret_key = KEYS["SECRET_KEY"]
    serializer = SecureCookieSessionInterface().get_signing_serializer(reader)
    assert serializer is not None
    return {"cookie": cookie.value, **serializer.loads(cookie.value)}


def arrive(world: World) -> Walker:
    return walker(world.site, **{"User-Agent": AGENT, "Referer": f"{world.site.address}/{STRAY}"})


def read_and_book(world: World) -> tuple[Walker, str]:
    """Go the whole way, the guide included, with a canary in every field."""
    person = arrive(world)
    item = PRIMER.safety.tiers[-1].items[0].id
    person.be_safe("primer", **{item: "yes"})
    person.read()
    said = {one.id: "talk" for one in PRIMER.statements.items}
    person.get("/statements")
    sent = person.post("/statements", said | {"words_0": WORDS, "words_1": WORDS})
    assert sent.location.startswith("/times")
    person.get("/times?visit=general&from=" + STRAY)
    page = person.get("/times").text
    assert person.post("/times", {"slot": slots(page)[-1]}).location == "/details"
    person.get("/details")
    person.post("/details", DETAILS | {"email": f"{STRAY}@", "phone": STRAY, "bday_year": STRAY})
    assert person.post("/details", DETAILS).location == "/review"
    page = person.get("/review").text
    booked = person.post("/review", {"hold": HOLD.findall(page)[0]})
    reference = booked.location.split("/")[2]
    person.follow(booked)
    return person, reference


def use(world: World, person: Walker, reference: str) -> None:
    """Open the link of the mail elsewhere, unlock, move, cancel, and ask for the link again."""
    wait_until(lambda: bool(world.mails), world.worker, world.folder / "worker.log")
    link = LINK.search(world.mails[0].read_text())
    assert link is not None
    world.secrets += [link["id"], link["mac"], reference]
    other, place = arrive(world), f"/appointment/{reference}"
    assert other.get(link[0]).location == place
    for path in ("", "/booked", "/appointment.ics", "/card.svg", "/unlock"):
        assert other.get(place + path).status_code == 200
    other.post(f"{place}/unlock", {"bday_month": "7", "bday_day": "9", "bday_year": "1932"})
    other.post(f"{place}/unlock", {"bday_month": "7", "bday_day": "9", "bday_year": "1931"})
    assert GIVEN["question"] in other.get(place).text
    other.get(f"{place}/prepare/life")
    answered = other.post(f"{place}/prepare/life", {"goal": BEFORE, "life.walk": "7"})
    assert answered.location == f"{place}/prepare/tried"
    assert (
        other.post(f"{place}/prepare/life", {"goal": BEFORE, "qxstray": STRAY}).status_code == 422
    )
    assert other.post(f"{place}/prepare/done").status_code == 303
    assert BEFORE in other.get(f"{place}/prepare/life").text
    page = other.get(f"{place}/move").text
    other.post(f"{place}/move", {"slot": STRAY})
    chosen = {"slot": slots(page)[-1]}
    assert other.post(f"{place}/move", chosen).status_code == 303
    other.get(f"{place}/move/confirm")
    assert "done=moved" in other.post(f"{place}/move/confirm", chosen).location
    seen = hidden(other.get(f"{place}/cancel").text, "seen")
    assert "done=cancelled" in other.post(f"{place}/cancel", {"seen": seen}).location
    other.get("/find")
    other.post("/find", {"email": GIVEN["email"]})
    wait_until(lambda: len(world.mails) > 1, world.worker, world.folder / "worker.log")
    for one in (person, other):
        held = session_of(one)
        world.secrets += [held["cookie"], held["visitor"], held["csrf_token"], one.token]


def be_refused(world: World, person: Walker) -> None:
    """Send what no page of ours sends, and ask for what is not there."""
    person.client.post("/details", data=DETAILS | {"csrf_token": STRAY})
    person.client.post("/details", data=DETAILS, headers={"Sec-Fetch-Site": "cross-site"})
    person.get("/resume")
    person.post("/resume", {"code": STRAY})
    person.post("/find", {"email": STRAY})
    for path in (f"/{STRAY}?{STRAY}=1", f"/a/{STRAY}.{STRAY}", f"/appointment/{STRAY}"):
        assert person.get(path).status_code == 404
    odd = {"X-Request-ID": STRAY, "X-Forwarded-For": STRAY, "Authorization": STRAY}
    person.client.open(f"/{STRAY}", method=STRAY.upper(), headers=odd)
    host = world.site.address.removeprefix("http://").encode()
    link = f"/a/{world.secrets[0]}.{world.secrets[1]}".encode()
    for request in (
        b"GET %s x HTTP/1.1\r\nHost: %s\r\n\r\n",
        b"GET %s HTTP/9\r\nHost: %s\r\n\r\n",
        b"GET %s\r\nHost: %s\r\n\r\n",
        b"GET %s HTTP/1.1\r\nHost: %s\r\nCookie: qxstray\x00\r\n\r\n",
        b"GET %s HTTP/1.1\r\nHost: %s\r\nqxstray header: 1\r\n\r\n",
        b"GET %s HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: qxstray\r\n\r\n",
        b"GET %s HTTP/1.1\r\nHost: %s\r\nContent-Length: qxstray\r\n\r\n",
        b"POST %s HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\n\r\nqxstray\r\n",
        b"GET %s" + b"x" * 9000 + b" HTTP/1.1\r\nHost: %s\r\n\r\n",
        b"qx\x00\xff %s %s",
    ):
        raw(world.site, request % (link, host))


def break_things(world: World, person: Walker) -> None:
    """Force a fault in the code, then in the database, with a person's form on the way."""
    with behind(world.folder) as book:
        book.execute("UPDATE intake SET sealed = x'00'")
        page = person.get("/times").text
        person.post("/times", {"slot": slots(page)[-1]})
        assert person.get("/details").status_code == 500
        assert person.post("/details", DETAILS).status_code == 500
        book.execute("ALTER TABLE visitor RENAME TO visitor_away")
        assert person.get(f"/a/{world.secrets[0]}.{world.secrets[1]}").status_code == 503
        assert person.post("/details", DETAILS).status_code == 503
        stale = {"csrf_token": STRAY}
        for path in ("/details", f"/appointment/{world.secrets[2]}/cancel", f"/a/{STRAY}"):
            assert person.client.post(path, data=DETAILS | stale).status_code in (400, 405, 503)
        assert person.get(f"/appointment/{world.secrets[2]}").status_code == 503
        book.execute("ALTER TABLE visitor_away RENAME TO visitor")


def fail_to_deliver(world: World) -> None:
    """Let a mail server refuse a mail with the person's address in its words."""
    person = arrive(world)
    person.get("/find")
    person.post("/find", {"email": GIVEN["email"]})
    said = Mailboxes(answer_to_recipient=f"550 5.1.1 <{GIVEN['email']}> is unknown here")
    url = f"sqlite:///{world.folder}/clinic.sqlite"
    with serving(said) as server:
        env = environment(
            url, world.folder, BASE_URL=world.site.address, SMTP_URL=f"smtp://{server}"
        )
        once = flask("worker", "--once", env=env)
        listed = flask("outbox", env=env)
    assert "smtp_550" in once.stderr + listed.stdout
    world.answers += [once.stdout, once.stderr, listed.stdout, listed.stderr]
