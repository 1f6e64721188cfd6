"""The outage pack as files: a PDF to print, a calendar for each doctor, and one table."""

import logging
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.content import press, when
from app.domain.clinic import Clinic
from app.services import clinic as clinics
from app.services import outage
from app.services.outage import Files, Pack
from app.settings import ROOT, Settings
from app.web import exports
from app.web.layout import spoken, written
from app.web.patient.paper import LETTER
from app.web.reception.sheet import Row, Shown, Words

log = logging.getLogger(__name__)

TEMPLATE = ROOT / "templates" / "paper" / "outage.typ"


def write(folder: Path, *, now: datetime, wait: bool = True) -> Path | None:
    """Write a pack, whoever else wants to; or, without *wait*, tonight's if it is still due.

    Raises CannotWrite and OSError.
    """
    with outage.turn(folder, wait=wait) as ours:
        clinic = clinics.load()
        if not ours or not (wait or outage.is_due(folder, clinic, now=now)):
            return None
        pack = outage.collect(clinic, now=now)
        return outage.keep(folder, _files(pack, clinic, now), pack, clinic, now=now)


def _files(pack: Pack, clinic: Clinic, now: datetime) -> Files:
    """Put a pack into words, in the clinic's language."""
    settings: Settings = current_app.extensions["settings"]
    with force_locale(clinic.language.replace("-", "_")):
        files = {outage.TABLE: exports.table(pack.found, clinic)}
        for id_, doctor in clinic.clinicians.items():
            theirs = [one for one in pack.found if one.wish.clinician_id == id_]
            if doctor.active or theirs:
                name = f"{id_}-{_plain(doctor.name)}.ics"
                files[name] = exports.calendar(theirs, clinic, host=clinic.host(settings.host))
        try:
            files["days.pdf"] = current_app.extensions["press"](
                TEMPLATE, _document(pack, clinic, now), day=pack.days[0][0], strict=False
            )
        except press.NotPressed:  # the other files carry the day without it
            log.exception("the outage pack has no PDF")
        return files


def _plain(name: str) -> str:
    """Return a name as a file may be called anywhere."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(char if char.isalnum() else " " for char in letters).split())


def _document(pack: Pack, clinic: Clinic, now: datetime) -> dict[str, Any]:
    language = clinic.language
    return {
        "language": language.partition("-")[0],
        "title": _("Outage pack"),
        "clinic": clinic.name,
        "paper": "us-letter" if clinic.country in LETTER else "a4",
        "about": _(
            "As it was on %(moment)s. What was booked, moved or cancelled since is not here:"
            " write it down, and enter it when the machine answers again.",
            moment=when.day_and_clock(now, clinic.zone, language),
        ),
        "nothing": _("Nothing is booked."),
        "nobody": _("Nobody sees patients on this day."),
        "head": [
            _("Time"), _("Patient"), _("Phone"), _("Visit"), _("Prepared"), _("What helps"),
            _("To write"),
        ],
        "days": list(_days(pack, clinic)),
    }  # fmt: skip


def _days(pack: Pack, clinic: Clinic) -> Iterator[dict[str, Any]]:
    for on, sheets in pack.days:
        words = Words(clinic=clinic, sheets=sheets, language=clinic.language)
        shown = [words.sheet(one) for one in sheets.sheets]
        yield {
            "name": when.spelled(on, clinic.language),
            "doctors": [_doctor(one, clinic) for one in shown],
        }


def _doctor(shown: Shown, clinic: Clinic) -> dict[str, Any]:
    return {
        "name": f"{shown.name}, {shown.where}" if shown.where else shown.name,
        "rows": [_row(row, clinic) for row in shown.rows],
        "free": _("Free: %(times)s", times="; ".join(shown.free)) if shown.free else "",
    }


def _row(row: Row, clinic: Clinic) -> list[str]:
    caller, planned = row.line.caller, row.line.planned
    ready = [f"{_('Guide')}: {row.guide}", f"{_('Form')}: {row.form}"]
    if row.go_over:
        ready.insert(1, f"{_('To go over')}: {row.go_over}")
    if row.images:
        ready.append(f"{_('Images')}: {row.images}")
    return [
        "\n".join(part for part in (row.time, row.status) if part),
        f"{planned.name}\n{written(caller.birth_date)}\n{planned.reference}",
        spoken(caller.phone, clinic.country),
        row.what,
        "\n".join(ready),
        "\n".join((*row.helps, *([caller.desk_note] if caller.desk_note else []))),
        "",
    ]
