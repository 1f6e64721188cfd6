"""Where a mail goes once it was taken in: a folder, or a mark where it cannot be moved."""

from imap_tools import BaseMailBox, ImapToolsError, MailMessageFlags

PROCESSED, FOR_A_PERSON = "Processed", "For a person"
TAKEN = "$Foreword"  # nobody else sets it, as somebody who looks in sets \Seen


class CannotFile(Exception):
    """The mailbox can only be read: a mail in it can neither be moved nor marked."""


def waiting(box: BaseMailBox) -> list[str]:
    """Return the mails that were not taken in."""
    return box.uids(f"UNKEYWORD {TAKEN}")


def put_away(box: BaseMailBox, uid: str, *, for_a_person: bool) -> None:
    """Move a mail that was taken in, or mark it: with a star if somebody should read it.

    Raises CannotFile.
    """
    try:
        box.move(uid, _folder(box, FOR_A_PERSON if for_a_person else PROCESSED))
    except ImapToolsError:
        _mark(box, uid, [TAKEN, MailMessageFlags.FLAGGED] if for_a_person else [TAKEN])


def _mark(box: BaseMailBox, uid: str, flags: list[str]) -> None:
    stored, _ = box.client.uid("STORE", uid, "+FLAGS.SILENT", f"({' '.join(flags)})")
    if stored != "OK" or uid in waiting(box):  # many servers say yes to what they do not keep
        raise CannotFile


def _folder(box: BaseMailBox, name: str) -> str:
    """Return a folder, made if it is missing; some servers want all of them below the inbox."""
    if not box.folder.exists(name):
        try:
            box.folder.create(name)
        except ImapToolsError:
            below = f"INBOX{box.folder.list()[0].delim}{name}"
            if not box.folder.exists(below):
                box.folder.create(below)
            return below
    return name
