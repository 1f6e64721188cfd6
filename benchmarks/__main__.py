"""`./bench`: every measurement, side by side with the floor, in one run."""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from benchmarks import report
from benchmarks.plan import QUICK, Plan
from benchmarks.report import Row
from benchmarks.rows import booking, contested, race, reading, running, starting, statements, weight
from benchmarks.sites import House, house

ROWS: dict[str, Callable[[House, Plan], Iterator[Row]]] = {
    "reading": reading.rows,
    "growth": reading.growth,
    "statements": statements.rows,
    "booking": booking.rows,
    "race": race.rows,
    "contested": contested.rows,
    "weight": weight.rows,
    "starting": starting.rows,
    "running": running.rows,
}
SLOW = ("running",)  # not with --quick, unless asked for


def main() -> int:
    """Measure what was asked for, print it, write it down."""
    asked = _parser().parse_args()
    plan = QUICK if asked.quick else Plan()
    if asked.repeats:
        plan = replace(plan, repeats=asked.repeats)
    if asked.databases:
        plan = replace(plan, kinds=tuple(asked.databases.split(",")))
    names = asked.rows.split(",") if asked.rows else [
        name for name in ROWS if not (asked.quick and name in SLOW)
    ]  # fmt: skip
    began, found = perf_counter(), list[Row]()
    print(report.HEAD, flush=True)
    with house() as place:
        for name in names:
            for row in ROWS[name](place, plan):
                found.append(row)
                print(report.line(row), flush=True)
    report.save(Path(asked.out), found, _machine())
    print(f"\n{len(found)} rows in {perf_counter() - began:.0f} s, kept in {asked.out}.")
    print("Contrast and keyboard (axe-core) and reading grades are tests: ./test tests/browser")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round of each")
    parser.add_argument("--rows", help=f"some of: {','.join(ROWS)}")
    parser.add_argument("--databases", help="sqlite, postgresql or both, with a comma")
    parser.add_argument("--repeats", type=int, help="how many rounds the medians are of")
    parser.add_argument("--out", default="bench.json", help="where the JSON goes")
    return parser


def _machine() -> dict[str, object]:
    return {"cores": os.cpu_count(), "python": platform.python_version(), "system": sys.platform}


if __name__ == "__main__":
    sys.exit(main())
