"""Processes that press at once, each told scenes on its input."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from signal import SIGKILL
from typing import Any

from app.settings import ROOT
from tests.support.processes import die_with_parent

EIGHT = 8


@dataclass
class Runner:
    """One process that plays scenes."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls) -> "Runner":
        """Start it; it is told scenes later."""
        return cls(
            subprocess.Popen(
                [sys.executable, "-m", "tests.races.runner"],
                cwd=ROOT,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                preexec_fn=partial(die_with_parent, SIGKILL),
            )
        )

    def tell(self, what: object) -> None:
        """Write a line to it."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        """Read a line from it."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "a process has died"
        return json.loads(line)

    def end(self) -> None:
        """End it at once, whatever it does."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


@dataclass
class Runners:
    """Processes that do the same at the same time."""

    each: list[Runner]

    def play(self, scene: str, told: Sequence[dict[str, Any]], *, url: str, folder: Path) -> Any:
        """Let as many processes as are told something play a scene; return their results."""
        playing = self.each[: len(told)]
        for runner, one in zip(playing, told, strict=True):
            runner.tell({"scene": scene, "told": one, "url": url, "folder": str(folder)})
        for runner in playing:
            assert runner.hear() == "ready"
        for runner in playing:
            runner.tell("go")
        return [runner.hear()["result"] for runner in playing]


@contextmanager
def runners_started() -> Iterator[Runners]:
    """Start eight of them, and end them afterwards."""
    started = Runners([Runner.start() for _ in range(EIGHT)])
    try:
        yield started
    finally:
        for runner in started.each:
            runner.end()
