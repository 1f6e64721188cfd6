"""What is refused where accounts, signing in and settings are concerned, in words."""

from flask_babel import lazy_gettext as _

WORDS_OF_STAFF = {
    "busy_elsewhere": _(
        "The doctor is busy elsewhere at this time: their other calendar says so."
        " Please choose another time, or say why it may be."
    ),
    "too_many_calendars": _(
        "This doctor has ten other calendars already. Please remove one that is not needed."
    ),
    "password_short": _("Please choose a longer password: at least 12 characters."),
    "password_long": _("Please choose a shorter password: 128 characters at most."),
    "password_common": _(
        "Many people use a password like this one, so it is tried first."
        " Four words that have nothing to do with each other are a good one."
    ),
    "password_own": _(
        "This is little more than names of the clinic or your own. Please add words that"
        " nobody would guess."
    ),
    "wrong_sign_in": _("Address and password do not belong together. Please look at both again."),
    "wrong_password": _("This is not your password. Please look again."),
    "wait_to_sign_in": _(
        "That was tried too often. Please wait a few minutes, or sign in from another network."
    ),
    "wrong_code": _(
        "This code does not fit, or was used before. Please take the one that is shown now."
    ),
    "wrong_passkey": _("This passkey does not fit here. Please try again, or take another way."),
    "link_over": _("This link was used before, or is too old. Ask for a new one where you got it."),
    "address_taken": _("Somebody with this address works here, or did."),
    "not_oneself": _("Nobody changes their own role. Ask another owner."),
    "last_owner": _("Somebody has to own the clinic. Make somebody else an owner first."),
    "last_factor": _("This is your only second factor. Add another one first."),
    "calendar_needed": _("Please choose whose calendar a clinician has."),
    "agreement_needed": _(
        "This is much at once, so another owner has to agree. They got a mail just now. When they"
        " have, press again; within a day."
    ),
    "outside_failed": _(
        "Signing in there did not work. Please try again, or sign in with your password."
    ),
    "not_linked": _(
        "Nobody here is linked to this sign-in yet. Ask the owner of the clinic to link it."
    ),
    "linked_already": _("Somebody is linked to this number already. Please look at it again."),
    "wrong_device": _("This address and password open no calendar here, or not any more."),
    "device_name_needed": _("Please give the device a name, such as: my phone."),
    "device_named": _(
        "You have a device of this name, and it is in use. Please choose another name, or revoke"
        " that one first."
    ),
    "too_many_devices": _(
        "You have twenty devices. Please revoke those that you do not use any more."
    ),
    "not_a_busy_time": _(
        "From a calendar program you can keep a single stretch of time free. Appointments are"
        " booked in Foreword; events that repeat or have guests belong into another calendar."
    ),
    "known_elsewhere": _("This event is in a calendar of the clinic already."),
    "setting_changed": _(
        "Somebody else changed this just now. Nothing of yours is lost: it stands below as you"
        " typed it. Send it again to put it in place of theirs, or open the page anew to see"
        " theirs."
    ),
    "zone_in_use": _(
        "Appointments are still to come there, and another time zone would move each of them on"
        " the clock. Move them first, or add a second place with the right zone."
    ),
    "cannot_start": _(
        "With these settings the clinic could not show its pages. Below is what is missing."
        " Nothing was changed."
    ),
    "name_needed": _("Please give the link a name of up to 60 letters, such as: my phone."),
    "name_in_use": _(
        "A link of this name to this calendar is there already. Please take another name, or end"
        " that one first."
    ),
    "enough_links": _(
        "Five programs look at this appointment already. End the links below, then make a new one."
    ),
    "not_a_picture": _(
        "Please choose a PNG picture of at most 800 by 400 pixels that is small, up to 12 kB."
    ),
}

STATUS_OF_STAFF = {
    "link_over": 404,
    "wait_to_sign_in": 429,
    "wrong_sign_in": 422,
    "wrong_device": 401,
    "not_a_busy_time": 403,
    "device_name_needed": 422,
    "wrong_password": 422,
    "wrong_code": 422,
    "wrong_passkey": 422,
    "password_short": 422,
    "password_long": 422,
    "password_common": 422,
    "password_own": 422,
    "calendar_needed": 422,
    "address_taken": 422,
    "cannot_start": 422,
    "outside_failed": 422,
    "agreement_needed": 403,
    "not_linked": 403,
    "linked_already": 422,
    "not_a_picture": 422,
    "name_needed": 422,
    "name_in_use": 422,
}
