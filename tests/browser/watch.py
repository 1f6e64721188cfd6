"""Watches a browser for what must never happen, whatever somebody does with it."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, Response, WebError

RESTORED = """addEventListener("pageshow", event => {
  if (event.persisted) console.error("a page came back from the browser's memory");
});"""


class Watch:
    """Keeps every fault of a browser: scripts, policy, strangers, dialogs and broken answers."""

    def __init__(self, browser: BrowserContext, address: str) -> None:
        self._address = address
        self._faults: list[str] = []
        self._said_no: set[str] = set()
        browser.add_init_script(RESTORED)
        browser.on("request", self._request)
        browser.on("response", self._response)
        browser.on("console", self._console)
        browser.on("weberror", self._script_error)
        browser.on("dialog", self._dialog)

    @property
    def faults(self) -> list[str]:
        """What went wrong until now."""
        return [fault for fault in self._faults if not self._is_a_polite_no(fault)]

    def _is_a_polite_no(self, fault: str) -> bool:
        """Say whether this is the browser's remark on a page of ours that says no."""
        remark = fault.startswith("console: Failed to load resource")
        return remark and fault.rsplit(" ", 1)[-1] in self._said_no

    def _request(self, request: Request) -> None:
        ours = (f"{self._address}/", "data:", "about:")
        if not request.url.startswith(ours):
            self._faults.append(f"request to a stranger: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self._faults.append(f"{response.status}: {response.url}")
        elif response.status == 409 or (
            response.status >= 400 and response.request.is_navigation_request()
        ):
            self._said_no.add(response.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._faults.append(f"console: {message.text} {message.location.get('url', '')}")

    def _script_error(self, error: WebError) -> None:
        self._faults.append(f"script: {error.error}")

    def _dialog(self, dialog: Dialog) -> None:
        self._faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()
