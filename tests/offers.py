"""Builders: times that are offered to somebody, and who answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.domain.appointment import Wish
from app.domain.proposal import Kind
from app.services import answering, proposal, proposal_link
from app.services import clinic as clinics
from app.storage import models, proposals
from app.storage.database import reading
from app.storage.visitors import Visit
from tests.clinics import Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows
from tests.staffing import hire

WEDNESDAY = wish(wish().start + days(1))
SOONER = (wish(), wish(wish().start + timedelta(hours=2)))  # noon and two on Tuesday
EVENING = MONDAY_8AM + timedelta(hours=10)  # by when an answer is waited for


def offer(
    reference: str,
    *times: Wish,
    kind: Kind = Kind.EARLIER,
    answer_by: datetime = EVENING,
    now: datetime = MONDAY_8AM,
) -> str:
    """Ask the person of an appointment; return the proposal's id."""
    return proposal.make(
        reference, times or SOONER, kind, answer_by=answer_by, actor=hire(),
        clinic=clinics.load(), now=now,
    )  # fmt: skip


def token_of(proposal_id: str, version: int = 0) -> str:
    """Return what the link of a proposal ends with."""
    return proposal_link.path(proposal_id, version).removeprefix("/p/")


def asked(proposal_id: str, now: datetime = MONDAY_8AM) -> Guest:
    """Be whoever opens the link of the mail."""
    guest = Guest(now, network="198.51.100.0/24")
    handle, _ = proposal_link.open_link(
        token_of(proposal_id), visit=guest.visit, network="198.51.100.0/24", now=now
    )
    guest.handle = handle or guest.handle
    return guest


def say(
    guest: Guest, proposal_id: str, wanted: Wish | None = None, *, visit: Visit | None = None
) -> str | None:
    """Say yes to a time, or no."""
    return answering.answer(
        proposal_id, wanted, visit=visit or guest.visit, clinic=clinics.load(), now=guest.now
    )


def answer_of(proposal_id: str) -> str | None:
    """Say how a proposal ended."""
    reading().rollback()
    found = proposals.find(reading(), proposal_id)
    assert found is not None
    return found.answer


def held_times() -> Sequence[datetime]:
    """Return when times are held for somebody who was asked."""
    kept = rows(models.Appointment, models.Appointment.proposal_id.is_not(None))
    return sorted(row.starts_at for row in kept)
