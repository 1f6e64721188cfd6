"""Signing in by the clinic's identity provider: only whom an owner linked before, never by mail.

The provider's word counts for the password.  It counts for the second factor too where it says
that it saw one; else ours is asked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.letter import LetterKind
from app.domain.refusals import NotYours
from app.domain.staff import Permission, Staff
from app.domain.staff_refusals import LinkedAlready, NotLinked, OutsideFailed, WrongSignIn
from app.services import sign_in, staff_mail, staff_session
from app.services.sign_in import Signed
from app.services.staff_waits import Origin
from app.services.visitor import id_of
from app.storage import identities, journal, staff, staff_sessions, staff_tokens
from app.storage.database import reading, retried, transaction
from app.storage.types import new_id

STATE = "outside_state"  # kind of what works once
LASTS = timedelta(minutes=10)
LONGEST = 255  # letters of a subject, by the standard
KNOWN = frozenset({"pwd", "pin", "kba"})  # what somebody knows (RFC 8176)
HAD = frozenset({"otp", "hwk", "swk", "sc", "sms", "tel", "pop", "fpt", "face", "iris", "vbm"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Whom the provider saw, and how."""

    issuer: str
    subject: str
    methods: frozenset[str]

    @property
    def twice(self) -> bool:
        """Say whether it saw a second factor: by its word, or by two ways of a different kind."""
        return "mfa" in self.methods or bool(self.methods & KNOWN and self.methods & HAD)


@retried
def let_in(seen: Seen, state: str, *, origin: Origin, now: datetime) -> tuple[str, bool]:
    """Begin the session of whoever is linked; return its handle, and whether it is whole.

    Raises NotLinked, and OutsideFailed for an answer that was used before.
    """
    with transaction() as session:
        _once(session, state, now)
        staff_id = identities.staff_of(session, seen.issuer, seen.subject)
        account = staff.lock(session, staff_id) if staff_id else None
        if account is None or not account.is_here:
            staff_id = None
        else:
            identities.note_use(session, seen.issuer, seen.subject, now=now)
            handle = _begin(session, account.id, seen, origin, now)
    if staff_id is None:
        raise NotLinked(seen.subject)
    return handle, seen.twice


def _once(session: Session, state: str, now: datetime) -> None:
    """Use an answer up: the second one with its state is nobody's, says the database."""
    if not staff_tokens.add_once(
        session, id=id_of(state), kind=STATE, staff_id=None, created_at=now, until=now + LASTS
    ):
        raise OutsideFailed


def _begin(session: Session, staff_id: str, seen: Seen, origin: Origin, now: datetime) -> str:
    handle = staff_session.begin(session, staff_id, device=origin.device, now=now)
    if not seen.twice:
        return handle
    visit = staff_sessions.find(session, id_of(handle))
    if visit is None:
        raise WrongSignIn
    return sign_in.complete(session, visit, Signed.OUTSIDE, origin=origin, now=now)


def linked(actor: Staff, staff_id: str, issuer: str) -> str | None:
    """Return the number at the provider that somebody is linked to."""
    actor.needs(Permission.STAFF)
    return identities.of(reading(), staff_id, issuer)


@retried
def link(actor: Staff, staff_id: str, issuer: str, subject: str, *, now: datetime) -> None:
    """Link somebody to a number at the provider, instead of the one before; they hear of it."""
    actor.needs(Permission.STAFF)
    with transaction() as session:
        account = staff.lock(session, staff_id)
        if account is None or account.left_at is not None:
            raise NotYours
        if identities.staff_of(session, issuer, subject) == staff_id:
            return
        if identities.drop_all(session, staff_id):
            staff_sessions.end_all(session, staff_id)
        if not identities.add(
            session, id=new_id(), staff_id=staff_id, issuer=issuer, subject=subject,
            created_at=now, used_at=None,
        ):  # fmt: skip
            raise LinkedAlready
        staff_mail.owe(session, account, LetterKind.STAFF_CHANGED, now=now)
        _note(session, "identity_linked", staff_id, actor, now)


@retried
def unlink(actor: Staff, staff_id: str, *, now: datetime) -> None:
    """Take somebody's link away, and sign them out wherever they are."""
    actor.needs(Permission.STAFF)
    with transaction() as session:
        account = staff.lock(session, staff_id)
        if account is None:
            raise NotYours
        if identities.drop_all(session, staff_id):
            staff_sessions.end_all(session, staff_id)
            staff_mail.owe(session, account, LetterKind.STAFF_CHANGED, now=now)
            _note(session, "identity_unlinked", staff_id, actor, now)


def _note(session: Session, verb: str, staff_id: str, actor: Staff, now: datetime) -> None:
    journal.note(session, verb, actor=actor.signature, appointment_id=None, now=now, staff=staff_id)


def methods(said: object) -> frozenset[str]:
    """Return the ways that a provider says it saw somebody; anything else says nothing."""
    listed: Collection[object] = said if isinstance(said, list) else ()
    return frozenset(one for one in listed if isinstance(one, str))
