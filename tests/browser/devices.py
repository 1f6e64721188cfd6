"""Devices that make passkeys, as Chromium imitates them."""

from playwright.sync_api import CDPSession

from tests.browser.patient import Patient

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(somebody: Patient) -> None:
    """Let somebody's browser make passkeys."""
    device = _session(somebody)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def _session(somebody: Patient) -> CDPSession:
    return somebody.page.context.new_cdp_session(somebody.page)
