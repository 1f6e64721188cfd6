"""A confirmation is whole or it never was, whatever happens on the way (F01, F19, F23)."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event, Timer
from time import monotonic, sleep

import pytest
from werkzeug.test import TestResponse

from tests.security.conftest import opened
from tests.security.dying import (
    LOST,
    PATIENCE,
    Ready,
    Served,
    is_whole,
    kept,
    overlaps,
    pressed_again,
    ready,
)
from tests.security.far import walker

WRITES = (1, 2, 5, 9, 14, 20, 27, 60)  # which write of the confirmation the process dies at


@pytest.fixture(scope="module")
def served(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("killed")
    with opened(demonstration, folder, workers=1) as site:
        yield Served(site, folder)


@pytest.fixture
def strike(served: Served) -> Iterator[Callable[[int], None]]:
    """Give a way to kill the worker at its n-th write from now on: by strace, or without it at
    some moment.
    """
    tracers: list[subprocess.Popen[bytes]] = []
    tracer = shutil.which("strace")

    def strike(number: int) -> None:
        if tracer is None:
            Timer(number / 1000, os.kill, (served.worker, signal.SIGKILL)).start()
            return
        inject = f"inject=pwrite64,fdatasync:signal=KILL:when={number}"
        words = [tracer, "-f", "-p", str(served.worker), "-e", "trace=pwrite64,fdatasync"]
        process = subprocess.Popen([*words, "-e", inject], stderr=subprocess.PIPE)
        tracers.append(process)
        assert process.stderr is not None
        first = process.stderr.readline()
        if b"attached" not in first:
            pytest.skip("strace may not look at other processes here")

    yield strike
    for process in tracers:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def test_f01_a_confirmation_that_the_process_dies_in_is_whole_and_pressing_again_finds_it(
    served: Served, strike: Callable[[int], None]
) -> None:
    died = [_confirmed_through(served, strike, number) for number in WRITES]

    assert any(died), "the process died in none: nothing was tried"
    assert overlaps(served) == 0


def _confirmed_through(served: Served, strike: Callable[[int], None], number: int) -> bool:
    """Confirm while the process dies at a write; say whether it did before it answered."""
    one = ready(served, number)
    before = served.worker
    strike(number)
    try:
        told = one.press().location
    except LOST:
        told = None
    found = kept(served, one.hold)

    again = pressed_again(one)

    assert is_whole(found), (number, found)
    assert told is None or found["booked"] == 1
    assert again.location.endswith("/booked")
    assert told in (None, again.location)
    assert kept(served, one.hold)["booked"] == 1
    assert told or served.worker != before
    return told is None


def test_f23_the_same_form_sent_twice_at_once_books_once_and_both_are_told_the_same(
    served: Served,
) -> None:
    for number in range(3):
        one = ready(served, 100 + number)
        start = Barrier(4)
        cookie = one.person.client.get_cookie("fw", "127.0.0.1")
        assert cookie is not None
        twins = []
        for _ in range(4):
            twin = walker(served.site)
            twin.client.set_cookie("fw", cookie.value, domain="127.0.0.1")
            twin.token = one.person.token
            twins.append(Ready(twin, one.hold))

        def press(twin: Ready, start: Barrier = start) -> TestResponse:
            start.wait(PATIENCE)
            return twin.press()

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(press, twins))

        assert {answer.status_code for answer in answers} == {303}
        assert len({answer.location for answer in answers}) == 1
        found = kept(served, one.hold)
        assert found == {"booked": 1, "held": 0, "mails": 1, "journal": 1, "grants": 1}


def test_f19_sigterm_ends_it_soon_and_cleanly_and_cuts_no_answer_short(
    demonstration: Path, tmp_path: Path
) -> None:
    with opened(demonstration, tmp_path) as site:
        served = Served(site, tmp_path)
        people = [ready(served, number) for number in range(4)]
        answers: list[TestResponse] = []
        over = Event()

        def visit(one: Ready) -> None:
            while not over.is_set():
                try:
                    answers.append(one.person.get("/times"))
                    answers.append(one.press())
                except LOST:  # the door is shut
                    return

        with ThreadPoolExecutor(4) as pool:
            for one in people:
                pool.submit(visit, one)
            while len(answers) < 12:
                sleep(0.01)
            began = monotonic()
            site.process.send_signal(signal.SIGTERM)
            status = site.process.wait(PATIENCE)
            took = monotonic() - began
            over.set()

        assert status == 0
        assert took < 15  # far from the twenty seconds after which gunicorn uses force
        assert {answer.status_code for answer in answers} <= {200, 303}
        for answer in answers:
            assert answer.status_code == 303 or answer.text.rstrip().endswith("</html>")
        for one in people:
            assert is_whole(kept(served, one.hold))
    assert "Traceback" not in site.log.read_text()
