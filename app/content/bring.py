"""What to have at hand at a visit: the same on the page and in the mails."""

from flask_babel import gettext as _


def bring() -> tuple[str, ...]:
    """Return the list in words that anybody may read over the patient's shoulder."""
    return (
        _("Papers and pictures from other doctors, on paper or on your phone"),
        _("A list of the medicines you take, and how much of each"),
        _("Your questions, written down"),
        _("Somebody to listen with you, if you like"),
    )
