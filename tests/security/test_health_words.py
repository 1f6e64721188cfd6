"""What a patient wrote and answered is on no page, paper or file of reception and owners (T12)."""

import pytest
from flask import Flask

from app.domain.staff import Role
from app.services import appointment, outage, previsit, question_list, reading
from app.services import clinic as clinics
from app.web import outage as packs
from tests.clinics import RIVERA, Guest, person
from tests.conftest import MONDAY_8AM
from tests.services.previsit import FORM
from tests.services.reading import WORDS, answer, check_of, read_all, stand, wrong
from tests.staffing import Colleague
from tests.web.walker import PRIMER

CANARIES = ("Quillfeather", "Brackenbury", "Yellowhammer", "Marrowstone", *WORDS)
PAGES = (
    "day?date=2027-03-02", "week?date=2027-03-02", "day/sheet?date=2027-03-02",
    "day/cards?date=2027-03-02", "find?q=hale", "figures?from=2027-03-01&until=2027-03-07",
    "figures.csv?from=2027-03-01&until=2027-03-07", "journal",
    "appointment/{reference}", "appointment/{reference}/card", "appointment/{reference}/brief",
    "appointment/{reference}/brief/glass",
)  # fmt: skip


@pytest.fixture
def reference(site: Flask) -> str:
    """Give a visit whose patient wrote and answered all that can be."""
    with site.app_context():
        guest = Guest(MONDAY_8AM, way="primer")
        reading.start(visit=guest.visit, primer=PRIMER, answered_by="self", now=MONDAY_8AM)
        read_all(guest, PRIMER)
        q1 = check_of(PRIMER, "Q1")
        answer(guest, q1, wrong(q1))
        stand(guest, PRIMER, K5="talk")
        question_list.change(
            guest.visit, lambda before: before.added("Yellowhammer?"), now=MONDAY_8AM
        )
        held = guest.hold()
        who = person()
        guest.say(who, question="Quillfeather?", told=("B2",))
        made = guest.confirm(held.id)
        appointment.unlock(made, who.birth_date, actor=guest.actor, now=MONDAY_8AM)
        for name, given in (
            ("life", {"goal": ["Brackenbury"]}),
            ("tried", {"scans": ["Marrowstone"], "scans_how": ["bring"]}),
        ):
            part = FORM.part(name)
            assert part is not None
            previsit.save(
                made, part, given, edition="2026-11-21", actor=guest.actor, now=MONDAY_8AM
            )
        return made


def told_on(text: str) -> list[str]:
    return [word for word in CANARIES if word in text]


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.OWNER])
def test_t12_no_page_of_reception_or_owners_says_what_a_patient_wrote(
    site: Flask, reference: str, role: Role
) -> None:
    somebody = Colleague(site, role)

    pages = {path: somebody.get(f"/staff/{path.format(reference=reference)}") for path in PAGES}

    assert {path: told_on(page.text) for path, page in pages.items() if told_on(page.text)} == {}
    assert "Brings them" in pages["day/sheet?date=2027-03-02"].text


def test_the_clinician_whose_patient_it_is_reads_all_of_it(site: Flask, reference: str) -> None:
    rivera = Colleague(site, Role.CLINICIAN, clinician_id=RIVERA)

    page = rivera.get(f"/staff/appointment/{reference}/brief").text

    assert told_on(page) == list(CANARIES)


@pytest.mark.parametrize("kind", ["csv", "ics"])
def test_t12_no_file_says_what_a_patient_wrote(site: Flask, reference: str, kind: str) -> None:
    owner = Colleague(site, Role.OWNER)
    owner.get("/staff/day")

    file = owner.post("/staff/export", {"kind": kind, "date": "2027-03-02"}).text

    assert reference in file
    assert told_on(file) == []


def test_t12_the_outage_pack_says_nothing_that_a_patient_wrote(site: Flask, reference: str) -> None:
    with site.app_context():
        folder = site.extensions["settings"].outage
        made = packs.write(folder, now=MONDAY_8AM)
        pack = outage.collect(clinics.load(), now=MONDAY_8AM)

    assert made is not None
    files = b" ".join(file.read_bytes() for file in made.iterdir() if file.suffix != ".pdf")
    assert reference.encode() in files
    assert told_on(files.decode()) == []
    assert told_on(repr(pack)) == []  # what the PDF is made of
