"""The evidence behind how sure we are: claim, verdict, evidence, references."""

import pytest

from app.content.fields import BadEdition, read_fields
from app.content.primer import Primer
from tests.content.conftest import EDITION, PRIMER, Edit, load_us


def test_every_claim_has_its_evidence_with_the_sources_it_rests_on(primer: Primer) -> None:
    rows = {row.id: row for page in primer.pages for row in page.may_have_read}

    assert len(rows) == 60
    assert all(row.claim and row.evidence for row in rows.values())
    assert rows["C57"].verdict == "overstated"
    assert rows["C57"].evidence.startswith("Low. 45 people had cells and 18 the sham")
    assert "2025" in rows["C57"].sources[0].text


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("verdict: well supported", "verdict: splendid", "there is no verdict splendid"),
        ("references: [R28]", "references: [R280]", "there is no reference R280"),
    ],
)
def test_evidence_that_cannot_be_shown_is_refused_by_its_line(
    edit: Edit, old: str, new: str, why: str
) -> None:
    folder = edit("claims.yaml", old, new)

    with pytest.raises(BadEdition, match=rf"claims.yaml:\d: .*{why}"):
        load_us(folder)


@pytest.mark.parametrize(("article", "topics"), [("A1", 25), ("A2", 41)])
def test_every_topic_of_both_articles_stands_on_a_page_with_what_is_known(
    primer: Primer, article: str, topics: int
) -> None:
    claims = read_fields(PRIMER / EDITION / "claims.yaml").named()
    made = {name for name, claim in claims.items() if article in claim.texts("articles")}

    shown = {row.id: row for page in primer.pages for row in page.may_have_read}

    assert len(made) == topics
    assert made <= set(shown)
    assert all(shown[name].articles_say and shown[name].what_is_known for name in made)
