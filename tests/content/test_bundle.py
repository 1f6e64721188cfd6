"""Canonical form 1: what a fingerprint of the record stands for."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from hashlib import sha256

import pytest

from app.content import bundle
from app.content.bundle_page import page as page_shown
from app.content.fingerprint import Setting, sha_of
from app.content.pages import Page
from app.content.primer import Primer
from app.content.statements import Statement

SETTING = Setting("2026-11-21", "en", "us")
UNSEEN = {"html", "sha", "slug"}  # drawn from the same words, made from them, part of an address

# The shipped edition, as the clinic of these tests shows it.  Once the edition is frozen these
# never change: a change of them would make every record kept so far say something else.
SHIPPED = {
    "bundle": "3bec88d8a01ee43fbaf3fb6af892946ac79fc0e1f80a454a2b36f0614dfa9ae0",
    "safety": "8c00aa44a4efe3f61fc8b25cc1347376b8ea373e6acb9aa8620ec29c3558a937",
    "teach_back": "d9c48641d50e557e70614656821d21ed2aca3d889eb9d0619efddb0ba44d4ba6",
    "S0": "942080ed8624248db4d45d66cf2647fdaf63aa3c98c8153bd824e532a564ec8c",
    "S1": "159d3afa6120cfb14fde167cc98a3e705228085b10dec114ccc8094c47933422",
    "S2": "e9ee0d24bb8ab340d196907118d4b4128aa31932c1e9c76c5a88f6e0d96c6f7a",
    "S3": "b861a827e5634ddb6302e9a3e3acf66793416528736ac57b4835ddabb32b5276",
    "S4": "943fa654cb7e316d16d5f8827c87ca29e7b013d454adef13483eb0ef050f2104",
    "S5": "ebcd37ab1d67fcd4b649e9b515ebb28b54776477c8fb4dcc70df807a365c1942",
    "S6": "e3a9c2b087b2c051dc623588a9b3c66582b3f5b2b8807736a7c83a81d72e245e",
    "S7": "6e5d52e598820539a306194298bd71ec0b35493ef7fc3e7db600abc2c90b6828",
    "S8": "614474b6950646545d671be5ce4f0602803db2aeeb55b1b0c41059a1c32dd870",
    "S9": "12633e2528d3a997d35cc01f6a80ee63f60b376f0aa5219a3e3e7c541af229c2",
    "Q1": "6f8be21f004c09f930702418a5ebcaa04d68c29e01d6d62ac17b37cb6eadf4f2",
    "Q2": "d787e16543fa065379fbe3a61e2a9cf973c9954d977b9d4316623569b500d562",
    "Q3": "1e3b01c75e434e65c4fe8cd68314c7e9a2ab9ddc1b45c47efdc7e9248bed8197",
    "Q4": "3a8f0cf88a929ecde2906c7a2d0539596ac53d14feaeba911ee588450600dea1",
    "Q6": "4f85f4af686bcef9449e2ffec01b6c69afc4f312d229a0cc8679f9bf5d24987b",
    "Q5": "a5fd32f5066ae3216caf3ecf8084bccd95876c4990f674b8af5bcfc66bb292d9",
    "Q7": "e546dc3a3ae396469025c5ceb0f812227d802dd3fe63bdb8118ed0d48fa76b0e",
    "K1": "aa9eae294ddb90fac4bb549e1cdf468feb9d1e769f56a1279cd67a104ff8488f",
    "K2": "70c6935b8bd5717addd0307cbbe6b9bc8d6b48e5df922ae5d48ba715642900b7",
    "K3": "6b43d98ba6285f888e2fe851dcabd88669cc0718bbb0589da83ce8d34ae9fdd6",
    "K4": "636ce2ff6282a43011f4112b0b0abbe327dfa7bb9302e51c66464e9d430bb33e",
    "K5": "3b8f3455300941a6eae3ae6997efa7d33154669554b94b777174e16696dbafdd",
    "K6": "be831b5def4a617c3b5a493b9f61d4c1880d91c136b3da6423fcd2f615b31bf6",
    "K7": "06bf82bff0c613e4228874a549f85d3900260d67a9392043ff4f9e1f6b29daa1",
    "K8": "dd36103a2353423c6855e7aafd7760c49b01ba55cb2dc8e697ff3eade04ccb34",
}


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in UNSEEN:
                yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


def test_the_shipped_edition_has_the_fingerprints_that_were_written_down(primer: Primer) -> None:
    found = {page.id: page.sha for page in primer.pages}
    found |= {page.check.id: page.check.sha for page in primer.pages if page.check}
    found |= {item.id: item.sha for item in primer.statements.items}
    found |= {"teach_back": primer.teach_back.sha, "safety": primer.safety.sha}

    assert found | {"bundle": primer.sha} == SHIPPED


def test_whatever_a_patient_may_read_is_in_the_bundle(primer: Primer) -> None:
    named = set(texts(json.loads(json.dumps(bundle.shown(primer)))))
    kept = set(texts({name: value for name, value in asdict(primer).items() if name != "edition"}))

    assert kept - named == {primer.language, primer.jurisdiction}  # these are the setting


def test_a_fingerprint_is_the_sha_of_words_that_anybody_can_write_down() -> None:
    by_hand = (
        '{"form":1,"setting":{"edition":"2026-11-21","jurisdiction":"us","language":"en"},'
        '"shown":{"id":"K1","text":"It may not help."}}'
    )

    found = sha_of(bundle.statement(Statement("K1", "It may not help.")), SETTING)

    assert found == sha256(by_hand.encode()).hexdigest()


def test_drawing_a_page_in_another_way_leaves_its_fingerprint(primer: Primer) -> None:
    page = primer.pages[0]
    pieces = tuple(replace(piece, html="<p>drawn otherwise</p>") for piece in page.main)

    redrawn = replace(page, main=pieces, slug="another-address")

    assert sha_of(page_shown(redrawn), SETTING) == page.sha


def _one_thing_changed(page: Page) -> Iterator[Page]:
    yield replace(page, title="x")
    yield replace(page, main_text="x")
    yield replace(page, detail_text="x")
    yield replace(page, number=9)
    yield replace(page, how_sure=replace(page.how_sure, note="x"))
    yield replace(page, may_have_read=page.may_have_read[1:])
    yield replace(page, sources=page.sources[1:])


@pytest.mark.parametrize("thing", range(7))
def test_anything_else_on_a_page_is_another_fingerprint(primer: Primer, thing: int) -> None:
    page = primer.pages[0]

    changed = list(_one_thing_changed(page))[thing]

    assert sha_of(page_shown(changed), SETTING) != page.sha


def test_the_same_words_in_another_country_are_another_fingerprint() -> None:
    said = {"id": "K1", "text": "It may not help."}

    assert sha_of(said, SETTING) != sha_of(said, replace(SETTING, jurisdiction="uk"))
