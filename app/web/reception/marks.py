"""The marks of a tile: a shape and words for whatever the desk should know of it."""

from collections.abc import Iterator

from flask_babel import gettext as _

from app.domain.desk import Planned


def of(one: Planned) -> Iterator[tuple[str, str]]:
    """Give each mark, what has to be settled first."""
    if one.homeless:
        no = _("Needs a new time, and said no to those we offered")
        yield "warn", no if one.said_no else _("Needs a new time")
    if one.overlaps:
        yield "overlap", _("Overlaps on purpose")
    if one.elsewhere:
        yield "overlap", _("The doctor is busy elsewhere then")
    if one.guide_open:
        yield "book", _("Guide not read yet")
    if one.mail_failed:
        yield "bounced", _("A mail was refused")
