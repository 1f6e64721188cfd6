"""A provider that takes a call and says nothing."""

import socket
from threading import Thread

import pytest

from app.domain.staff_refusals import OutsideFailed
from app.settings import Oidc
from app.web.oidc import Begun, Provider


def test_t40_a_provider_that_hangs_holds_two_requests_and_refuses_the_third_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
        oidc = Oidc(issuer=issuer, client_id="foreword", client_secret="not a real one")
        provider = Provider(oidc=oidc, back="http://127.0.0.1/staff/sign-in/back")
        failed: list[OutsideFailed] = []

        def ask() -> None:
            try:
                provider.ask(Begun.new())
            except OutsideFailed as refusal:
                failed.append(refusal)

        waiting = [Thread(target=ask) for _ in range(2)]
        for thread in waiting:
            thread.start()
        taken = [silent.accept()[0] for _ in waiting]

        with pytest.raises(OutsideFailed):
            provider.ask(Begun.new())
        while_they_hang = len(failed)
        for call in taken:
            call.close()
        for thread in waiting:
            thread.join()

    assert while_they_hang == 0
    assert len(failed) == 2
