"""What can still be changed, and until when, in words."""

from flask_babel import gettext as _

from app.content import when
from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.web.layout import language


def change_rule(wish: Wish, clinic: Clinic) -> str:
    """Say until when an appointment can be moved or cancelled here."""
    until = wish.start - clinic.visit_types[wish.visit_type_id].change_until
    zone = clinic.locations[wish.location_id].zone
    moment = when.day_and_clock(until, zone, language())
    return _("You can move or cancel it here until %(moment)s.", moment=moment)
