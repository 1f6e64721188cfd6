"""What one worker needs: memory, and time to its first answer."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

from benchmarks import load
from benchmarks.plan import Plan
from benchmarks.report import Row, middle
from benchmarks.rows.reading import job
from benchmarks.sites import STEADY, House, answers
from tests.support import processes

MEMORY, START = 80, 0.8


def rows(house: House, plan: Plan) -> Iterator[Row]:
    """Weigh a worker that has served pages, and time a start."""
    for kind in plan.kinds:
        yield _memory(house, kind)
    took = [_start(house) for _ in range(plan.repeats)]
    yield Row(
        what="start of one worker, to its first answer",
        ours=f"{middle(took):.2f} s",
        goal=f"<= {START} s",
        met=middle(took) <= START,
    )


def _memory(house: House, kind: str) -> Row:
    url = house.clinic(kind)
    with house.serve_clinic(url) as site:
        load.send(site.address, job(house, url, 8, 1.0))
        sizes = [_resident(pid) for pid in children(site.process.pid)]
    rss, pss = max(rss for rss, _ in sizes), max(pss for _, pss in sizes)
    return Row(
        what=f"memory of one web worker ({kind})",
        ours=f"{rss:.0f} MB resident, {pss:.0f} MB its own share",
        goal=f"<= {MEMORY} MB",
        met=rss <= MEMORY,
    )


def children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    return [
        int(number)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for number in (task / "children").read_text().split()
    ]


def _resident(pid: int) -> tuple[float, float]:
    """Return MB in memory, and MB counting what is shared only in part."""
    found = {"Rss": 0.0, "Pss": 0.0}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, rest = line.partition(":")
        if name in found:
            found[name] = int(rest.split()[0]) * 1024 / 1e6
    return found["Rss"], found["Pss"]


def _start(house: House) -> float:
    port = processes.free_port()
    url, address = house.clinic("sqlite"), f"http://127.0.0.1:{port}"
    env = processes.environment(
        url, house.folder, BASE_URL=address, PORT=str(port), GUNICORN_CMD_ARGS=STEADY
    )
    began = perf_counter()
    process = processes.start(
        ["gunicorn", "--workers=1", "wsgi:app"], env=env, log=house.folder / "start.log"
    )
    try:
        while not answers(port, "/healthz"):
            sleep(0.005)
        return perf_counter() - began
    finally:
        processes.end(process)
