"""How many SQL statements two requests need, counted where they leave for the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks import dataset, prepare
from benchmarks.dataset import Size
from benchmarks.plan import Plan
from benchmarks.prepare import Ticket
from benchmarks.report import Row
from benchmarks.rows.reading import pages
from benchmarks.sites import House

LIST, CONFIRM = 3, 6


def rows(house: House, plan: Plan) -> Iterator[Row]:
    """Count on each database: first look, later look, confirmation."""
    for kind in plan.kinds:
        url = house.clinic(kind)
        app = house.application(url)
        slot = dataset.free(Size(), house.now.date())[0]
        booker = prepare.bookers(app, [slot], now=house.now)[0]
        path, form = pages(house)[0], booker.form | {"csrf_token": booker.token}
        _asked(app, booker, path)  # a process reads the clinic once
        looked = _asked(app, booker, path)
        yield _row(f"SQL statements: choose a time ({kind})", looked, LIST)
        yield _row(f"SQL statements: confirm ({kind})", _asked(app, booker, "", form), CONFIRM)
        yield _row(
            f"SQL statements: choose a time after a change ({kind})",
            _asked(app, booker, path),
            LIST,
        )


def _asked(app: Flask, ticket: Ticket, path: str, form: dict[str, str] | None = None) -> list[str]:
    name, _, value = ticket.cookie.partition("=")
    client = app.test_client()
    client.set_cookie(name, value, domain="127.0.0.1")
    with counted() as said:
        if form is None:
            answer = client.get(path, base_url="http://127.0.0.1")
        else:
            answer = client.post(ticket.path, data=form, base_url="http://127.0.0.1")
    if answer.status_code not in (200, 303):
        raise LookupError(f"{path or ticket.path} answers {answer.status_code}")
    return said


@contextmanager
def counted() -> Iterator[list[str]]:
    """Note each statement, the opening of a transaction left out."""
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _row(what: str, said: list[str], allowed: int) -> Row:
    return Row(what=what, ours=str(len(said)), goal=f"<= {allowed}", met=len(said) <= allowed)
