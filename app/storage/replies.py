"""What was sent back to the clinic's mails, as the database keeps it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import cast, delete, func, literal, null, select, union_all, update
from sqlalchemy.orm import Session

from app.domain.letter import LetterKind
from app.domain.reply import LARGEST, RAW_AT_MOST, Action, Partstat
from app.storage import models, sealing
from app.storage.adding import add_unless_there
from app.storage.models import Inbox, Mail, MailState, Reply, StaffAccount, Status
from app.storage.types import new_id

Row_ = models.Appointment
Patient = models.Patient
COUNTS = Reply.action.in_((Action.APPLY, Action.COUNTER))
NO = (Reply.action == Action.APPLY) & (Reply.reason == Partstat.DECLINED) & Reply.kept_at.is_(None)


def by_digest(session: Session, digest: str) -> Reply | None:
    """Return the mail if it was taken in before."""
    return session.scalars(select(Reply).where(Reply.digest == digest)).first()


def add(session: Session, raw: bytes, **values: Any) -> bool:  # noqa: ANN401  columns
    """Keep what became of a mail, with the mail sealed; False when another worker was quicker."""
    id_ = new_id()
    sealed = sealing.of(session).seal(f"reply.raw.{id_}", raw[:LARGEST].decode("latin-1"))
    return add_unless_there(session, Reply, {"id": id_, "raw": sealed, **values})


def raw(session: Session, reply_id: str) -> bytes | None:
    """Return a mail as it came, while it is kept."""
    sealed = session.scalar(select(Reply.raw).where(Reply.id == reply_id))
    if sealed is None:
        return None
    return sealing.of(session).open(f"reply.raw.{reply_id}", sealed).encode("latin-1")


def find(session: Session, reply_id: str) -> Reply | None:
    """Return one of them."""
    return session.get(Reply, reply_id, populate_existing=True)


def last(session: Session, appointment_id: str, sequence: int) -> Reply | None:
    """Return the answer that counts for an appointment as it stands: the one given last."""
    theirs = (Reply.appointment_id == appointment_id) & (Reply.sequence == sequence)
    given = func.coalesce(Reply.stamp, Reply.taken_in_at)
    query = select(Reply).where(theirs, COUNTS).order_by(given.desc(), Reply.taken_in_at.desc())
    return session.scalars(query.execution_options(populate_existing=True).limit(1)).first()


def keep(session: Session, reply_id: str, *, now: datetime) -> None:
    """Note that somebody comes after all."""
    session.execute(update(Reply).where(Reply.id == reply_id).values(kept_at=now))


def to_free(session: Session, *, told_before: datetime) -> list[str]:
    """Return the appointments whose no gives the time back, and who knew before an instant."""
    told = (
        (Mail.appointment_id == Reply.appointment_id)
        & (Mail.kind == LetterKind.DECLINED)
        & (Mail.sequence == Reply.sequence)
        & (Mail.owed_at >= Reply.taken_in_at)
        & (Mail.state == MailState.HANDED_OVER)
        & (Mail.handed_over_at <= told_before)
    )
    query = (
        select(Reply.appointment_id)
        .join(Row_, Row_.id == Reply.appointment_id)
        .join(Mail, told)
        .where(NO, Reply.frees, Row_.sequence == Reply.sequence, Row_.status == Status.BOOKED)
    )
    return [id_ for id_ in session.scalars(query.distinct()) if id_]


MATTER = (
    Reply.id, Reply.taken_in_at, Reply.sender, Reply.action, Reply.reason, Reply.proposed,
    Row_.reference, Row_.starts_at, Row_.clinician_id, Row_.location_id,
    Patient.name, Patient.phone, Patient.email,
)  # fmt: skip


FAULT = select(
    literal("inbox"), Inbox.since, literal(""), literal("inbox"), Inbox.fault,
    *(cast(null(), column.type) for column in MATTER[5:]),
)  # fmt: skip


def matters(session: Session, *, since: datetime, now: datetime) -> Sequence[Any]:
    """Return what somebody has to look at or decide, the oldest first.

    A no or another time counts while the appointment stands as it did; a mail that came back
    stands among the mails that did not go.  A mailbox that cannot be read is one of them.
    """
    stands = (
        (Row_.status == Status.BOOKED)
        & (Row_.sequence == Reply.sequence)
        & (Row_.starts_at > now)
    )  # fmt: skip
    decide = stands & (NO | (Reply.action == Action.COUNTER))
    came_back = (Reply.reason == "bounce") & Reply.appointment_id.is_not(None)
    query = (
        select(*MATTER)
        .outerjoin(Row_, Row_.id == Reply.appointment_id)
        .outerjoin(Patient, Patient.id == Row_.patient_id)
        .where(Reply.taken_in_at > since, ((Reply.action == Action.REVIEW) & ~came_back) | decide)
    )
    return session.execute(union_all(query, FAULT).order_by("taken_in_at")).all()


def left_to(session: Session, email_key: str, *, since: datetime) -> list[Mail]:
    """Return the mails about appointments that went to an address, a patient's or a doctor's."""
    patients = (Patient.email_key == email_key) & Mail.staff_id.is_(None)
    query = (
        select(Mail)
        .join(Row_, Row_.id == Mail.appointment_id)
        .join(Patient, Patient.id == Row_.patient_id)
        .outerjoin(StaffAccount, StaffAccount.id == Mail.staff_id)
        .where(
            patients | (StaffAccount.email_key == email_key),
            Mail.state == MailState.HANDED_OVER,
            Mail.handed_over_at > since,
        )
    )
    return list(session.scalars(query.order_by(Mail.id.desc()).limit(200)))


def came_back(session: Session, mail_id: int, fault: str) -> None:
    """Note that a mail which the server took was not delivered."""
    left = (Mail.id == mail_id) & (Mail.state == MailState.HANDED_OVER)
    session.execute(update(Mail).where(left).values(state=MailState.REFUSED, fault=fault))


def any_old(session: Session, *, before: datetime) -> bool:
    """Say whether there is something to forget, without taking the write lock."""
    old = select(Reply.id).where(_forgettable(before)).limit(1)
    return session.scalar(old) is not None or _over(session)


def forget(session: Session, *, before: datetime) -> None:
    """Forget raw mails that are old or too many, and whatever was about no appointment."""
    about_none = Reply.appointment_id.is_(None) & (Reply.taken_in_at < before)
    session.execute(delete(Reply).where(about_none))
    session.execute(update(Reply).where(_forgettable(before)).values(raw=None))
    newest = select(Reply.id).where(Reply.raw.is_not(None)).order_by(Reply.taken_in_at.desc())
    over = Reply.raw.is_not(None) & Reply.id.not_in(newest.limit(RAW_AT_MOST))
    if _over(session):
        session.execute(update(Reply).where(over).values(raw=None))


def _forgettable(before: datetime) -> Any:  # noqa: ANN401  a condition
    return Reply.raw.is_not(None) & (Reply.taken_in_at < before)


def _over(session: Session) -> bool:
    kept = select(func.count()).select_from(Reply).where(Reply.raw.is_not(None))
    return (session.scalar(kept) or 0) > RAW_AT_MOST


def fault(session: Session) -> tuple[str, datetime] | None:
    """Return what is wrong with the mailbox and since when, if something is."""
    row = session.get(Inbox, 1, populate_existing=True)
    return (row.fault, row.since) if row is not None else None


def set_fault(session: Session, code: str | None, *, now: datetime) -> None:
    """Note what is wrong with the mailbox; None: it is in order again."""
    row = session.get(Inbox, 1)
    if code is None:
        session.execute(delete(Inbox))
    elif row is None:
        session.add(Inbox(id=1, fault=code, since=now))
    else:
        row.fault = code
    session.flush()
