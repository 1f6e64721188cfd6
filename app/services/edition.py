"""Signing an edition, looking whether it stands, and putting another one into use."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from app.content import library
from app.content.editions import editions, read_edition
from app.content.library import Copy
from app.domain.clinic import Clinic
from app.domain.edition import Signature, State, state
from app.domain.letter import LetterKind
from app.domain.staff import Permission, Staff
from app.services import clinic as clinics
from app.storage import clinic as storage
from app.storage import journal, mails, readings, sign_offs
from app.storage.database import retried, transaction

SIGNED, WITHDRAWN = "signed", "withdrawn"
PLACEHOLDER = (
    "the clinic"  # a signature stands under the edition's words, not under a clinic's phone
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the edition that a clinic shows stands in one language."""

    edition: str
    language: str
    state: State
    review_by: date
    signature: Signature | None


def shown(clinic: Clinic, folder: Path, language: str) -> Copy:
    """Say which edition a clinic shows in a language, with its own words for it."""
    said = clinic.said_in(language)
    return Copy(
        folder=folder,
        edition=clinic.edition,
        language=language,
        jurisdiction=clinic.jurisdiction,
        clinic_phone=said.phone,
        nurse_line=said.nurse_line,
        limits=tuple(clinic.safety_limits.items()),
        instruments=clinic.instruments,
    )


def standing(clinic: Clinic, copy: Copy, *, now: datetime) -> Standing:
    """Say who signed what is shown, and whether it was looked over in time."""
    front = library.front(copy)
    return Standing(
        edition=copy.edition,
        language=copy.language,
        state=state(front.review_by, clinic.day_at(now)),
        review_by=front.review_by,
        signature=signature(clinic, copy),
    )


def rests(clinic: Clinic, copy: Copy, *, now: datetime) -> bool:
    """Say whether the guide is not shown any more until somebody has looked it over."""
    return state(library.front(copy).review_by, clinic.day_at(now)) is State.RESTING


def signature(clinic: Clinic, copy: Copy) -> Signature | None:
    """Return who signed just these words; under words that changed since, nobody did."""
    text = (copy.edition, copy.language, copy.jurisdiction)
    for one in clinic.signatures:
        if (one.edition, one.language, one.jurisdiction) == text:
            return one if one.bundle_sha == library.primer(_plain(copy)).sha else None
    return None


@retried
def sign(
    copy: Copy, *, name: str, role: str, kind: str = SIGNED, by: Staff | None = None, now: datetime
) -> Signature:
    """Put a name under an edition in one language, or take it back.

    *by* is who does it on a screen; whoever runs the machine needs no account.  Raises
    BadEdition when the text cannot be shown.
    """
    who = _allowed(by)
    made = Signature(
        edition=copy.edition,
        language=copy.language,
        jurisdiction=copy.jurisdiction,
        bundle_sha=library.primer(_plain(copy)).sha,
        name=name,
        role=role,
        at=now,
    )
    with transaction() as session:
        sign_offs.add(session, kind, made)
        storage.changed(session)
        journal.note(
            session, kind, actor=who, appointment_id=None, now=now,
            edition=made.edition, language=made.language,
        )  # fmt: skip
    return made


def _allowed(by: Staff | None) -> str:
    """Return how the journal names who looks after the guide, or refuse."""
    if by is None:
        return "staff"
    by.needs(Permission.SETTINGS)
    return by.signature


@retried
def put_in_use(copy: Copy, *, by: Staff | None = None, now: datetime) -> int:
    """Show another edition from now on; return how many patients are asked to look again.

    Only after a major change, and only those with a coming visit who read the guide before it.
    Raises BadEdition when the edition cannot be shown.
    """
    who = _allowed(by)
    library.primer(copy)
    if clinics.load().edition == copy.edition:
        return 0
    major = last_major(copy.folder, copy.edition)
    with transaction() as session:
        storage.change(session, edition=copy.edition)
        coming = readings.coming(session, read_before=major, now=now)
        mails.owe(session, [_changed(visit, now) for visit in coming], now=now)
        journal.note(session, "use", actor=who, appointment_id=None, now=now, edition=copy.edition)
    return len(coming)


def last_major(folder: Path, edition: str) -> str:
    """Return the last edition that changed materially: whoever read before it has news to see."""
    until = [name for name in editions(folder) if name <= edition]
    major = [name for name in until if read_edition(folder, name).change == "major"]
    return major[-1] if major else ""


def _changed(visit: readings.Coming, now: datetime) -> dict[str, object]:
    return {
        "kind": LetterKind.CHANGED,
        "appointment_id": visit.appointment_id,
        "sequence": visit.sequence,
        "lead_hours": visit.mails,
        "language": visit.language,
        "due_at": now,
    }


def _plain(copy: Copy) -> Copy:
    return replace(copy, clinic_phone=PLACEHOLDER, nurse_line=PLACEHOLDER, limits=())


def due(folder: Path, *, now: datetime) -> list[str]:
    """Tell staff, in a line, that nobody looked the guide over in time."""
    clinic = clinics.load()
    if not clinic.primer_on:
        return []
    found = standing(clinic, shown(clinic, folder, clinic.language), now=now)
    if found.state is State.CURRENT:
        return []
    return [
        f"the guide of {found.edition} should have been looked over by {found.review_by};"
        f" it is {found.state}"
    ]
