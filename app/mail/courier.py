"""Delivering the mails the clinic owes, one after the other."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from jinja2 import Environment

from app.clock import Clock
from app.domain.letter import Letter
from app.mail.faults import ServerAway, Undelivered
from app.mail.message import Envelope, write
from app.mail.transport import Send
from app.services import outbox

log = logging.getLogger(__name__)


class Outcome(Enum):
    """How it went with one mail."""

    HANDED_OVER = auto()
    WITHDRAWN = auto()
    NOT_TAKEN = auto()
    SERVER_AWAY = auto()


class Unwritten(Undelivered):
    """The mail could not be put together; the code names the kind of error, not its words."""

    def __init__(self, error: Exception) -> None:
        super().__init__(f"unwritten_{type(error).__name__}")


def never() -> bool:
    """Go on until nothing is due."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Who carries the mails; *letter* looks up what a mail says at the moment it leaves.

    It works in the application's context, where templates find their language.
    """

    owner: str
    send: Send
    letter: Callable[[int, datetime], Letter | None]
    environment: Environment
    host: Callable[[], str]

    def deliver_due(self, *, clock: Clock, stopping: Callable[[], bool] = never) -> int:
        """Deliver until nothing is due or the server is away; return how many went.

        The clock is asked before each mail: a lease counts from when the mail is taken, and
        a slow server may keep the courier for minutes.
        """
        delivered = 0
        while not stopping():
            outcome = self.deliver_next(now=clock())
            if outcome in (None, Outcome.SERVER_AWAY):
                break
            delivered += outcome is Outcome.HANDED_OVER
        return delivered

    def deliver_next(self, *, now: datetime) -> Outcome | None:
        """Deliver the mail that waits longest, or return None when none is due.

        A courier that dies midway leaves the mail leased, and another tries again: a mail
        may arrive twice, under the same Message-ID, but is never lost.
        """
        mail = outbox.lease(now=now, owner=self.owner)
        if mail is None:
            return None
        try:
            envelope = self._say(mail.id, now)
        except Undelivered as fault:
            return self._keep(mail.id, fault, now)
        except Exception as error:  # noqa: BLE001  one mail that cannot be written stops no other
            return self._keep(mail.id, Unwritten(error), now)
        if envelope is None:
            outbox.withdraw(mail.id, self.owner)
            return Outcome.WITHDRAWN
        outbox.handed_over(mail.id, self.owner, sender=envelope.sender, now=now)
        log.info("mail %s handed over", mail.id)
        return Outcome.HANDED_OVER

    def _say(self, mail_id: int, now: datetime) -> Envelope | None:
        """Hand the mail over and return it; None when there is nothing to say any more."""
        letter = self.letter(mail_id, now)
        if letter is None:
            return None
        envelope = write(letter, environment=self.environment, host=self.host())
        self.send(envelope)
        return envelope

    def _keep(self, mail_id: int, fault: Undelivered, now: datetime) -> Outcome:
        log.warning("mail %s not handed over: %s", mail_id, fault.code)
        outbox.failed(mail_id, self.owner, fault.code, permanent=fault.permanent, now=now)
        return Outcome.SERVER_AWAY if isinstance(fault, ServerAway) else Outcome.NOT_TAKEN
