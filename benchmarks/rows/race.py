"""Fifty people want the same time: one gets it, forty-nine are told so."""

from collections.abc import Iterator

from sqlalchemy import create_engine, text

from app.web.patient import wishes
from benchmarks import dataset, load, prepare
from benchmarks.dataset import Size, Slot
from benchmarks.people import Result
from benchmarks.plan import Plan
from benchmarks.report import Row
from benchmarks.rows.reading import ms
from benchmarks.sites import House
from tests.services.looking import OVERLAPS

AT_ONCE, MOVING = 50, 5
SLOWEST = 0.5


def rows(house: House, plan: Plan) -> Iterator[Row]:
    """Race on each database, with few and with more processes."""
    for kind in plan.kinds:
        for workers in plan.workers:
            yield _race(house, plan, kind, workers)


def _race(house: House, plan: Plan, kind: str, workers: int) -> Row:
    url = house.clinic(kind)
    app = house.application(url)
    free = dataset.free(Size(), house.now.date())
    number = plan.contested_slots
    contested, others = free[-number:], free[: number * MOVING]
    moving = prepare.movers(app, others, now=house.now)
    coming = prepare.visitors(app, number * (AT_ONCE - MOVING), now=house.now)
    all_of_it = Result()
    with house.serve_clinic(url, workers=workers) as site:
        for each, slot in enumerate(contested):
            people = moving[each * MOVING : (each + 1) * MOVING]
            people += coming[each * (AT_ONCE - MOVING) : (each + 1) * (AT_ONCE - MOVING)]
            done = load.send(site.address, _job(people, slot)).result
            _add(all_of_it, done)
    return _row(f"({kind}, {workers} workers)", all_of_it, number, doubles(url))


def _job(people: list[prepare.Ticket], slot: Slot) -> load.Job:
    wanted = wishes.slot(prepare.wish_of(slot))
    contenders = [
        {"cookie": one.cookie, "token": one.token, "path": one.path or "/times", "slot": wanted}
        for one in people
    ]
    return {"kind": "race", "at_once": AT_ONCE, "contenders": contenders}


def _add(all_of_it: Result, done: Result) -> None:
    all_of_it.seconds += done.seconds
    all_of_it.done += done.done
    for mine, more in ((all_of_it.refused, done.refused), (all_of_it.faults, done.faults)):
        for name, number in more.items():
            mine[name] = mine.get(name, 0) + number


def doubles(url: str) -> int:
    """Count the pairs of appointments of one doctor that overlap."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = int(connection.execute(text(OVERLAPS)).scalar_one())
    engine.dispose()
    return found


def _row(where: str, result: Result, number: int, doubles: int) -> Row:
    refused, slowest = sum(result.refused.values()), max(result.seconds)
    faults = sum(result.faults.values())
    right = (result.done, refused, doubles, faults) == (number, number * (AT_ONCE - 1), 0, 0)
    codes = ", ".join(sorted(result.refused))
    return Row(
        what=f"{number} slots x {AT_ONCE} people at once, a tenth moving {where}",
        ours=f"{result.done} booked, {refused} refused ({codes}), {doubles} double,"
        f" {faults} errors, slowest {ms(slowest)}",
        goal=f"{number} booked, {number * (AT_ONCE - 1)} refused, 0, 0, < {ms(SLOWEST)}",
        met=right and slowest < SLOWEST,
    )
