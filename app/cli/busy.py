"""What a busy calendar would block, without keeping any of it."""

import json
from datetime import UTC, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from app.domain.busy import NotRead
from app.domain.interval import Interval
from app.ics import busy, scan
from app.web.busy_words import WHY
from app.web.languages import OURS


class Zone(click.ParamType[ZoneInfo]):
    """A zone by its name, such as America/New_York."""

    name = "zone"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> ZoneInfo:
        """Return the zone."""
        try:
            return ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.fail(
                f"There is no zone {value!r}; write one such as America/New_York.", param, ctx
            )


class When(click.ParamType[datetime]):
    """An instant, or a day, which begins at midnight in the zone."""

    name = "when"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the instant as it was written; without a zone it gets one later."""
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"{value!r} is no time; write 2027-03-01 or 2027-03-01T08:00:00Z.", param, ctx
            )


@click.command("busy")
@click.argument("file", type=click.File("rb"))
@click.option("--from", "since", type=When(), required=True, help="From this day or instant on.")
@click.option("--until", type=When(), required=True, help="Until this day or instant.")
@click.option("--zone", type=Zone(), required=True, help="Has the days, and times without a zone.")
@with_appcontext
def show_busy(file: BinaryIO, since: datetime, until: datetime, zone: ZoneInfo) -> None:
    """Say when the owner of a calendar is busy, as one line of JSON."""
    first, last = (_aware(each, zone) for each in (since, until))
    if last <= first:
        raise click.UsageError("--until must be later than --from.")
    click.echo(json.dumps(_said(file.read(scan.LARGEST + 1), Interval(first, last), zone)))


def _said(data: bytes, window: Interval, zone: ZoneInfo) -> dict[str, object]:
    try:
        found = busy.in_child(data, window, zone)
    except NotRead as not_read:
        with force_locale(OURS):
            return {"refused": str(WHY[not_read.fault])}
    return {"busy": [busy.pair(span) for span in found.busy], "skipped": found.skipped}


def _aware(when: datetime, zone: ZoneInfo) -> datetime:
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)
