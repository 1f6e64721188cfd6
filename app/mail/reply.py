"""A mail from outside as the use cases take it: read by a child, with what we know of our own."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Any

from app import limited
from app.domain.reply import LARGEST, Answer, Bounce, Received, Trouble
from app.mail import parts, verdict
from app.mail.message import name_of
from app.services import clinic as clinics
from app.services import reply
from app.services.reply import Outcome

HEAD = 64 * 1024  # of a mail that is too large to be read
OURS = re.compile(r"<[a-z2-7]{24}@([^<>@\s]{1,253})>")  # names as we give them to mails


def take_in(
    data: bytes, *, host: str, authserv_id: str | None, now: datetime
) -> tuple[Received, Outcome]:
    """Take one mail in; return what it says and what became of it."""
    clinic = clinics.load()
    host = clinic.host(host)
    mail = received(data, host=host, authserv_id=authserv_id)
    done = reply.take_in(
        mail, data, name_of=lambda sent: name_of(sent, host), clinic=clinic, now=now
    )
    return mail, done


def received(data: bytes, *, host: str, authserv_id: str | None) -> Received:
    """Return what a mail says; whatever it holds, this ends, and says why if nothing is read."""
    digest = sha256(data).hexdigest()
    try:
        if len(data) > LARGEST:
            said = limited.run(parts.headers, data[:HEAD]) | {"trouble": Trouble.TOO_LARGE}
        else:
            said = limited.run(parts.read, data)
    except limited.GaveUp:
        return Received(digest=digest, trouble=Trouble.UNREADABLE)
    return understood(said, digest, host=host, authserv_id=authserv_id)


def understood(
    said: dict[str, Any], digest: str, *, host: str, authserv_id: str | None
) -> Received:
    """Return what a mail says, given what we know of our own mails and our mail server."""
    senders = {one for one in said["senders"] if one.isprintable()}
    sender = "".join(senders) if len(senders) == 1 else ""
    answers = [_answer(one, sender, host) for one in said.get("answers", ())]
    bounce = said.get("bounce")
    own = OURS.fullmatch(said["message_id"])
    return Received(
        digest=digest,
        sender=sender,
        recipients=tuple(said["recipients"]),
        proven=verdict.is_proven(said["results"], authserv_id, sender),
        automatic=said["automatic"],
        unanswerable=said["unanswerable"],
        ours=own is not None and own[1] == host,
        about_ours=host in OURS.findall(said["refers"]),
        trouble=_trouble(said, answers),
        answer=answers[0] if answers else None,
        bounce=Bounce(**bounce) if bounce else None,
    )


def _trouble(said: dict[str, Any], answers: list[Answer]) -> Trouble | None:
    if "trouble" in said:
        return Trouble(said["trouble"])
    if len(set(answers)) > 1:
        return Trouble.SEVERAL
    return Trouble.RICH_TEXT if said.get("rich") and not answers else None


def _answer(one: dict[str, Any], sender: str, host: str) -> Answer:
    """Return one event as an answer of whoever sent the mail, if they are in it."""
    people = one["attendees"]
    named = [each for each in people if each["address"] == sender]
    who = (named or [each for each in people if each["delegated"]] or people or [{}])[0]
    return Answer(
        method=one["method"],
        uid=one["uid"],
        about=one["uid"].removesuffix(f"@{host}") if one["uid"].endswith(f"@{host}") else "",
        attendee=who.get("address", ""),
        partstat=who.get("partstat", ""),
        sequence=one["sequence"],
        stamp=_instant(one["stamp"]),
        comment=one["comment"] or who.get("comment", ""),
        sent_by=who.get("sent_by", ""),
        delegated=any(each["delegated"] for each in people),
        proposed=_instant(one["start"]),
        moves=one["moves"],
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
