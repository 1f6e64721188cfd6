"""Mails as the mailboxes and calendars of patients send them back, in each program's own way."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

WINDOWS_ZONE = """BEGIN:VTIMEZONE
TZID:Eastern Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
CLINIC = "desk@harbor.example"
OURS = "mx.harbor.example"
PROVEN = f"{OURS}; dmarc=pass (p=REJECT) header.from=example.org"
STAMP = datetime(2027, 3, 1, 13, 5, tzinfo=UTC)


def calendar(
    uid: str,
    attendee: str,
    partstat: str = "ACCEPTED",
    *,
    method: str = "REPLY",
    sequence: int | None = 0,
    stamp: datetime | None = STAMP,
    start: str = "DTSTART:20270302T170000Z",
    who: str = "",
    extra: str = "",
    organizer: str = f"ORGANIZER;CN=Harbor Clinic:mailto:{CLINIC}\n",
    zones: str = "",
) -> bytes:
    """Return an answer as RFC 5546 has it; what a program does otherwise is said by name."""
    lines = (
        f"BEGIN:VCALENDAR\nPRODID:-//Somebody//Calendar//EN\nVERSION:2.0\nMETHOD:{method}\n{zones}"
        f"BEGIN:VEVENT\nUID:{uid}\n{organizer}"
        f"ATTENDEE;CN=Marian Hale;PARTSTAT={partstat}{who}:mailto:{attendee}\n"
        + (f"SEQUENCE:{sequence}\n" if sequence is not None else "")
        + (f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}\n" if stamp is not None else "")
        + f"{start}\n{extra}SUMMARY:Appointment\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return lines.replace("\n", "\r\n").encode()


def _mail(
    sender: str, *, to: str = CLINIC, proof: str | None = PROVEN, **headers: str
) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    if proof:
        message["Authentication-Results"] = proof
    message["From"] = f"Marian Hale <{sender}>"
    message["To"] = to
    message["Subject"] = "Accepted: Appointment"
    message["Message-ID"] = "<CAF8@mail.example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def _method(ics: bytes) -> str:
    return ics.decode("latin-1").partition("METHOD:")[2].partition("\r")[0]


def plain(sender: str, ics: bytes, **headers: str | None) -> bytes:
    """Send an answer as Thunderbird does: words, the calendar beside them, and the file again."""
    message = _mail(sender, **headers)  # type: ignore[arg-type]  # proof may be none
    message.set_content("Marian Hale has accepted.")
    message.add_alternative(ics, maintype="text", subtype="calendar", cte="base64",
                            params={"charset": "UTF-8", "method": _method(ics)})  # fmt: skip
    message.add_attachment(ics, maintype="application", subtype="ics", filename="invite.ics")
    return message.as_bytes()


def gmail(sender: str, ics: bytes) -> bytes:
    """Send an answer as Gmail does: by a helper, and marked as written by a machine."""
    return plain(
        sender, ics, Sender="Google Calendar <calendar-notification@google.com>",
        Auto_Submitted="auto-replied", Return_Path=f"<{sender}>",
    )  # fmt: skip


def exchange(uid: str, attendee: str, partstat: str = "ACCEPTED", **others: object) -> bytes:
    """Send an answer as Exchange does: nobody who invited, zones of Windows, words in Latin 1."""
    ics = calendar(
        uid, attendee, partstat, organizer="", zones=WINDOWS_ZONE,
        start="DTSTART;TZID=Eastern Standard Time:20270302T120000",
        extra="COMMENT;LANGUAGE=de-DE:\\n\nX-MICROSOFT-CDO-REPLYTIME:20270301T130500Z\n"
        "SUMMARY;LANGUAGE=de-DE:Zugesagt: Termin\n", **others,  # type: ignore[arg-type]
    )  # fmt: skip
    message = _mail(attendee)
    message.set_content("Grüße", charset="iso-8859-1")
    message.add_alternative(ics, maintype="text", subtype="calendar", cte="base64",
                            params={"charset": "utf-8", "method": _method(ics)})  # fmt: skip
    return message.as_bytes()


def fastmail(sender: str, ics: bytes) -> bytes:
    """Send an answer as Cyrus does: it says what is inside, and how the request went."""
    done = b"REQUEST-STATUS:2.0;Success\r\nSUMMARY:"
    kind = b"text/calendar; component=vevent;"
    return plain(sender, ics.replace(b"SUMMARY:", done)).replace(b"text/calendar;", kind, 1)


def apple(uid: str, attendee: str) -> bytes:
    """Send an answer as Apple's calendar does: attached, and somebody known by a path."""
    ics = calendar(uid, attendee).replace(
        f":mailto:{attendee}".encode(), f";EMAIL={attendee}:/1234/principal/".encode()
    )
    message = _mail(attendee)
    message.set_content("\n")
    message.add_attachment(ics, maintype="text", subtype="calendar", filename="iCal-reply.ics",
                           params={"method": "REPLY", "charset": "utf-8"})  # fmt: skip
    return message.as_bytes()


def attached(sender: str, ics: bytes, kind: str) -> bytes:
    """Send an answer only as a file."""
    message = _mail(sender)
    message.set_content("See the file.")
    main, _, sub = kind.partition("/")
    message.add_attachment(ics, maintype=main, subtype=sub, filename="reply.ics")
    return message.as_bytes()


def nested(sender: str, ics: bytes, *, deep: int) -> bytes:
    """Send an answer in a mail of parts in parts."""
    inner = (
        f"Content-Type: text/calendar; method={_method(ics)}; charset=utf-8\r\n\r\n".encode() + ics
    )
    for number in range(deep):
        line = f"line{number}".encode()
        inner = (
            b'Content-Type: multipart/mixed; boundary="' + line + b'"\r\n\r\n--' + line
            + b"\r\n" + inner + b"\r\n--" + line + b"--\r\n"
        )  # fmt: skip
    return f"From: {sender}\r\nTo: {CLINIC}\r\n".encode() + inner


def rich(sender: str) -> bytes:
    """Send an answer as Outlook does to a mailbox for which rich text is set."""
    message = _mail(sender)
    message.set_content("")
    message.add_attachment(b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef",
                           filename="winmail.dat")  # fmt: skip
    return message.as_bytes()


def words(sender: str, **headers: str) -> bytes:
    """Send what somebody wrote."""
    message = _mail(sender, **headers)
    message.set_content("I cannot come tomorrow. Please call me.")
    return message.as_bytes()


def bounce(recipient: str, message_id: str, *, action: str = "failed") -> bytes:
    """Send a mail of ours back as a mail server does (RFC 3464)."""
    return (
        "Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.harbor.example>\r\n"
        f"To: {CLINIC}\r\nAuto-Submitted: auto-replied\r\nSubject: Undelivered Mail\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.harbor.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
        "--x\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"From: {CLINIC}\r\nTo: {recipient}\r\nMessage-ID: {message_id}\r\n\r\n--x--\r\n"
    ).encode()
