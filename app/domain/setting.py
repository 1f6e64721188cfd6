"""Settings as flat fields: what differs, and whether somebody changed them meanwhile.

A field's name is that of its column; words in another language are `about.es`.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from app.domain.record import canonical
from app.domain.refusals import Refused

Fields = Mapping[str, Any]
EMPTY = (None, "")


class SettingChanged(Refused):
    """A colleague changed this while somebody looked at it."""

    code = "setting_changed"


class ZoneInUse(Refused):
    """Appointments are coming there: another zone would move each of them on the wall."""

    code = "zone_in_use"


class CannotStart(Refused):
    """With this setting the clinic could not show its pages; *lines* say what is missing."""

    code = "cannot_start"

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines


class NotAPicture(Refused):
    """What was given is no PNG that is small enough."""

    code = "not_a_picture"


def seen_as(fields: Fields) -> str:
    """Return the mark of what somebody saw: it changes with every field."""
    return sha256(canonical(_plain(fields))).hexdigest()[:16]


def differences(before: Fields, after: Fields) -> dict[str, list[Any]]:
    """Return each field that is to change, from what to what."""
    old, new = _plain(before), _plain(after)
    return {
        name: [old.get(name), new.get(name)] for name in after if old.get(name) != new.get(name)
    }


def _plain(fields: Fields) -> dict[str, Any]:
    """Return the fields that say something: an empty one is as good as none."""
    return {name: value for name, value in fields.items() if value not in EMPTY}
