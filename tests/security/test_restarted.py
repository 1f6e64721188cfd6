"""PostgreSQL restarts under a running clinic: it answers again by itself, nothing is lost (F6)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic, sleep

import pytest
from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from werkzeug.test import TestResponse

from app import cli
from app.clock import system_clock
from app.domain.safety import Tier
from app.factory import create_app
from app.services import demo
from app.settings import Settings
from app.storage.database import db
from tests.security.far import walker
from tests.support import postgres
from tests.support.processes import PATIENCE, Site, environment, start_site
from tests.web.patient.booking_walk import DETAILS, HOLD, slots
from tests.web.walker import Walker, answers

PEOPLE, RESTARTS = 8, 5


@dataclass(frozen=True)
class Served:
    """A clinic on a PostgreSQL of its own."""

    site: Site
    server: postgres.Server
    url: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = postgres.start(durable=True)
    if server.process is None:
        pytest.skip("the server that TEST_DATABASE_URL names is not ours to restart")
    folder = tmp_path_factory.mktemp("restarted")
    try:
        url = server.create_database("restarted")
        app = create_app(Settings.from_env(environment(url, folder)))
        cli.init_app(app)
        with app.app_context():
            upgrade()
            demo.load(now=system_clock())
            db.session.remove()
            db.engine.dispose()
        site = start_site(url, folder, EXEMPT_NETWORKS="127.0.0.0/8")
        try:
            yield Served(site, server, url)
        finally:
            site.stop()
    finally:
        server.stop()


def insist(press: Callable[[], TestResponse], told: set[int]) -> TestResponse:
    """Press as the page asks for while the database is away: once more, in a while."""
    end = monotonic() + PATIENCE
    while True:
        answer = press()
        told.add(answer.status_code)
        if answer.status_code != 503 or monotonic() > end:
            return answer
        sleep(0.05)


def far_apart(site: Site) -> list[str]:
    """Return a time for each person, no two of a doctor's day: nobody loses theirs to another."""
    person = walker(site)
    person.be_safe("general")
    listed = [slot.split("|") for slot in slots(person.get("/times").text)]
    apart = {(start[:10], doctor): [start, doctor, *rest] for start, doctor, *rest in listed}
    return ["|".join(slot) for slot in apart.values()][:PEOPLE]


def come_and_book(site: Site, mine: str, number: int, told: set[int]) -> tuple[str, str]:
    """Go all the way to an appointment, whatever the database does; return (hold, place)."""
    person: Walker = walker(site)

    def get(path: str) -> TestResponse:
        return insist(lambda: person.get(path), told)

    def post(path: str, data: dict[str, str]) -> TestResponse:
        return insist(lambda: person.post(path, data), told)

    get("/safety/general")
    post("/safety/general", answers(Tier.EMERGENCY))
    post("/safety/general/today", answers(Tier.CALL_TODAY))
    post("/safety/general/tell", answers(Tier.BOOK_AND_TELL))
    get("/times")
    post("/times", {"slot": mine})
    get("/details")
    post("/details", DETAILS | {"email": f"restarted.{number}@example.org"})
    (hold,) = HOLD.findall(get("/review").text)
    return hold, post("/review", {"hold": hold}).location


def test_f06_the_database_restarts_five_times_while_eight_people_book(served: Served) -> None:
    told: set[int] = set()
    times = far_apart(served.site)

    with ThreadPoolExecutor(PEOPLE) as pool:
        coming = [
            pool.submit(come_and_book, served.site, mine, number, told)
            for number, mine in enumerate(times)
        ]
        for _ in range(RESTARTS):
            served.server.restart()
        booked = [one.result() for one in coming]

    assert len(booked) == PEOPLE
    assert told <= {200, 303, 503}
    assert all(place.endswith("/booked") for _hold, place in booked)
    engine = create_engine(served.url)
    with engine.connect() as connection:
        for hold, place in booked:
            row = connection.execute(
                text("SELECT status, reference FROM appointment WHERE id = :id"), {"id": hold}
            ).one()
            assert tuple(row) == ("booked", place.split("/")[2])
            for table, what in (("journal", "verb = 'book'"), ("mail", "lead_hours = 0")):
                query = f"SELECT count(*) FROM {table} WHERE appointment_id = :id AND {what}"  # noqa: S608  our own words
                assert connection.execute(text(query), {"id": hold}).scalar() == 1
    engine.dispose()


def test_f06_after_a_restart_the_first_page_comes_without_a_restart_of_the_site(
    served: Served,
) -> None:
    person = walker(served.site)
    person.be_safe("general")
    before = person.get("/times")

    served.server.restart()
    after = [person.get(path).status_code for path in ("/times", "/find", "/", "/readyz")]

    assert before.status_code == 200
    assert after == [200] * 4
    assert served.site.process.poll() is None
