"""The laws that a clinic can choose among, and what the texts of each still miss."""

from dataclasses import dataclass

from app.content.editions import languages
from app.content.packs import jurisdictions, missing, read_pack
from app.domain.staff import Permission, Staff
from app.services import clinic as clinics
from app.services.edition import shown
from app.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A pack as its clinic sees it; *misses* are fields, each with the language it misses in."""

    id: str
    name: str
    emergency_number: str
    off_reason: str | None  # why the guide is not offered by default
    misses: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]  # that a state wants and nobody wrote


def listing(actor: Staff, settings: Settings) -> list[Law]:
    """Return every law of the edition that the clinic shows."""
    actor.needs(Permission.SETTINGS)
    clinic = clinics.load()
    found = []
    for jurisdiction in jurisdictions(settings.primer, clinic.edition):
        pack = read_pack(settings.primer, clinic.edition, jurisdiction)
        said = [one for one in languages(settings.primer, clinic.edition) if pack.texts.has(one)]
        copies = {one: shown(clinic, settings.primer, one).clinic_words for one in said}
        notices = [one.id for one in pack.notices if one.text is None]
        found.append(
            Law(
                id=jurisdiction,
                name=pack.name,
                emergency_number=pack.emergency_number,
                off_reason=None if pack.default_on else pack.off_reason,
                misses=tuple(
                    (name, language)
                    for language, words in copies.items()
                    for name in missing(pack, language, words)
                ),
                notices=tuple(one for one in notices if one not in settings.notices_not_needed),
            )
        )
    return found
