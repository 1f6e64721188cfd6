"""A calendar program beside a clinic of its own: it says how much memory two calendars took."""

import json
import sys
from pathlib import Path

from flask.testing import FlaskClient

from app.factory import create_app
from tests.conftest import settings_for
from tests.services.looking import statements


def main(database_url: str, instance: str, few: str, many: str) -> None:
    """Fetch the one, which costs what every first answer costs, and then the other, twice."""
    app = create_app(settings_for(database_url, Path(instance)))
    client = app.test_client()
    fetch(client, few)
    before = peak()
    events, tag = fetch(client, many)
    grown = peak() - before
    with app.app_context(), statements() as asked:
        again = client.get(many, headers={"If-None-Match": tag})
    same = [again.status_code, len(again.data), len(asked)]
    print(json.dumps({"events": events, "grown": grown, "again": same}))  # noqa: T201


def fetch(client: FlaskClient, path: str) -> tuple[int, str]:
    """Take a calendar piece by piece and keep none; count its events."""
    answer = client.get(path)
    events, rest = 0, b""
    for piece in answer.iter_encoded():
        rest += piece
        events += rest.count(b"END:VEVENT\r\n")
        rest = rest[rest.rfind(b"\n") + 1 :]
    return events, answer.headers["ETag"]


def peak() -> int:
    """Return how many bytes this process had in use at most."""
    told = Path("/proc/self/status").read_text("utf-8").split()
    return int(told[told.index("VmHWM:") + 1]) * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
