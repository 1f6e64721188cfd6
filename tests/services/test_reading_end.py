"""The end of the primer: statements, own words, and what the doctor goes over."""

import pytest
from sqlalchemy import select

from app.content.primer import Primer
from app.domain.primer import PARTS
from app.domain.refusals import PrimerNeeded, UnknownAnswer
from app.services import reading
from app.services.reading import Stand
from app.storage.database import db
from app.storage.models import RecordEntry
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.services.reading import WORDS, answer, check_of, count, read_all, record, stand, wrong


def test_each_statement_answered_is_one_entry_with_the_sha_of_its_words(
    reader: Guest, primer: Primer
) -> None:
    read_all(reader, primer)

    progress = stand(reader, primer, K1="understand", K3="talk", K8="skip")

    answered = select(RecordEntry).where(RecordEntry.kind == "statement")
    kept = {entry.subject: entry.shown_sha for entry in db.session.scalars(answered)}
    assert progress.statements == {"K1": "understand", "K3": "talk", "K8": "skip"}
    assert progress.finished
    shas = {item.id: item.sha for item in primer.statements.items}
    assert kept == {name: shas[name] for name in ("K1", "K3", "K8")}


def test_no_answer_at_all_is_an_end_too(reader: Guest, primer: Primer) -> None:
    read_all(reader, primer)

    progress = reading.acknowledge(primer, Stand(answers={}), visit=reader.visit, now=MONDAY_8AM)

    assert progress.finished
    assert [kind for kind, _subject, _said in record(reader)][-1] == "end"


def test_the_same_end_again_adds_nothing_and_another_answer_one_entry_and_an_end(
    reader: Guest, primer: Primer
) -> None:
    read_all(reader, primer)
    stand(reader, primer, K1="understand")
    before = count()

    stand(reader, primer, K1="understand")
    after_the_same = count()
    progress = stand(reader, primer, K1="talk")

    assert after_the_same == before
    assert count() == before + 2
    assert progress.statements == {"K1": "talk"}


@pytest.mark.parametrize("forged", [{"K1": "agree"}, {"K9": "understand"}, {"K1": ""}])
def test_a_forged_statement_answer_keeps_nothing(
    reader: Guest, primer: Primer, forged: dict[str, str]
) -> None:
    read_all(reader, primer)
    said = Stand(answers={"K2": "talk"} | forged)
    before = count()

    with pytest.raises(UnknownAnswer):
        reading.acknowledge(primer, said, visit=reader.visit, now=MONDAY_8AM)

    assert count() == before


def test_the_end_needs_all_parts(reader: Guest, primer: Primer) -> None:
    for page in primer.pages[: PARTS - 1]:
        reading.turn_page(page, visit=reader.visit, now=MONDAY_8AM)

    with pytest.raises(PrimerNeeded):
        stand(reader, primer)


def test_the_end_needs_the_right_answer_on_fever_to_be_seen(reader: Guest, primer: Primer) -> None:
    fever = check_of(primer, primer.must_see[0])
    for page in primer.pages:
        reading.turn_page(page, visit=reader.visit, now=MONDAY_8AM)
    answer(reader, fever, wrong(fever))

    with pytest.raises(PrimerNeeded):
        stand(reader, primer)
    answer(reader, fever, wrong(fever), before=1)

    assert stand(reader, primer).finished


def test_own_words_are_shown_again_and_are_not_readable_in_the_database(
    reader: Guest, primer: Primer
) -> None:
    read_all(reader, primer)

    stand(reader, primer)

    payloads = b"".join(db.session.scalars(select(RecordEntry.payload)))
    assert reading.own_words(reader.visit) == list(WORDS)
    assert b"walk my dog" not in payloads
    assert b"understand" not in payloads


def test_the_end_says_what_the_doctor_goes_over(reader: Guest, primer: Primer) -> None:
    check = check_of(primer, "Q1")
    answer(reader, check, wrong(check))
    read_all(reader, primer)

    stand(reader, primer, K4="talk")

    *_rest, (kind, _subject, said) = record(reader)
    assert kind == "end"
    assert said["go_over"] == ["Q1"]
    assert said["statements"] == {"K4": "talk"}
