"""What every mail says of itself: its kind and language, from whom and to whom it is."""

from app.content import when
from app.domain.clinic import Clinic
from app.domain.letter import Letter, LetterKind
from app.storage.models import Mail


def headed(mail: Mail, clinic: Clinic, emergency_number: str, recipient_address: str) -> Letter:
    """Return a mail that says nothing else yet."""
    return Letter(
        kind=LetterKind(mail.kind),
        language=when.as_written_in(mail.language, clinic.country).replace("_", "-"),
        stamp=mail.due_at,
        recipient_address=recipient_address,
        clinic_name=clinic.name,
        clinic_phone=clinic.phone,
        clinic_address=clinic.email,
        emergency_number=emergency_number,
    )
