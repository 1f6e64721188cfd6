"""The doctor's page: what the patient read, said and asks, on one sheet.

Whoever has it written is written down with it, in the same transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.content import library
from app.content.previsit import PreVisit
from app.content.primer import Primer
from app.content.safety import SafetyItem
from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.desk_refusals import NotTreating
from app.domain.previsit import Answers
from app.domain.questions import Wishes
from app.domain.refusals import NotYours
from app.domain.staff import Staff
from app.domain.summary import ReadingSummary
from app.services import clinic as clinics
from app.services import glass, looked
from app.services.question_list import of_reading
from app.services.record import brief_of
from app.storage import appointments, journal, people, previsits
from app.storage.database import reading, retried, transaction

READ = "brief"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything on the page; *guide* and *form* put what was answered into words.

    *guide* is None when nothing was read, or its edition is not kept here any more.
    """

    appointment: Appointment
    clinic: Clinic
    question: str
    needs: tuple[str, ...]
    told: tuple[SafetyItem, ...]
    read: ReadingSummary | None
    guide: Primer | None
    matters: tuple[str, ...]
    asks: tuple[str, ...]
    form: PreVisit
    answers: Answers | None  # None: the form was not opened
    written_at: datetime

    @property
    def age(self) -> int:
        """How old the patient is on the day of the visit."""
        zone = self.clinic.locations[self.appointment.wish.location_id].zone
        return _years(
            self.appointment.person.birth_date,
            self.appointment.interval.start.astimezone(zone).date(),
        )


@retried
def write(reference: str, *, today: library.Copy, who: str, now: datetime) -> Brief:
    """Put the page together and note who asked for it; raises NotYours when there is none."""
    about = appointments.find(reading(), appointments.by_reference(reference))
    if about is None:
        raise NotYours
    made = _brief(about, today, now)
    with transaction() as session:
        journal.note(session, READ, actor="staff", appointment_id=about.id, now=now, who=who)
    return made


@retried
def read(reference: str, *, today: library.Copy, actor: Staff, now: datetime) -> Brief:
    """Put the page together for who treats, or broke the glass; noted once for ten minutes.

    Raises NotYours when there is none, NotTreating for other clinicians.
    """
    about = glass.find(reference, actor)
    if not glass.is_open(about, actor, now=now):
        raise NotTreating
    made = _brief(about, today, now)
    looked.note(READ, actor=actor, appointment_id=about.id, now=now)
    return made


def _brief(about: Appointment, today: library.Copy, now: datetime) -> Brief:
    said = people.words(reading(), about.intake_id) if about.intake_id else {}
    read = brief_of(about.reading_id) if about.reading_id else None
    guide = _as_read(read, today) if read else None
    wishes = of_reading(read.reading_id) if read else Wishes()
    kept = previsits.find(reading(), about.id)
    return Brief(
        appointment=about,
        clinic=clinics.load(),
        question=said.get("question", ""),
        needs=tuple(said.get("needs", ())),
        told=library.safety(today).items(said.get("told", ())),
        read=read,
        guide=guide,
        matters=tuple(guide.questions.matters(wishes)) if guide else (),
        asks=tuple(one.text for one in guide.questions.listed(wishes)) if guide else (),
        form=library.previsit(today),
        answers=kept.answers if kept else None,
        written_at=now,
    )


def _as_read(read: ReadingSummary, today: library.Copy) -> Primer | None:
    """Return the edition that was read, in the doctor's language where it has it."""
    for language in (today.language, read.language):
        then = today.as_then(read.edition, language, read.jurisdiction, read.words)
        if then.there:
            return library.primer(then)
    return None


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
