"""One clinic and one browser for each process of tests; a fresh visitor for each story."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.house import House, opened
from tests.browser.patient import Patient, Said
from tests.browser.watch import Watch
from tests.support import chromium

UNUSED = (
    # Pages of the browser's own address bar, and a renderer in reserve: made anew for every
    # visitor, they cost three times as much as the visitor.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess",
    # What Playwright turns off: the browser hears only the last such list.
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
)  # fmt: skip
OPTIONS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    f"--disable-features={','.join(UNUSED)}",
]

Arrive = Callable[..., Patient]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give the demonstration clinic, open to everybody."""
    with opened(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="session")
def playwright_() -> Iterator[Playwright]:
    """Give the library that drives browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright_: Playwright) -> Iterator[Browser]:
    """Give a browser."""
    browser = launch(playwright_)
    yield browser
    browser.close()


def launch(playwright: Playwright, **options: Any) -> Browser:
    """Start Chromium, or say what to do about it."""
    try:
        found = chromium.executable()
        return playwright.chromium.launch(executable_path=found, args=OPTIONS, **options)
    except (chromium.NoChromium, PlaywrightError) as error:
        pytest.fail(
            f"The browser tests need Chromium: run ./test, or install it, or name it in"
            f" CHROMIUM. ({str(error).splitlines()[0]})",
            pytrace=False,
        )


@pytest.fixture
def arrive(house: House, browser: Browser) -> Iterator[Arrive]:
    """Let people arrive, each with a browser of their own; in the end nothing went wrong."""
    contexts, watches = [], []

    def arrive(
        *, javascript: bool = True, at: House = house, language: str = "en-US", said: Said = str
    ) -> Patient:
        context = browser.new_context(
            java_script_enabled=javascript,
            reduced_motion="reduce",
            base_url=at.address,
            locale=language,
        )
        contexts.append(context)
        watches.append(Watch(context, at.address))
        return Patient(context.new_page(), at, said)

    yield arrive
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []


@pytest.fixture
def patient(arrive: Arrive) -> Patient:
    """Give somebody with a browser."""
    return arrive()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def anybody(request: pytest.FixtureRequest, arrive: Arrive) -> Patient:
    """Give somebody whose browser runs scripts, then somebody whose browser does not."""
    return arrive(javascript=request.param)
