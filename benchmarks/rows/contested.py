"""Eight processes hold, book, move and cancel the same few times: nobody is booked twice."""

from collections import Counter
from collections.abc import Iterator
from time import perf_counter

from app.factory import create_app
from benchmarks.plan import Plan
from benchmarks.report import Row
from benchmarks.rows.race import doubles
from benchmarks.sites import House
from tests.clinics import CONSULTATION
from tests.conftest import migrated, settings_for
from tests.races.crew import EIGHT, runners_started
from tests.services.looking import set_rule


def rows(house: House, plan: Plan) -> Iterator[Row]:
    """Press on each database, as the tests of races do and far more often."""
    for kind in plan.kinds:
        yield _contested(house, plan.contested_attempts, kind)


def _contested(house: House, attempts: int, kind: str) -> Row:
    url = _clinic(house, kind)
    told = [{"number": number, "attempts": attempts // EIGHT} for number in range(EIGHT)]
    began = perf_counter()
    with runners_started() as runners:
        results = runners.play("crowd", told, url=url, folder=house.folder)
    answers: Counter[str] = Counter()
    for one in results:
        answers.update(one["answers"])
    return _row(kind, answers, doubles(url), (perf_counter() - began) / 60)


def _clinic(house: House, kind: str) -> str:
    """Set up two doctors, whose times everybody wants without reading first."""
    url = house.empty(kind)
    settings = settings_for(url, house.folder)
    migrated(settings)
    with create_app(settings).app_context():
        set_rule(CONSULTATION, needs_primer=False)
    return url


def _row(kind: str, answers: Counter[str], overlaps: int, minutes: float) -> Row:
    tried, booked = answers.total(), answers["book done"]
    faults = sum(count for answer, count in answers.items() if answer.endswith(" fault"))
    refused = tried - faults - sum(n for answer, n in answers.items() if answer.endswith(" done"))
    sample = "" if tried >= Plan().contested_attempts else ", a small sample"
    return Row(
        what=f"{tried:,} contested attempts by {EIGHT} processes{sample} ({kind})",
        ours=f"{booked:,} booked, {refused:,} refused, {overlaps} overlaps, {faults} faults,"
        f" {minutes:.1f} minutes",
        goal="0 overlaps, 0 faults",
        met=booked > 0 and overlaps == faults == 0,
    )
