"""The evidence behind how sure we are: claim, verdict, evidence, references."""

import pytest

from app.content.fields import BadEdition
from app.content.primer import Primer
from tests.content.conftest import Edit, load_us


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
