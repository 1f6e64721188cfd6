"""A country's pack is whole, once its clinic and, where we are silent, its lawyer spoke."""

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml

from app.content.packs import jurisdictions, read_pack
from app.content.primer import load
from app.domain.safety import Tier
from tests.content.conftest import CLINIC, EDITION, PRIMER, shown

WORDS = {**CLINIC, "support_line": "Call 555-0190", "insurance_sentence": "Ask us who pays."}
FOR_LAWYERS = ("regulator_name", "regulator_short", "regulator_statement", "K2", "Q5")


def by_lawyers(folder: Path, country: str) -> list[str]:
    """Fill what only a lawyer may say, as one would; return the names of what was empty."""
    path = folder / EDITION / "packs" / f"{country}.yaml"
    pack = yaml.safe_load(path.read_text("utf-8"))
    model = yaml.safe_load((PRIMER / EDITION / "packs/uk.yaml").read_text("utf-8"))["texts"]["en"]
    said = {**model, "regulator_name": "the agency"}
    empty = [name for name in FOR_LAWYERS if pack["texts"]["en"][name] is None]
    pack["texts"]["en"] |= {name: said[name] for name in empty}
    path.write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    return empty


@pytest.mark.parametrize(
    ("country", "number", "for_lawyers"),
    [("us", "911", 0), ("uk", "999", 1), ("eu", "112", 1), ("au", "000", 5)],
)
def test_every_country_reads_the_whole_guide_once_its_lawyer_and_clinic_spoke(
    copy: Path, country: str, number: str, for_lawyers: int
) -> None:
    assert len(by_lawyers(copy, country)) == for_lawyers

    primer = load(copy, EDITION, "en", read_pack(copy, EDITION, country), WORDS)

    others = {"911", "999", "112", "000"} - {number}
    assert len(primer.pages) == 10
    assert f"call {number}" in primer.safety.tier(Tier.EMERGENCY).items[0].screen_text.lower()
    assert not re.search(rf"(?i)\bcall ({'|'.join(others)})\b", json.dumps(asdict(primer.safety)))


def test_only_the_us_shows_the_primer_without_being_asked_to() -> None:
    packs = {name: read_pack(PRIMER, EDITION, name) for name in jurisdictions(PRIMER, EDITION)}

    off = [name for name, pack in packs.items() if not pack.default_on]
    assert off == ["au", "eu", "uk"]
    assert all(packs[name].off_reason for name in off)


def test_a_cost_that_the_pack_does_not_know_says_to_ask() -> None:
    clinic = {**CLINIC, "insurance_sentence": "Ask us who pays."}
    pack = read_pack(PRIMER, EDITION, "uk")

    costs = {row.id: row.cost for row in load(PRIMER, EDITION, "en", pack, clinic).page(7).choices}

    assert costs["exercise"] == "Ask what it costs."
    assert costs["wait"] == "No cost."


def test_the_uk_reads_its_own_words_and_the_clinics_name_stays() -> None:
    clinic = {"clinic_phone": "the Back Center, 01632 960 555", "insurance_sentence": "Ask us."}
    pack = read_pack(PRIMER, EDITION, "uk")

    primer = load(PRIMER, EDITION, "en", pack, clinic)

    assert "tough outer ring and a soft centre" in primer.page(2).main[0].html
    assert "Go to A&E now or call 999." in primer.safety.tier(Tier.EMERGENCY).items[0].screen_text
    assert "the Back Center" in str(primer.safety.tier(Tier.CALL_TODAY).screen_added)
    assert not re.search(r"\bshots?\b", shown(primer).split('"sources"')[0])
