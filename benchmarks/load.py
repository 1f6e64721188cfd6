"""The process that sends the requests: a job on standard input, its result on standard output."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

from benchmarks import people
from benchmarks.people import Result
from benchmarks.wire import Script, run

Job = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Load:
    """What the server made of a job."""

    result: Result
    seconds: float

    @property
    def a_second(self) -> float:
        """How many things were done in a second."""
        return self.result.done / self.seconds

    @property
    def median(self) -> float:
        """The time in which half of the answers came."""
        ordered = sorted(self.result.seconds)
        return ordered[len(ordered) // 2]


def send(address: str, job: Job) -> Load:
    """Give a job to a process of its own and wait for what came of it."""
    port = int(address.rpartition(":")[2])
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=json.dumps(job | {"port": port}),
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    said = json.loads(done.stdout)
    return Load(Result(**said["result"]), said["seconds"])


def main() -> None:
    """Do the job."""
    job = json.load(sys.stdin)
    result = Result()
    scripts = _scripts(job, result)
    took = run(("127.0.0.1", job["port"]), scripts, at_once=job["at_once"])
    json.dump({"result": asdict(result), "seconds": took}, sys.stdout)


def _scripts(job: Job, result: Result) -> Iterable[Script]:
    match job["kind"]:
        case "read":
            return _readers(job, result)
        case "post":
            requests = [people.post(*one) for one in job["posts"]]
            return people.each_once(requests, job["good"], result)
        case "walk":
            return (
                people.from_list_to_booked(cookie, job["weeks"], result)
                for cookie in job["cookies"]
            )
        case _:
            return [people.contender(result, **one) for one in job["contenders"]]


def _readers(job: Job, result: Result) -> list[Script]:
    cookies = job["cookies"] or [""]
    pages = [
        [people.get(path, cookies[number % len(cookies)]) for path in job["paths"]]
        for number in range(job["at_once"])
    ]
    end = perf_counter() + job["seconds"]
    return [
        people.reader(requests, number, lambda: perf_counter() > end, result)
        for number, requests in enumerate(pages)
    ]


if __name__ == "__main__":
    main()
