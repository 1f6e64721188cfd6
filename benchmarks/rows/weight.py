"""How many bytes a person's telephone loads for one page, everything included."""

import gzip
import re
from collections.abc import Iterator

from flask.testing import FlaskClient

from benchmarks import dataset, prepare
from benchmarks.dataset import Size
from benchmarks.plan import Plan
from benchmarks.prepare import Ticket
from benchmarks.report import Row
from benchmarks.sites import House

ALLOWED = 40_000
LOADED = re.compile(r'<(?:link|script|img)[^>]+(?:href|src)="(/[^"]+)"')
OPEN = ("/", "/safety/general", "/safety/primer", "/about", "/your-data", "/find", "/resume")


def rows(house: House, plan: Plan) -> Iterator[Row]:
    """Weigh the pages of a whole way, and name the heaviest."""
    url = house.clinic(plan.kinds[0])
    app = house.application(url)
    free = dataset.free(Size(), house.now.date())
    booker = prepare.bookers(app, free[:1], now=house.now)[0]
    mover = prepare.movers(app, free[1:2], now=house.now)[0]
    mine = mover.path.removesuffix("/move")
    seen = [
        *((None, path) for path in OPEN),
        *((booker, path) for path in ("/times", "/details", "/review")),
        *((mover, f"{mine}{end}") for end in ("", "/booked", "/move", "/cancel")),
    ]
    client = app.test_client(use_cookies=False)
    weights = {path: _weight(client, who, path) for who, path in seen}
    heaviest = max(weights, key=lambda path: weights[path])
    name = heaviest.replace(mine, "/appointment/...")
    yield Row(
        what=f"heaviest of {len(weights)} patient pages, all it loads, gzip ({name})",
        ours=f"{weights[heaviest] / 1000:.1f} kB",
        goal=f"<= {ALLOWED // 1000} kB",
        met=weights[heaviest] <= ALLOWED,
    )


def _weight(client: FlaskClient, who: Ticket | None, path: str) -> int:
    page = _get(client, who, path)
    parts = {part.replace("&amp;", "&") for part in LOADED.findall(page.decode())}
    return _packed(page) + sum(_packed(_get(client, who, part)) for part in sorted(parts))


def _packed(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def _get(client: FlaskClient, who: Ticket | None, path: str) -> bytes:
    headers = {"Cookie": who.cookie} if who else {}
    answer = client.get(path, base_url="http://127.0.0.1", headers=headers)
    if answer.status_code != 200:
        raise LookupError(f"{path} answers {answer.status_code}")
    body: bytes = answer.data
    return body
