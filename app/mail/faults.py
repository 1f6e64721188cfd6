"""Why a mail was not handed over: a code to keep and to log, with nothing personal in it."""


class Undelivered(Exception):
    """A mail that nobody took."""

    permanent = False

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(Undelivered):
    """The mail is not taken, now or later: somebody should use the phone."""

    permanent = True


class TryLater(Undelivered):
    """The mail may go another time."""


class ServerAway(TryLater):
    """No mail would go now: the server cannot be reached, or does not let the clinic in."""
