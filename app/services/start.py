"""What must be in order before a clinic shows anything: edition, pack, its lawyer's word."""

from collections.abc import Iterator
from pathlib import Path

from app.content import library
from app.content.editions import languages
from app.content.fields import BadEdition
from app.domain.clinic import Clinic
from app.services import clinic as clinics
from app.services.edition import shown
from app.settings import Settings


def check(settings: Settings) -> list[str]:
    """Say what keeps the clinic from starting, each with its file, and line where it has one.

    A real clinic's lawyer has looked over the pack; the demonstration clinic is marked instead.
    """
    return faults(clinics.load(), settings)


def faults(clinic: Clinic, settings: Settings) -> list[str]:
    """Say the same of a clinic that may not be as it is kept: before somebody changes it."""
    wrong = list(_unreadable(clinic, settings.primer))
    if not wrong and clinic.primer_on and not clinic.demonstration:
        wrong += _unconfirmed(clinic, settings)
    return wrong


def _unreadable(clinic: Clinic, folder: Path) -> Iterator[str]:
    """Read all that the clinic may show, in every language that its pack has texts for."""
    first = shown(clinic, folder, clinic.language)
    try:
        library.front(first)
        texts = library.pack(first).texts.data
        written = [name for name in languages(folder, clinic.edition) if name in texts]
    except BadEdition as error:
        yield str(error)
        return
    if not written:
        yield f"{folder / clinic.edition}: the pack {clinic.jurisdiction} has no language of it"
    for language in written:
        try:
            copy = shown(clinic, folder, language)
            library.safety(copy)
            if clinic.primer_on:
                library.primer(copy)
        except BadEdition as error:
            yield str(error)


def _unconfirmed(clinic: Clinic, settings: Settings) -> Iterator[str]:
    pack = library.pack(shown(clinic, settings.primer, clinic.language))
    file = settings.primer / clinic.edition / "packs" / f"{pack.jurisdiction}.yaml"
    if not settings.pack_lawyer:
        yield f"{file}: PACK_LAWYER must say which lawyer looked over this pack"
    for notice in pack.notices:
        if notice.text is None and notice.id not in settings.notices_not_needed:
            yield f"{file}: {notice.id}: write the notice, or name it in NOTICES_NOT_NEEDED"
