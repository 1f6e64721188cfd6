"""What the clinic says about itself, and by whose law: changed by its owner."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from app.content.picture import written_anew
from app.domain.clinic import Logo, with_its_languages
from app.domain.setting import CannotStart
from app.domain.staff import Staff
from app.services import clinic as clinics
from app.services import setting, start
from app.settings import Settings
from app.storage import logos, parts
from app.storage.database import reading, retried, transaction
from app.storage.models import Clinic

ONE = 1  # the clinic's number


def find(actor: Staff) -> dict[str, Any]:
    """Return what can be changed of the clinic."""
    return setting.see(actor, Clinic, ONE)


@retried
def change(
    actor: Staff, wanted: dict[str, Any], *, seen: str, settings: Settings, now: datetime
) -> None:
    """Change the clinic; raises SettingChanged, and CannotStart with what would be missing."""
    setting.may_set(actor)
    missing = lacking(wanted, settings)
    if missing:
        raise CannotStart(missing)
    with transaction() as session:
        clinic = setting.found(parts.locked(session, Clinic, ONE))
        changed = setting.differing(parts.fields(clinic), wanted, seen)
        if not changed:
            return
        parts.write(session, clinic, wanted)
        setting.note(
            session, "clinic_changed", actor=actor, name=clinic.name, changed=changed, now=now
        )


def lacking(wanted: dict[str, Any], settings: Settings) -> list[str]:
    """Say what would keep the clinic from starting with these settings, and does not now."""
    now = clinics.load()
    plain = {name: value for name, value in wanted.items() if "." not in name}
    as_wanted = replace(
        now,
        **plain | {"zone": ZoneInfo(plain["zone"]), "reminder_hours": ()},
        others={},
    )
    known = start.faults(now, settings)
    faults = start.faults(with_its_languages(as_wanted), settings)
    return [fault.replace(f"{settings.primer}/", "") for fault in faults if fault not in known]


@retried
def show_logo(actor: Staff, file: bytes | None, *, now: datetime) -> None:
    """Show a picture beside the clinic's name, or none; raises NotAPicture."""
    setting.may_set(actor)
    picture = written_anew(file) if file is not None else None
    with transaction() as session:
        clinic = setting.found(parts.locked(session, Clinic, ONE))
        logos.drop(session)
        if picture is not None:
            mark = sha256(picture.png).hexdigest()[:12]
            logo = Logo(mark=mark, width=picture.width, height=picture.height)
            logos.keep(session, logo, picture.png)
        setting.note(session, "logo_changed", actor=actor, name=clinic.name, now=now)


def logo(mark: str) -> bytes | None:
    """Return the picture of a mark, for anybody."""
    return logos.picture(reading(), mark)
