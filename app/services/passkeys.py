"""Passkeys (WebAuthn): a challenge that works once, and what the person's device signs of it."""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from app.domain.booking import CHALLENGES_PER_NETWORK
from app.domain.refusals import TooManyTries
from app.domain.staff import Staff
from app.domain.staff_refusals import WrongPasskey
from app.storage import staff_factors, staff_tokens, tallies
from app.storage.database import reading, retried, transaction
from app.storage.models import FactorKind, StaffFactor

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

CHALLENGE_LASTS = timedelta(minutes=5)


class Ceremony(StrEnum):
    """What a challenge is for: it fits nothing else."""

    SIGN_IN = "passkey_sign_in"
    ADD = "passkey_add"
    PROVE = "passkey_prove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a passkey is bound to: the clinic's name in the network, and its whole address."""

    host: str
    origin: str
    clinic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back from a browser, and the challenge that its cookie remembers."""

    credential: str
    challenge: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskey:
    """A passkey that was just made."""

    credential: str
    public_key: bytes
    counter: int


# The library is asked for in each function: a third of a second and 16 MB that a web process
# spends only when somebody of the staff uses a passkey.


@retried
def ask(
    ceremony: Ceremony,
    *,
    site: Site,
    staff_id: str | None,
    network: str | None = None,
    now: datetime,
) -> tuple[str, bytes]:
    """Return what a browser needs to use a passkey, as JSON, and the challenge in it.

    Each challenge is a row: a *network* that nobody has signed in from yet gets some an hour.
    """
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=_challenge(ceremony, staff_id, now, network),
        allow_credentials=_known(staff_id) if staff_id else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options), options.challenge


@retried
def ask_to_add(*, site: Site, staff: Staff, now: datetime) -> tuple[str, bytes]:
    """Return what a browser needs to make a passkey, as JSON, and the challenge in it."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.clinic,
        user_id=staff.id.encode(),
        user_name=staff.email,
        user_display_name=staff.name,
        challenge=_challenge(Ceremony.ADD, staff.id, now),
        exclude_credentials=_known(staff.id),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options), options.challenge


def made(
    session: Session, answer: Answer, *, site: Site, staff: Staff, now: datetime
) -> NewPasskey:
    """Return the passkey that a browser made, if it answers our challenge."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    _use_challenge(session, answer, Ceremony.ADD, staff.id, now)
    try:
        found = webauthn.verify_registration_response(
            credential=answer.credential,
            expected_challenge=answer.challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise WrongPasskey from error
    return NewPasskey(
        credential=_text(found.credential_id),
        public_key=found.credential_public_key,
        counter=found.sign_count,
    )


def whose(
    session: Session,
    answer: Answer,
    ceremony: Ceremony,
    *,
    site: Site,
    staff_id: str | None,
    now: datetime,
) -> tuple[StaffFactor, bool]:
    """Return the passkey that signed our challenge, and whether its count fell: a copy, perhaps."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    _use_challenge(session, answer, ceremony, staff_id, now)
    known = _named(session, answer.credential, staff_id)
    try:
        found = webauthn.verify_authentication_response(
            credential=answer.credential,
            expected_challenge=answer.challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=known.secret,
            credential_current_sign_count=0,  # falling warns, and keeps nobody out
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise WrongPasskey from error
    fell = found.new_sign_count < known.counter
    staff_factors.note_use(session, known.id, counter=found.new_sign_count, now=now)
    return known, fell


def _named(session: Session, credential: str, staff_id: str | None) -> StaffFactor:
    """Return the passkey that an answer names: of the right person, in both places it says so."""
    said = _read(credential)
    known = staff_factors.by_credential(session, str(said.get("id", "")))
    if known is None or staff_id not in (None, known.staff_id):
        raise WrongPasskey
    response = said.get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    if handle not in (None, "", _text(known.staff_id.encode())):
        raise WrongPasskey
    return known


def _read(credential: str) -> dict[str, Any]:
    try:
        said = json.loads(credential)
    except (ValueError, RecursionError) as error:
        raise WrongPasskey from error
    if not isinstance(said, dict):
        raise WrongPasskey
    return said


def _challenge(
    ceremony: Ceremony, staff_id: str | None, now: datetime, network: str | None = None
) -> bytes:
    challenge = secrets.token_bytes(32)
    with transaction() as session:
        if network is not None:
            _count(session, network, now)
        staff_tokens.add(
            session, id=_name(challenge), kind=ceremony, staff_id=staff_id,
            created_at=now, until=now + CHALLENGE_LASTS,
        )  # fmt: skip
    return challenge


def _count(session: Session, network: str, now: datetime) -> None:
    """Refuse a network that asks too often; the refusal counts for nothing and keeps no row."""
    if tallies.this_hour(session, "challenge", network, now=now) > CHALLENGES_PER_NETWORK:
        raise TooManyTries


def _use_challenge(
    session: Session, answer: Answer, ceremony: Ceremony, staff_id: str | None, now: datetime
) -> None:
    used = staff_tokens.use(session, _name(answer.challenge), ceremony, now=now)
    if used is None or used.staff_id != staff_id:
        raise WrongPasskey


def _name(challenge: bytes) -> str:
    return sha256(challenge).hexdigest()


def _known(staff_id: str) -> "list[PublicKeyCredentialDescriptor]":
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    mine = staff_factors.of(reading(), staff_id, FactorKind.PASSKEY)
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential or "")) for one in mine
    ]


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
