"""How fast the list of times is, beside the floor, and whether years and doctors slow it down."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from http.client import HTTPConnection

from benchmarks import load, prepare
from benchmarks.dataset import Size
from benchmarks.load import Load
from benchmarks.plan import Plan
from benchmarks.report import Row, middle
from benchmarks.sites import House
from tests.support.processes import Site

READERS = 16
DAY = 86400
GOAL, GROWTH, TEN_TIMES = 0.5, 1.05, 2.0
GRID = 4500  # bytes of the floor's page that are not filler, on average


def rows(house: House, plan: Plan) -> Iterator[Row]:
    """Measure one reader and many, on each database."""
    for kind in plan.kinds:
        yield from _beside_the_floor(house, plan, kind)


def growth(house: House, plan: Plan) -> Iterator[Row]:
    """Measure the same page after more years, and with more doctors."""
    sizes = [Size(), *(Size(history=times) for times in plan.histories), Size(clinicians=100)]
    with ExitStack() as stack:
        reads = []
        for size in sizes:
            url = house.clinic("sqlite", size)
            site = stack.enter_context(house.serve_clinic(url))
            reads.append((site, job(house, url, 1, plan.seconds)))
        took = _in_turn(reads, plan.repeats + 2)
    base = middle(each.median for each in took[0])
    for size, loads in zip(sizes[1:], took[1:], strict=True):
        doctors = size.clinicians > 10
        what = "10 times the doctors" if doctors else f"{size.history} times the history"
        allowed = TEN_TIMES if doctors else GROWTH
        ratio = middle(each.median for each in loads) / base
        yield Row(
            what=f"choose a time, one reader, {what}: time",
            ours=ms(ratio * base),
            beside=f"{ms(base)} (plain)",
            ratio=ratio,
            goal=f"<= {allowed}",
            met=ratio <= allowed,
        )


def job(house: House, url: str, readers: int, seconds: float) -> load.Job:
    """Describe readers of our page: each with a session, going through eight weeks."""
    tickets = prepare.visitors(house.application(url), readers, now=house.now)
    return {
        "kind": "read",
        "at_once": readers,
        "seconds": seconds,
        "paths": pages(house),
        "cookies": [ticket.cookie for ticket in tickets],
    }


def pages(house: House) -> list[str]:
    """Return the list of times as people ask for it: first, and week by week."""
    days = [house.now.date() + timedelta(days=7 * week) for week in range(1, 8)]
    return ["/times?visit=general", *(f"/times?visit=general&from={day}" for day in days)]


def weight(site: Site, paths: list[str], cookie: str) -> int:
    """Return how many bytes the pages have, on average."""
    connection = HTTPConnection(site.address.removeprefix("http://"), timeout=30)
    total = 0
    for path in paths:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "en"})
        answer = connection.getresponse()
        total += len(answer.read())
        if answer.status != 200:
            raise LookupError(f"{path} answers {answer.status}")
    connection.close()
    return total // len(paths)


def _beside_the_floor(house: House, plan: Plan, kind: str) -> Iterator[Row]:
    url = house.clinic(kind)
    with house.serve_clinic(url) as ours:
        ours_job = job(house, url, READERS, plan.seconds)
        size = weight(ours, ours_job["paths"], ours_job["cookies"][0])
        with house.serve_floor(house.floor(kind), size=size - GRID) as floor:
            floor_job = ours_job | {"paths": _weeks(house), "cookies": []}
            for readers in (1, READERS):
                pair = [(site, given | {"at_once": readers}) for site, given in (
                    (floor, floor_job), (ours, ours_job))]  # fmt: skip
                yield _compared(kind, readers, *_in_turn(pair, plan.repeats))


def _weeks(house: House) -> list[str]:
    monday = int(house.now.timestamp()) // DAY * DAY + 14 * 3600
    return [
        f"/week?clinician={1 + clinician}&first={monday + 7 * DAY * week}"
        for week in range(8)
        for clinician in range(10)
    ]


def _in_turn(reads: list[tuple[Site, load.Job]], repeats: int) -> list[list[Load]]:
    """Measure one after the other, several times over: what disturbs one disturbs all."""
    for site, given in reads:
        load.send(site.address, given | {"seconds": 1.0, "at_once": READERS})  # every worker
    took: list[list[Load]] = [[] for _ in reads]
    for _ in range(repeats):
        for number, (site, given) in enumerate(reads):
            took[number].append(good(load.send(site.address, given)))
    return took


def good(found: Load) -> Load:
    """Return what was measured, or stop: faults are not fast answers."""
    if found.result.faults:
        raise LookupError(f"answers that are none: {found.result.faults}")
    return found


def _compared(kind: str, readers: int, floor: list[Load], ours: list[Load]) -> Row:
    said: Callable[[float], str]
    if readers == 1:
        there, here = (middle(each.median for each in loads) for loads in (floor, ours))
        ratio, said = there / here, ms
        what = f"choose a time, one reader, median ({kind})"
    else:
        there, here = (middle(each.a_second for each in loads) for loads in (floor, ours))
        ratio, said = here / there, rate
        what = f"choose a time, {readers} readers, pages a second ({kind})"
    return Row(
        what=what, ours=said(here), beside=said(there), ratio=ratio,
        goal=f">= {GOAL} of the floor", met=ratio >= GOAL,
    )  # fmt: skip


def ms(seconds: float) -> str:
    """Write a duration."""
    return f"{seconds * 1000:.2f} ms"


def rate(number: float) -> str:
    """Write how often something happens."""
    return f"{number:,.0f}/s"
