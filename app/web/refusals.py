"""The clinic's refusals, in words a patient understands."""

from flask_babel import lazy_gettext as _

from app.domain.refusals import Refused
from app.web.refusals_of_staff import STATUS_OF_STAFF, WORDS_OF_STAFF

WORDS = WORDS_OF_STAFF | {
    "refused": _("This is not possible. Please call us."),
    "slot_taken": _("This time has just been taken. Please choose another one."),
    "not_offered": _("This time is not offered. Please choose another one."),
    "nothing_offered": _(
        "Just now no visit can be booked here. Please call us and we find a time together."
    ),
    "hold_ended": _(
        "This time is not kept for you any more: its minutes were over, or you chose another"
        " time in another window. What you typed is still here. Please look at the time again."
    ),
    "hold_closed": _(
        "The clinic had to close this time after it was kept for you. We are sorry. Please choose"
        " another one: what you typed is still here."
    ),
    "nothing_held": _("No time is kept for you yet. Please choose one."),
    "hold_at_limit": _(
        "We can keep a time for half an hour in all. Please book it now, or choose again."
    ),
    "too_many_holds": _(
        "Many times are being booked from your network just now."
        " Please try again in ten minutes, or call us and we book with you."
    ),
    "day_nearly_full": _(
        "Several people are booking on this day just now."
        " Please choose another day, or try again in ten minutes."
    ),
    "too_many_appointments": _(
        "There are already three coming appointments for this e-mail address."
        " To book another one, please call us."
    ),
    "too_many_bookings": _(
        "Many appointments were booked from your network today. Please call us to book one more."
    ),
    "too_many_tries": _("That was tried too often. Please wait an hour, or call us."),
    "details_missing": _("Please tell us first who comes."),
    "safety_check_needed": _(
        "Please answer the safety questions first. If you did so before, some time has passed"
        " and we ask again."
    ),
    "primer_needed": _(
        "This visit is booked after reading the guide. You can also book a general visit,"
        " which needs no reading."
    ),
    "phone_only": _(
        "We book for people under 18 by phone only. Please call us and we find a time together."
    ),
    "not_confirmed": _(
        "This appointment is not confirmed yet. Please open the link in our mail first."
    ),
    "too_late": _(
        "It is too close to your appointment to change it here. Please call us: we help you."
    ),
    "already_cancelled": _("This appointment was cancelled before. You need not do anything."),
    "already_over": _("This appointment has begun or is over. Please call us if you need us."),
    "changed_meanwhile": _(
        "This appointment was changed just now, perhaps in another window."
        " Here is how it stands. Nothing was changed by this press."
    ),
    "in_the_past": _("This time is over. Please choose one that is still to come."),
    "clinic_closed": _(
        "The doctor has no hours there for the whole of the visit. Please choose another time."
    ),
    "would_break": _(
        "Appointments would lose their time. Please look at them first; nothing is saved yet."
    ),
    "hours_changed": _(
        "A colleague changed this just now, or took it back. What you wrote is still here, and"
        " nothing was changed by this press. Press again if it is still right."
    ),
    "hours_overlap": _(
        "The doctor has hours at that place and time already. Please change those, or choose"
        " other times."
    ),
    "not_today": _(
        "This can be noted from the day of the visit on; that somebody missed it, once it began."
    ),
    "nothing_to_undo": _("There is nothing to undo: it was not done today, or is undone already."),
    "not_treating": _(
        "This is another clinician's patient. To read it all the same, say why: the owner is told."
    ),
    "reason_needed": _("Please say why, in a few words."),
    "period_odd": _(
        "Please choose two days, the first before the last, and a year in all at most."
    ),
    "nothing_written": _("Please write what they should know or do."),
    "too_long": _("Please write it shorter: up to 500 letters."),
    "too_vague": _(
        "Please type at least three letters of the name, four digits of the phone,"
        " the whole birth date or the whole reference."
    ),
    "too_much_typed": _(
        "That is too much at once. Please look for one person: a name, a birth date, a phone"
        " number or a reference."
    ),
    "offer_over": _(
        "This time is not kept for you any more: the time to answer is over, and somebody else"
        " may have it. Your appointment, if you have one, is as it was. Please call us for"
        " another time."
    ),
    "offer_answered": _(
        "You answered this offer before. Here is how it stands. Nothing was changed by this press."
    ),
    "offer_withdrawn": _(
        "We had to take this offer back. Your appointment, if you have one, is as it was."
        " Please call us if you have a question."
    ),
    "offer_overtaken": _(
        "Your appointment was changed or cancelled after we made this offer, so it is over."
        " Nothing was changed by this press."
    ),
    "already_offered": _(
        "This person is asked about a time already. Take that offer back first, or wait for the"
        " answer."
    ),
    "too_many_waiting": _(
        "This address is on our list often enough, or many people of your network asked today."
        " Please call us: we find a time together."
    ),
    "too_many_links": _(
        "This address was sent its links as often as it may be today. Please call this person."
    ),
    "already_settled": _("A colleague settled this just now. Nothing was done twice."),
    "not_waiting": _("This person is not on the waiting list any more."),
    "too_many_offered": _("Please offer five times at most: nobody else can have them meanwhile."),
    "not_yours": _("We cannot find this page."),
    "edition_gone": _(
        "The guide you read is not kept here any more. Please call us: a person goes through it"
        " with you."
    ),
    "edition_changed": _(
        "The guide you read cannot be shown as it was then. Please call us: we look into it."
    ),
    "guide_resting": _(
        "The guide is being looked over just now. Please call us: a person goes through it"
        " with you."
    ),
    "unlock_needed": _("Please give the birth date first."),
    "wrong_birth_date": _("This is not the birth date of this appointment. Please look again."),
    "unknown_code": _(
        "We do not know this code. Look at each letter again. A code lasts for 30 days."
    ),
    "unknown_instrument": _("There is no questionnaire of this name."),
    "not_here": _("The sentences of this questionnaire are not here."),
    "unknown_limit": _("The safety check has no limit of this name."),
    "limit_loosened": _(
        "A limit of the safety check can only be tightened, so that it stops more people."
    ),
    "not_allowed": _("Your role does not allow this. The owner of the clinic can change that."),
    "sign_in_needed": _("Please sign in first."),
    "too_far_ahead": _("This is more than two years ahead. Please look at the year."),
    "days_unclear": _("Please write a whole number of days, from 1 to 14."),
    "looks_known": _(
        "Perhaps the clinic knows this person already. Look once more, or book it anyway."
    ),
    "unknown_answer": _("This answer does not belong to the question. Please answer again."),
}

STATUS = STATUS_OF_STAFF | {
    "not_yours": 404,
    "not_allowed": 403,
    "not_treating": 403,
    "period_odd": 422,
    "reason_needed": 422,
    "sign_in_needed": 401,
    "edition_gone": 410,
    "too_many_holds": 429,
    "day_nearly_full": 429,
    "too_many_bookings": 429,
    "too_many_tries": 429,
    "too_many_waiting": 429,
    "too_many_links": 429,
    "phone_only": 422,
    "wrong_birth_date": 422,
    "unknown_code": 422,
    "nothing_written": 422,
    "too_long": 422,
    "too_vague": 422,
    "too_much_typed": 422,
    "unknown_answer": 422,
    "days_unclear": 422,
}


def say(refusal: Refused) -> str:
    """Put a refusal into the reader's language."""
    return str(WORDS[refusal.code])


def wrong(refusal: Refused | None) -> str | None:
    """Put a refusal into words, if there is one."""
    return say(refusal) if refusal else None


def status(refusal: Refused | None) -> int:
    """Return the HTTP status that fits a refusal; 409 means: as things stand, no."""
    return STATUS.get(refusal.code, 409) if refusal else 200
