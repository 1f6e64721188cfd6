"""What the desk sees of a day: one statement, whoever is there and however many come."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from app.domain.booking import HOLD_GRACE
from app.domain.desk import Planned
from app.domain.interval import Interval
from app.domain.proposal import Answer, Kind
from app.storage import models
from app.storage.database import run
from app.storage.models import MailState, Status

Row_ = models.Appointment
_read = (models.Reading.id == Row_.reading_id) & models.Reading.finished_at.is_not(None)
_refused = models.Mail.state == MailState.REFUSED
_offered = models.Proposal.appointment_id == Row_.id
_about_it = exists().where(models.Mail.appointment_id == Row_.id, _refused)
_with_times = exists().where(models.Mail.proposal_id == models.Proposal.id, _offered, _refused)
_no = exists().where(
    _offered,
    models.Proposal.kind == Kind.REHOUSE,
    models.Proposal.sequence == Row_.sequence,
    models.Proposal.answer == Answer.NO,
)
_asked = exists().where(_offered, models.Proposal.answer.is_(None))
DAY = (
    select(
        Row_.id,
        Row_.reference,
        Row_.status,
        Row_.clinician_id,
        Row_.location_id,
        Row_.visit_type_id,
        Row_.video,
        Row_.starts_at,
        Row_.ends_at,
        Row_.blocked_from,
        Row_.blocked_until,
        Row_.hold_until,
        Row_.overlap_reason,
        Row_.revision,
        Row_.proposal_id,
        models.Patient.name,
        exists().where(_read).label("is_read"),
        (_about_it | _with_times).label("mail_failed"),
        (_no & ~_asked).label("said_no"),
        models.VisitType.needs_primer,
    )
    .join(models.VisitType, models.VisitType.id == Row_.visit_type_id)
    .outerjoin(models.Patient, models.Patient.id == Row_.patient_id)
    .where(
        Row_.clinician_id.in_(bindparam("ids", expanding=True)),
        Row_.blocked_until > bindparam("since"),
        Row_.blocked_from < bindparam("until"),
        Row_.status != Status.CANCELLED,
        Row_.hold_until.is_(None) | (Row_.hold_until >= bindparam("ended")),
    )
    .order_by(Row_.starts_at, Row_.id)
)


def between(
    session: Session, clinician_ids: Iterable[int], window: Interval, *, now: datetime
) -> list[Planned]:
    """Return what stands in the clinicians' calendars in a window, in the order of the day."""
    asked = {"ids": list(clinician_ids), "since": window.start, "until": window.end}
    return [
        Planned(
            id=row.id,
            reference=row.reference or "",
            status=row.status,
            clinician_id=row.clinician_id,
            location_id=row.location_id,
            visit_type_id=row.visit_type_id,
            video=row.video,
            interval=Interval(row.starts_at, row.ends_at),
            blocked=Interval(row.blocked_from, row.blocked_until),
            hold_until=row.hold_until,
            name=row.name or "",
            guide_open=row.needs_primer and not row.is_read,
            mail_failed=row.mail_failed,
            overlaps=row.overlap_reason is not None,
            revision=row.revision,
            proposal_id=row.proposal_id,
            said_no=row.said_no,
        )
        for row in run(session, DAY, **asked, ended=now - HOLD_GRACE)
    ]
