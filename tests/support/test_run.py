"""`./run`, as a person at a terminal and a process manager use it."""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.support.processes import ROOT, free_port, last_words, wait_until


class Running:
    """A `./run` that keeps its data in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.log = folder, free_port(), folder / "run.log"
        self.instance = folder / "instance"
        kept = ("PATH", "HOME", "PYTHONPYCACHEPREFIX")
        env = {name: os.environ[name] for name in kept if name in os.environ}
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # we were begun in the background
            signal.signal(signal.SIGINT, signal.default_int_handler)  # and so it would be for it
        env |= {"PORT": str(self.port), "INSTANCE_DIR": str(self.instance), "WEB_CONCURRENCY": "2"}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [ROOT / "run"], env=env, stdout=out, stderr=out, start_new_session=True
            )
        wait_until(self.answers, self.process, self.log)

    def answers(self) -> bool:
        try:
            with urlopen(self.address, timeout=10) as page:
                return bool(page.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def appointments(self) -> int:
        with sqlite3.connect(self.instance / "foreword.sqlite") as book:
            return int(book.execute("SELECT count(*) FROM appointment").fetchone()[0])

    def processes(self) -> dict[int, str]:
        """Return the processes of its session that run, with their command lines."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                state, *_, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
                words = (entry / "cmdline").read_text().replace("\0", " ")
            except OSError:  # it has just ended
                continue
            if int(session) == self.process.pid and state != "Z":
                found[int(entry.name)] = words
        return found

    def kill(self, words: str) -> None:
        """Kill the first of its processes whose command line has these words."""
        chosen = min(pid for pid, line in self.processes().items() if words in line)
        os.kill(chosen, signal.SIGKILL)

    def gone(self) -> bool:
        """Say whether nothing of it is left; gunicorn's orphans take a moment to notice."""
        end = monotonic() + 5
        while self.processes() and monotonic() < end:
            sleep(0.05)
        return not self.processes()

    def end(self, send: signal.Signals, *, everybody: bool = False) -> float:
        """Send a signal, to all its processes as a terminal does; return how long it took."""
        began = monotonic()
        (os.killpg if everybody else os.kill)(self.process.pid, send)
        self.process.wait(30)
        return monotonic() - began


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(tmp_path_factory.mktemp("run"))
    yield running
    running.end(signal.SIGTERM)


def test_ctrl_c_and_sigterm_end_everything_and_the_next_run_finds_the_appointments(
    tmp_path: Path,
) -> None:
    first = Running(tmp_path)
    before = first.appointments()
    pressed = first.end(signal.SIGINT, everybody=True)
    second = Running(tmp_path)
    after = second.appointments()
    asked = second.end(signal.SIGTERM)

    assert after == before > 0
    assert max(pressed, asked) < 5
    assert (first.process.returncode, second.process.returncode) == (0, 0), last_words(first.log)
    assert first.gone()
    assert second.gone()


@pytest.mark.parametrize(
    ("half", "sentence"),
    [("flask worker", "The worker has ended"), ("gunicorn", "gunicorn has ended")],
)
def test_when_one_half_dies_the_other_is_stopped_and_it_says_so(
    tmp_path: Path, half: str, sentence: str
) -> None:
    running = Running(tmp_path)

    running.kill(half)

    assert running.process.wait(30) == 1
    assert sentence in last_words(running.log)
    assert running.gone()


def test_t37_nobody_else_may_read_what_the_clinic_keeps(running: Running) -> None:
    modes = {path: path.stat().st_mode & 0o077 for path in running.instance.rglob("*")}

    assert modes
    assert not any(modes.values())
    assert running.instance.stat().st_mode & 0o077 == 0


def test_t39_the_server_names_neither_a_program_nor_a_version(running: Running) -> None:
    with urlopen(running.address) as page:
        headers = page.headers

    assert headers.get_all("Server") == ["foreword"]


def test_a_port_in_use_is_named_at_once(running: Running) -> None:
    second = subprocess.run(
        [ROOT / "run"],
        env={"PATH": os.environ["PATH"], "PORT": str(running.port), "INSTANCE_DIR": "/nowhere"},
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip

    assert second.returncode == 1
    assert f"Cannot listen on 127.0.0.1 port {running.port}" in second.stderr
    assert "BIND and PORT" in second.stderr
