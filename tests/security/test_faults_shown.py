"""A fault shows a sentence and a number to nobody who could learn something from it (T39, F11)."""

import logging
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from flask import Flask
from sqlalchemy import text

from app.storage.database import db
from tests.security.hostile import details
from tests.web.patient.booking_walk import DETAILS, HOLD
from tests.web.routes import path_of, rules
from tests.web.walker import Walker

CANARY = "qxcanary SELECT marian@example.org FROM patient /srv/secret"
NEVER = (
    "qxcanary", "SELECT", "marian", "Traceback", "File ", ".py", "sqlite", "sqlalchemy", "Error",
    "/srv", "/var", "/app/", "werkzeug", "Flask", "parameters",
)  # fmt: skip


def broken(**_given: object) -> NoReturn:
    """Fault with everything in it that must not be shown."""
    raise ValueError(CANARY)


def every_answer(site: Flask, walker: Walker, reference: str) -> Iterator[tuple[str, int, str]]:
    for rule in rules(site):
        path = path_of(rule, reference=reference)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            data = {"csrf_token": walker.token, **DETAILS} if method == "POST" else None
            answer = walker.client.open(path, method=method, data=data)
            shown = str(answer.headers) + answer.text
            assert answer.headers["X-Request-ID"] in shown
            yield rule.rule, answer.status_code, shown


def test_t39_a_broken_view_of_any_room_tells_nothing(
    site: Flask, holder: tuple[Walker, str], caplog: pytest.LogCaptureFixture
) -> None:
    walker, reference = holder
    given = DETAILS.values()
    site.view_functions.update(dict.fromkeys(set(site.view_functions), broken))

    with caplog.at_level(logging.INFO):
        answers = list(every_answer(site, walker, reference))

    rooms = {rule.split("/")[1] for rule, status, _shown in answers if status == 500}
    assert len(answers) > 30
    doors = ("/demo", "/staff", "/dav")  # they answer strangers before a view is reached
    assert {status for rule, status, _shown in answers if not rule.startswith(doors)} == {500}
    assert {"", "safety", "primer", "times", "appointment", "find", "metrics", "static"} <= rooms
    for rule, _status, shown in answers:
        assert not [one for one in NEVER if one in shown], rule
        assert not [one for one in given if len(one) > 4 and one in shown], rule
    assert "fault ValueError" in caplog.text
    assert "qxcanary" not in caplog.text
    assert "marian" not in caplog.text.lower()


@pytest.mark.parametrize("table", ["visitor", "appointment", "clinic", "patient", "intake"])
def test_t39_a_broken_database_tells_nothing_and_keeps_what_was_typed(
    site: Flask, holder: tuple[Walker, str], caplog: pytest.LogCaptureFixture, table: str
) -> None:
    walker, reference = holder
    with site.app_context(), db.engine.begin() as connection:
        connection.execute(text("PRAGMA legacy_alter_table = ON"))
        connection.execute(text(f"ALTER TABLE {table} RENAME TO qxcanary_away"))

    with caplog.at_level(logging.INFO):
        answers = list(every_answer(site, walker, reference))
        typed = walker.post("/details", DETAILS)
        stale = walker.client.post(
            f"/appointment/{reference}/cancel", data=DETAILS | {"csrf_token": "stale"}
        )

    assert 503 in {status for _rule, status, _shown in answers}
    assert 500 not in {status for _rule, status, _shown in answers} | {stale.status_code}
    hidden = [one for one in NEVER if one not in ("marian", "Error")]
    for rule, status, shown in answers:
        if status == 503:
            assert not [one for one in hidden if one in shown], (rule, status)
    if typed.status_code == 503:
        assert 'value="Marian Hale"' in typed.text
        assert typed.headers["Retry-After"]
    for word in ("qxcanary_away", "SELECT", reference, DETAILS["email"], "[SQL"):
        assert word not in caplog.text


def test_f11_a_full_disk_says_try_again_keeps_all_that_was_typed_and_recovers(
    site: Flask, make_app: Callable[..., Flask]
) -> None:
    """The engine is told that no page more may be added: SQLite then says what a full disk says."""
    person = details(site)
    with site.app_context():
        pages = _limit(None)
        _limit(pages)
        before = _rows()
    question = "q" * 1000
    answers = []
    for _ in range(60):  # until the pages that are left are full
        answers.append(person.post("/details", DETAILS | {"question": question}))
        other = Walker(site)
        answers.append(other.be_safe("general"))
        if answers[-1].status_code == 503:
            break

    full = answers[-1]
    assert full.status_code == 503
    assert full.headers["Retry-After"]
    assert person.get("/times").status_code == 200  # looking goes on
    with site.app_context():
        assert db.session.scalar(text("PRAGMA quick_check")) == "ok"
        assert _rows()["appointment"] == before["appointment"]
        db.session.remove()
        _limit(1_000_000)
    assert person.post("/details", DETAILS).location == "/review"
    page = person.get("/review").text
    assert person.post("/review", {"hold": HOLD.findall(page)[0]}).location.endswith("/booked")


def _limit(pages: int | None) -> int:
    """Say how large the book may become for every connection; return how large it is."""
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect() as connection:
        if pages is not None:
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        return int(connection.execute(text("PRAGMA page_count")).scalar_one())


def _rows() -> dict[str, int]:
    return {
        name: db.session.scalar(text(f"SELECT count(*) FROM {name}")) or 0  # noqa: S608  our own names
        for name in ("appointment", "patient", "mail", "journal")
    }
