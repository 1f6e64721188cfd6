"""Only what the clinic's own mail server wrote on top of a mail counts as a proof."""

import pytest

from app.mail.verdict import is_proven

OURS, PAT = "mx.harbor.example", "pat@mail.example.org"
GOOD = (
    f"{OURS}; dmarc=pass header.from=mail.example.org",
    f"{OURS} 1; spf=fail smtp.mailfrom=x.example; dkim=pass header.d=mail.example.org",
    f"{OURS.upper()}; dkim=pass (2048-bit key) header.i=@example.org header.s=a",
    f'{OURS}; dkim=fail reason="a; dmarc=no" header.d=x; DMARC=PASS header.from=mail.example.org',
)
BAD = (
    "",
    OURS,
    f"{OURS}; none",
    "mx.evil.example; dmarc=pass header.from=mail.example.org",
    f"{OURS}.evil.example; dmarc=pass header.from=mail.example.org",
    f"{OURS}; dmarc=fail header.from=mail.example.org",
    f"{OURS}; dmarc=pass header.from=evil.example",
    f"{OURS}; dmarc=pass",
    f"{OURS}; dkim=pass header.d=evil.example",
    f"{OURS}; dkim=pass header.d=org",
    f"{OURS}; dkim=pass header.d=le.org",
    f"{OURS}; spf=pass smtp.mailfrom=mail.example.org",
    f"{OURS}; dkim=fail (dmarc=pass header.from=mail.example.org)",
    f"{OURS}; (; dmarc=pass header.from=mail.example.org",
    f'{OURS}; dkim=fail reason="; dmarc=pass header.from=mail.example.org ;"',
    f"{OURS}; {'x' * 5000}; dmarc=pass header.from=mail.example.org",
)


@pytest.mark.parametrize("line", GOOD)
def test_t21_a_sender_is_proven_by_what_our_server_found(line: str) -> None:
    assert is_proven(line, OURS, PAT)


@pytest.mark.parametrize("line", BAD)
def test_t21_a_sender_is_not_proven_by_anything_else(line: str) -> None:
    assert not is_proven(line, OURS, PAT)


@pytest.mark.parametrize("name", [None, ""])
def test_t21_nobody_is_proven_while_the_clinic_did_not_name_its_server(name: str | None) -> None:
    assert not is_proven(GOOD[0], name, PAT)
