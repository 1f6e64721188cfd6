"""The pages in a language that is read from right to left, before there is a translation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread

import pytest
from werkzeug.serving import make_server

from app.factory import create_app
from app.settings import Settings
from app.storage.database import db
from tests.browser.audit import NARROW, WIDE, overflow
from tests.browser.conftest import Arrive
from tests.browser.house import House
from tests.browser.stories import STORIES
from tests.support import processes

SHOWN = ("the_safety_check", "the_first_half_of_the_guide", "choosing_a_time", "an_appointment")
DIRECTION = "document.documentElement.lang + ' ' + document.documentElement.dir"


@contextmanager
def in_arabic(house: House) -> Iterator[House]:
    """Open the same clinic once more, for readers of Arabic; words stay as they are."""
    port = processes.free_port()
    address = f"http://127.0.0.1:{port}"
    env = processes.environment(house.url, house.folder, BASE_URL=address, PORT=str(port))
    app = create_app(Settings.from_env(env | {"EXEMPT_NETWORKS": "127.0.0.0/8"}))
    app.extensions["babel"].locale_selector = lambda: "ar"
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield replace(house, address=address)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def mirrored(house: House) -> Iterator[House]:
    """Give the clinic from right to left."""
    with in_arabic(house) as mirrored:
        yield mirrored


@pytest.mark.parametrize("name", SHOWN)
def test_no_page_is_too_wide_from_right_to_left_on(
    name: str, mirrored: House, arrive: Arrive
) -> None:
    patient = arrive(at=mirrored)
    found = []

    for page in STORIES[name].walk(patient):
        patient.page.wait_for_load_state()
        assert patient.page.evaluate(DIRECTION) == "ar rtl"
        for width in (NARROW, WIDE):
            patient.page.set_viewport_size({"width": width, "height": 800})
            found += [f"{page} at {width}: {fault}" for fault in overflow(patient.page)]

    assert not found, "\n".join(found)
