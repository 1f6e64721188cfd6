"""`./run` from nothing, and again."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.plan import Plan
from benchmarks.report import Row
from benchmarks.sites import House, answers
from tests.support import processes

FIRST, AGAIN = 30, 3
PATIENCE = 300


def rows(house: House, plan: Plan) -> Iterator[Row]:  # noqa: ARG001  as every row has it
    """Clone, run, stop, run again."""
    clone = house.folder / "clone"
    git = shutil.which("git") or "git"
    subprocess.run([git, "clone", "--quiet", str(processes.ROOT), str(clone)], check=True)  # noqa: S603  ours
    for what, allowed in (("from nothing", FIRST), ("again", AGAIN)):
        took = _run(clone)
        yield Row(
            what=f"./run {what}, to the first page",
            ours=f"{took:.1f} s",
            goal=f"<= {allowed} s",
            met=took <= allowed,
        )


def _run(clone: Path) -> float:
    port = processes.free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    began = perf_counter()
    with (clone.parent / "run.log").open("ab") as log:
        process = subprocess.Popen(
            ["./run"],
            cwd=clone,
            env=kept | {"PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        while not answers(port):
            if process.poll() is not None or perf_counter() - began > PATIENCE:
                raise LookupError((clone.parent / "run.log").read_text()[-2000:])
            sleep(0.02)
        return perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
