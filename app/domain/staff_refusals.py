"""What is refused to people who work at the clinic, where accounts and signing in are concerned."""

from datetime import datetime

from app.domain.refusals import Refused


class PasswordShort(Refused):
    """A password has at least twelve characters."""

    code = "password_short"


class PasswordLong(Refused):
    """A password has 128 characters at most."""

    code = "password_long"


class PasswordCommon(Refused):
    """Many people have this password: it is tried first."""

    code = "password_common"


class PasswordOwn(Refused):
    """The password is little more than the names of the clinic and the person."""

    code = "password_own"


class WrongSignIn(Refused):
    """Something of what was given is wrong; what, is not said."""

    code = "wrong_sign_in"


class WrongPassword(Refused):
    """The password is not the person's."""

    code = "wrong_password"


class WaitToSignIn(Refused):
    """So many tries were wrong that the next one has to wait, from this network."""

    code = "wait_to_sign_in"

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class WrongCode(Refused):
    """The code is wrong, was used before, or its half minute is over."""

    code = "wrong_code"


class WrongPasskey(Refused):
    """What the passkey answered does not fit what was asked."""

    code = "wrong_passkey"


class LinkOver(Refused):
    """The link was used, or is too old, or never was."""

    code = "link_over"


class AddressTaken(Refused):
    """Somebody with this address works here, or did."""

    code = "address_taken"


class NotOneself(Refused):
    """Nobody changes their own role, and nobody ends their own account."""

    code = "not_oneself"


class LastOwner(Refused):
    """Somebody has to own the clinic."""

    code = "last_owner"


class LastFactor(Refused):
    """The last second factor stays until there is another."""

    code = "last_factor"


class CalendarNeeded(Refused):
    """A clinician has a calendar."""

    code = "calendar_needed"


class AgreementNeeded(Refused):
    """Much at once leaves the clinic when another owner has agreed."""

    code = "agreement_needed"


class OutsideFailed(Refused):
    """What came back from the identity provider does not hold, or it cannot be reached."""

    code = "outside_failed"


class NotLinked(Refused):
    """Nobody who works here was linked to whoever signed in at the provider."""

    code = "not_linked"

    def __init__(self, subject: str = "") -> None:
        super().__init__()
        self.subject = subject


class LinkedAlready(Refused):
    """Somebody else who works here is linked to this number."""

    code = "linked_already"
