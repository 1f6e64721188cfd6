from pathlib import Path

from flask import Flask

# Rendered by a view of the same room when it says no: they have no address of their own.
ANSWERS = {"primer/gone", "safety/stop", "safety/call_today"}


def test_every_page_lies_where_its_endpoint_says(site: Flask) -> None:
    pages = {
        f"{page.parent.name}/{page.stem}"
        for page in Path(str(site.template_folder), "patient").glob("*/*.html")
        if not page.name.startswith("_")
    }
    views = {
        endpoint.removeprefix("patient.").replace(".", "/")
        for endpoint in site.view_functions
        if endpoint.startswith("patient.")
    }

    assert pages - views == ANSWERS


def test_no_template_carries_style_or_script_or_trusts_html(site: Flask) -> None:
    for page in Path(str(site.template_folder)).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), page
        if not {"mail", "paper"} & set(page.parts):  # these load nothing: their style is inside
            assert "<style" not in text, page
            assert " style=" not in text, page
