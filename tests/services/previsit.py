"""The form before the visit, as a clinic of the United States asks it."""

from app.content import library
from app.content.previsit import PreVisit
from app.settings import ROOT

FORM: PreVisit = library.previsit(
    library.Copy(
        folder=ROOT / "primer",
        edition="2026-11-21",
        language="en",
        jurisdiction="us",
        clinic_phone="(865) 555-0142",
        nurse_line=None,
    )
)
