"""The link of a proposal: opened from a mail, it lets a session see and answer it."""

from datetime import datetime

from app.domain.proposal import Proposal
from app.domain.refusals import NotYours
from app.services import visitor
from app.services.appointment import ID
from app.storage import proposals, sealing
from app.storage.database import reading, retried, transaction
from app.storage.visitors import Visit

LINK = "proposal"  # what links are signed for


def path(proposal_id: str, link_version: int) -> str:
    """Return the path of a proposal's link; nothing of it is stored."""
    signed = sealing.of(reading()).signed(LINK, f"{proposal_id}|{link_version}")
    return f"/p/{proposal_id}.{signed}"


def linked(token: str, *, now: datetime) -> Proposal:
    """Return the proposal that a link means.

    Unknown, garbled, revoked and expired links are one refusal, NotYours, after the same work.
    """
    proposal_id, _, mac = token.partition(".")
    known = proposal_id if ID.fullmatch(proposal_id) else ""  # asked for all the same
    found = proposals.find(reading(), known)
    version = found.link_version if found else 0
    good = sealing.of(reading()).is_signed(LINK, f"{proposal_id}|{version}", mac)
    if found is None or not good or not found.is_shown(now=now):
        raise NotYours
    return found


@retried
def open_link(
    token: str, *, visit: Visit | None, network: str, now: datetime
) -> tuple[str | None, str]:
    """Let the session answer the link's proposal; return (its new handle, the proposal's id).

    Granting is all it does.  A session that opened the link before keeps its handle.  Raises
    what `linked` raises.
    """
    found = linked(token, now=now)
    if visit is not None and proposals.is_granted(reading(), visit.id, found.id):
        return None, found.id
    with transaction() as session:
        handle = visitor.renew(session, visit, network=network, now=now)
        proposals.grant(session, visitor.id_of(handle), found.id, found.link_version)
    return handle, found.id


def granted(proposal_id: str, visit: Visit | None, *, now: datetime) -> Proposal:
    """Return a proposal whose link this session opened, or refuse as if there were none."""
    known = proposal_id if ID.fullmatch(proposal_id) else ""
    if visit is None or not proposals.is_granted(reading(), visit.id, known):
        raise NotYours
    found = proposals.find(reading(), known)
    if found is None or not found.is_shown(now=now):
        raise NotYours
    return found
