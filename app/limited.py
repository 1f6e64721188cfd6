"""Running one function on bytes from outside in a child process with little memory and time.

What a stranger wrote may be made to never end or to fill the machine: then the child dies, and
nobody else.  It has none of our secrets, opens no file to write and starts nothing; what it
answers comes back as JSON, in which no code travels.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from signal import SIGALRM, SIGKILL, SIGXCPU
from typing import Any

MEMORY = 200_000_000  # bytes of address space; what is in use is always less
SECONDS = 5  # of the processor; a busy machine may take longer by the clock
BY_THE_CLOCK = 30.0
LONGEST_ANSWER = 8 * 1024 * 1024
HOME = Path(__file__).parent.parent
LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_CORE: 0,
}
HANDED_ON = ("PATH",)
PLAIN = {"LC_ALL": "C"}  # other languages' rules may be files of the size of the memory


class GaveUp(Exception):
    """The child ended without an answer; *why* is `time`, `memory`, `broken` or `late`.

    It is late when it set itself an alarm and met it.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def run(
    work: Callable[..., Any], data: bytes, *, by_the_clock: float = BY_THE_CLOCK, **words: str
) -> Any:  # noqa: ANN401  JSON
    """Return what a function at the top of a module makes of the data, as JSON has it.

    It is called as `work(data, **words)`, and ended after so many seconds.  Raises GaveUp.
    """
    asked = {"module": work.__module__, "function": work.__name__, "words": words}
    try:
        ended = subprocess.run(  # noqa: S603  Python itself, with nothing of a stranger's in it
            [sys.executable, "-B", "-s", "-m", __name__],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            cwd=HOME,
            env=PLAIN | {name: os.environ[name] for name in HANDED_ON if name in os.environ},
            timeout=by_the_clock,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GaveUp("time") from error
    if ended.returncode in (-SIGXCPU, -SIGKILL):
        raise GaveUp("time")
    if ended.returncode == -SIGALRM:
        raise GaveUp("late")
    return _answer(ended.stdout)


def _answer(said: bytes) -> Any:  # noqa: ANN401  JSON
    try:
        answer = json.loads(said)
    except ValueError as error:
        raise GaveUp("broken") from error
    if "gave_up" in answer:
        raise GaveUp(answer["gave_up"])
    return answer["made"]


def _child() -> str:
    """Do the work of the one line that was handed in, on the bytes after it."""
    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        work = getattr(import_module(asked["module"]), asked["function"])
        made = json.dumps({"made": work(sys.stdin.buffer.read(), **asked["words"])})
    except MemoryError:
        return json.dumps({"gave_up": "memory"})
    except Exception:  # noqa: BLE001  whatever a stranger's bytes can do to a parser
        return json.dumps({"gave_up": "broken"})
    return made if len(made) <= LONGEST_ANSWER else json.dumps({"gave_up": "memory"})


if __name__ == "__main__":
    sys.stdout.write(_child())
