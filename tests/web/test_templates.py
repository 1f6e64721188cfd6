from pathlib import Path

import pytest
from flask import Flask

# Rendered by a view of the same room when it says no: they have no address of their own.
ANSWERS = {"patient/primer/gone", "patient/safety/stop", "patient/safety/call_today"}


@pytest.mark.parametrize("shelf", ["patient", "reception"])
def test_every_page_lies_where_its_endpoint_says(site: Flask, shelf: str) -> None:
    pages = {
        f"{shelf}/{page.parent.name}/{page.stem}"
        for page in Path(str(site.template_folder), shelf).glob("*/*.html")
        if not page.name.startswith("_")
    }
    views = {
        endpoint.replace(".", "/")
        for endpoint in site.view_functions
        if endpoint.startswith(f"{shelf}.")
    }

    assert pages - views == {page for page in ANSWERS if page.startswith(shelf)}


def test_no_template_carries_style_or_script_or_trusts_html(site: Flask) -> None:
    for page in Path(str(site.template_folder)).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), page
        if not {"mail", "paper"} & set(page.parts):  # these load nothing: their style is inside
            assert "<style" not in text, page
            assert " style=" not in text, page
