"""What the clinic refuses.  A code is stable: pages, mails and the API put it into words."""


class Refused(Exception):
    """A rule said no, and nothing was changed."""

    code = "refused"


class SlotTaken(Refused):
    """Somebody else has this time."""

    code = "slot_taken"


class NotOffered(Refused):
    """The clinic does not open this time, or no longer."""

    code = "not_offered"


class NothingOffered(Refused):
    """Just now the clinic gives no visit that this person could book here."""

    code = "nothing_offered"


class HoldEnded(Refused):
    """The time kept for the person came free, and somebody else took it."""

    code = "hold_ended"


class HoldClosed(Refused):
    """The time kept for the person was closed: the doctor is not in any more."""

    code = "hold_closed"


class NothingHeld(Refused):
    """No time is kept for this person."""

    code = "nothing_held"


class HoldAtLimit(Refused):
    """The hold was extended as long as it can be."""

    code = "hold_at_limit"


class TooManyHolds(Refused):
    """So many times are being booked from one network that others would find none."""

    code = "too_many_holds"


class DayNearlyFull(Refused):
    """So many times of this day are being booked just now that the rest is kept open."""

    code = "day_nearly_full"


class TooManyAppointments(Refused):
    """One e-mail address has as many coming appointments as it may."""

    code = "too_many_appointments"


class TooManyBookings(Refused):
    """One network booked as often today as it may."""

    code = "too_many_bookings"


class TooManyTries(Refused):
    """Too many wrong answers in an hour."""

    code = "too_many_tries"


class DetailsMissing(Refused):
    """Nobody said yet who comes."""

    code = "details_missing"


class SafetyCheckNeeded(Refused):
    """The safety check was not done, or more than a day ago."""

    code = "safety_check_needed"


class PrimerNeeded(Refused):
    """The type of visit is booked after reading the primer."""

    code = "primer_needed"


class PhoneOnly(Refused):
    """Somebody under eighteen is booked by phone."""

    code = "phone_only"


class NotConfirmed(Refused):
    """The appointment waits for its link, opened from the mail, to be pressed."""

    code = "not_confirmed"


class TooLate(Refused):
    """The time to move or cancel online has passed."""

    code = "too_late"


class AlreadyCancelled(Refused):
    """The appointment was cancelled before."""

    code = "already_cancelled"


class AlreadyOver(Refused):
    """The appointment has begun or is over."""

    code = "already_over"


class ChangedMeanwhile(Refused):
    """Somebody else changed the appointment since it was seen."""

    code = "changed_meanwhile"


class NotYours(Refused):
    """The person has no link to this appointment, or there is none of that name."""

    code = "not_yours"


class EditionGone(Refused):
    """The edition that was read is not kept here any more."""

    code = "edition_gone"


class EditionChanged(Refused):
    """The files of the edition that was read are not what they were then."""

    code = "edition_changed"


class GuideResting(Refused):
    """The guide was not looked over in time: a person goes through it with the patient."""

    code = "guide_resting"


class UnlockNeeded(Refused):
    """Health words are shown after the birth date only."""

    code = "unlock_needed"


class WrongBirthDate(Refused):
    """The birth date is not the one on the appointment."""

    code = "wrong_birth_date"


class UnknownLimit(Refused):
    """The safety check has no limit of this name that a clinic can set."""

    code = "unknown_limit"


class LimitLoosened(Refused):
    """A limit of the safety check is only ever tightened: it stops more people, never fewer."""

    code = "limit_loosened"


class UnknownInstrument(Refused):
    """There is no questionnaire of this name."""

    code = "unknown_instrument"


class NotHere(Refused):
    """The sentences of the questionnaire are not here: they belong to somebody else."""

    code = "not_here"


class UnknownCode(Refused):
    """No reading goes by this code, or its thirty days are over."""

    code = "unknown_code"


class UnknownAnswer(Refused):
    """The answer belongs to no question that was shown."""

    code = "unknown_answer"


class NotAllowed(Refused):
    """The person's role does not allow this."""

    code = "not_allowed"


class SignInNeeded(Refused):
    """Nobody is signed in, or no longer."""

    code = "sign_in_needed"
