"""The same clinic once more, from right to left, in a language made of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

from werkzeug.serving import make_server

from app.factory import create_app
from app.settings import Settings
from app.storage.database import db
from tests.browser.house import DOORS, House
from tests.support import processes, pseudo


@contextmanager
def in_arabic(house: House, folder: Path) -> Iterator[House]:
    """Open the same clinic once more, for readers of a language that stands in for Arabic."""
    port = processes.free_port()
    address = f"http://127.0.0.1:{port}"
    env = processes.environment(house.url, house.folder, BASE_URL=address, PORT=str(port))
    settings = replace(
        Settings.from_env(env | DOORS),
        translations=pseudo.catalogues(folder / "translations"),
        primer=pseudo.primer(folder / "primer"),
    )
    app = create_app(settings)
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
