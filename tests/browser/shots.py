"""Takes a picture of every page: python -m tests.browser.shots FOLDER [NAME OF A STORY ...]"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.browser.arabic import in_arabic
from tests.browser.conftest import launch
from tests.browser.house import opened
from tests.browser.patient import Patient
from tests.browser.stories import STORIES

WIDTHS = {360: 780, 1280: 800}
SCHEMES = ("light", "dark")


def main(out: Path, names: list[str]) -> None:
    """Walk through the stories and keep what each page looks like."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with opened(Path(folder)) as house, in_arabic(house, Path(folder)) as mirrored:
            for name in names or STORIES:
                page = browser.new_page(base_url=house.address, reduced_motion="reduce")
                walk(Patient(page, house), name, out)
            page = browser.new_page(base_url=mirrored.address, reduced_motion="reduce")
            walk(Patient(page, mirrored), "choosing_a_time", out / "right-to-left")
        browser.close()


def walk(patient: Patient, name: str, out: Path) -> None:
    """Take the pictures of one story."""
    for number, stop in enumerate(STORIES[name].walk(patient), 1):
        patient.page.wait_for_load_state()
        stem = stop.replace("patient/", "").replace("/", "-").replace(": ", "-").replace(" ", "_")
        for kind in _looks(patient.page):
            path = out / f"{name}-{number:02}-{stem}-{kind}.png"
            patient.page.screenshot(path=path, full_page=True)


def _looks(page: Page) -> Iterator[str]:
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            yield f"{width}-{scheme}"
    page.emulate_media(color_scheme="light")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
