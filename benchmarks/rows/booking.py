"""How many confirmations a second, and how many people from the list of times to *booked*."""

from collections.abc import Iterator
from datetime import timedelta

from benchmarks import dataset, load, prepare
from benchmarks.dataset import Size, Slot
from benchmarks.load import Load
from benchmarks.plan import Plan
from benchmarks.report import Row, middle
from benchmarks.rows.reading import good, rate
from benchmarks.sites import House

AT_ONCE = 8
GOAL = 0.4
PEER, PEERS_FLOOR = 47, 1606  # its paths a second, where the floor booked so many (SQLite)
TIMES = 5
FAR = 2_000_000_000  # the floor books in 2033, where everything is free


def rows(house: House, plan: Plan) -> Iterator[Row]:
    """Measure both on each database."""
    for kind in plan.kinds:
        yield from _on(house, plan, kind)


def _on(house: House, plan: Plan, kind: str) -> Iterator[Row]:
    url = house.clinic(kind)
    app = house.application(url)
    free = _spread(dataset.free(Size(), house.now.date()))
    floor_loads, ours_loads, walks = [], [], []
    with house.serve_clinic(url) as ours, house.serve_floor(house.floor(kind)) as floor:
        ready = prepare.bookers(app, free[: plan.repeats * plan.bookings], now=house.now)
        for number in range(plan.repeats):
            tickets = ready[number * plan.bookings : (number + 1) * plan.bookings]
            floor_loads.append(good(load.send(floor.address, _floor_job(plan, number))))
            ours_loads.append(good(load.send(ours.address, _ours_job(tickets))))
            people = prepare.visitors(app, plan.walks, now=house.now)
            walks.append(good(load.send(ours.address, _walk_job(house, people))))
    there, here = (middle(each.a_second for each in loads) for loads in (floor_loads, ours_loads))
    yield Row(
        what=f"confirmed bookings a second, {AT_ONCE} at once ({kind})",
        ours=rate(here), beside=rate(there), ratio=here / there,
        goal=f">= {GOAL} of the floor", met=here / there >= GOAL,
    )  # fmt: skip
    yield _walked(kind, walks, there)


def _spread(slots: list[Slot]) -> list[Slot]:
    """Mix the slots, always in the same way, so that no two bookers follow one doctor."""
    return [slots[number * 7919 % len(slots)] for number in range(len(slots))]


def _walked(kind: str, walks: list[Load], floor: float) -> Row:
    here, wanted = middle(each.a_second for each in walks), TIMES * PEER * floor / PEERS_FLOOR
    return Row(
        what=f"from the list to *booked* a second, {AT_ONCE} at once ({kind})",
        ours=rate(here), beside=f"{rate(wanted / TIMES)} (peer, scaled by the floor)",
        ratio=here / (wanted / TIMES), goal=f">= {TIMES} times the peer", met=here >= wanted,
    )  # fmt: skip


def _ours_job(tickets: list[prepare.Ticket]) -> load.Job:
    posts = [
        (ticket.path, ticket.form | {"csrf_token": ticket.token}, ticket.cookie)
        for ticket in tickets
    ]
    return {"kind": "post", "at_once": AT_ONCE, "good": 303, "posts": posts}


def _floor_job(plan: Plan, number: int) -> load.Job:
    first = FAR + number * plan.floor_bookings * 1800
    posts = [
        ("/book", {"clinician": str(1 + each % 10), "start": str(first + each // 10 * 1800)})
        for each in range(plan.floor_bookings)
    ]
    return {"kind": "post", "at_once": AT_ONCE, "good": 201, "posts": posts}


def _walk_job(house: House, people: list[prepare.Ticket]) -> load.Job:
    weeks = [str(house.now.date() + timedelta(days=7 * week)) for week in range(1, 8)]
    return {
        "kind": "walk",
        "at_once": AT_ONCE,
        "weeks": weeks,
        "cookies": [person.cookie for person in people],
    }
