"""Passkeys between the browser and us: the challenge lies in the cookie until the answer comes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import Response, request, session

from app.domain.staff_refusals import WrongPasskey
from app.services.passkeys import Answer

KEY = "passkey"


def asked(options: str, challenge: bytes) -> Response:
    """Answer a script with what the browser needs, and remember the challenge."""
    session[KEY] = urlsafe_b64encode(challenge).decode()
    return Response(options, mimetype="application/json")


def answer(field: str = "credential") -> Answer:
    """Return what the browser sent back, with the challenge that it was asked; once."""
    challenge = session.pop(KEY, "")
    if not isinstance(challenge, str) or not challenge:
        raise WrongPasskey
    return Answer(credential=request.form.get(field, ""), challenge=urlsafe_b64decode(challenge))
