"""Nothing that people give appears in what is written down about them (T02, T37, T39)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.canary import (
    World,
    be_refused,
    break_things,
    fail_to_deliver,
    read_and_book,
    use,
)
from tests.security.conftest import opened
from tests.security.far import walker
from tests.support.processes import end, start_worker


@pytest.fixture(scope="module", params=["text", "json"])
def world(
    request: pytest.FixtureRequest, demonstration: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Give a clinic in which somebody did everything that can be done, right and wrong."""
    folder = tmp_path_factory.mktemp("canaries")
    written = {"LOG_FORMAT": request.param}
    with opened(demonstration, folder, **written) as site:
        url = f"sqlite:///{folder}/clinic.sqlite"
        worker = start_worker(url, folder, base_url=site.address, WORKER_INTERVAL="0.2", **written)
        try:
            world = World(site, folder, worker)
            person, reference = read_and_book(world)
            use(world, person, reference)
            be_refused(world, person)
            break_things(world, person)
        finally:
            end(worker)
        if request.param == "json":
            fail_to_deliver(world)
        watcher = walker(site)
        world.answers += [watcher.get(path).text for path in ("/metrics", "/readyz", "/healthz")]
        yield world


def test_t02_no_log_metric_or_answer_to_the_operator_names_anybody(world: World) -> None:
    assert len(world.secrets) >= 11
    assert all(len(one) > 5 for one in world.secrets)
    assert len(world.written()["web.log"].splitlines()) > 60

    assert world.found() == []


def test_t02_every_request_is_written_down_by_its_pattern(world: World) -> None:
    log = world.written()["web.log"]

    for pattern in ("/a/<token>", "/appointment/<reference>", "/details", "/find"):
        assert f" {pattern} " in log
    assert "fault CannotOpen" in log
    assert "database fault OperationalError" in log


def test_t39_a_fault_is_written_down_with_its_place_in_the_code(world: World) -> None:
    log = world.written()["web.log"]

    assert "sealing.py" in log
    assert "Traceback" in log
    assert "SELECT" not in log
    assert "[parameters" not in log


def test_t37_everything_that_a_served_clinic_writes_is_its_owners_alone(world: World) -> None:
    instance = world.folder / "instance"
    book = list(world.folder.glob("clinic.sqlite*"))

    assert len(book) >= 2  # the write-ahead log is there while it is served
    assert len(world.mails) >= 2
    for path in (*book, instance, *instance.rglob("*")):
        assert os.stat(path).st_mode & 0o077 == 0, path  # noqa: PTH116
