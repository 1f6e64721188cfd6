"""gunicorn as it stands in front of the application: TLS on loopback, and whom it believes."""

import ssl
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.support.processes import DidNotStart, start_site


def test_a_site_answers_over_tls(tmp_path: Path) -> None:
    site = start_site(f"sqlite:///{tmp_path}/clinic.sqlite", tmp_path, tls=True)
    trust = ssl.create_default_context(cafile=str(site.certificate))

    with urlopen(f"{site.address}/healthz", context=trust) as answer:
        secured = answer.headers["Strict-Transport-Security"]
    status = site.stop()

    assert secured is not None
    assert status == 0


@pytest.mark.parametrize(("proxies", "believed"), [("0", False), ("1", True)])
def test_t41_a_forwarded_scheme_is_believed_from_a_trusted_proxy_only(
    tmp_path: Path, proxies: str, believed: bool
) -> None:
    site = start_site(
        f"sqlite:///{tmp_path}/clinic.sqlite",
        tmp_path,
        BASE_URL="https://127.0.0.1",
        TRUSTED_PROXIES=proxies,
    )
    claim = Request(f"{site.address}/healthz", headers={"X-Forwarded-Proto": "https"})

    with urlopen(claim) as answer:
        secured = answer.headers["Strict-Transport-Security"]
    site.stop()

    assert (secured is not None) is believed


def test_a_wrong_setting_stops_the_start_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(DidNotStart, match="SMTP_URL"):
        start_site(f"sqlite:///{tmp_path}/clinic.sqlite", tmp_path, SMTP_URL="nonsense")
