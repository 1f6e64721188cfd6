"""Every route says for whom it is, and keeps to it (T06, T11, T14, T33, T40, T41)."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.web.access import Audience
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.web.routes import UNSAFE, path_of, rules
from tests.web.walker import Walker

HOW_IT_LOOKS = ("patient.comfort.choose", "patient.language.choose")
SPANISH = {"language": "es"}
BEFORE_SIGN_IN = {
    f"reception.{name}"
    for name in ("sign_in.sign_in", "sign_in.second", "sign_in.passkey", "sign_in.passkey_options",
                 "sign_in.unlock", "join.join", "join.forgot", "outside.begin", "outside.back")
}  # fmt: skip


def audience_of(site: Flask, rule: Rule) -> Audience | None:
    return getattr(site.view_functions[rule.endpoint], "audience", None)


def test_every_route_declares_its_audience(site: Flask) -> None:
    undeclared = [rule.rule for rule in rules(site) if audience_of(site, rule) is None]

    assert undeclared == []


def test_every_route_of_staff_names_a_permission(site: Flask) -> None:
    theirs = {rule.endpoint for rule in rules(site) if rule.endpoint.startswith("reception.")}
    named = {name for name in theirs if hasattr(site.view_functions[name], "staff_only")}
    public = {
        rule.endpoint for rule in rules(site) if audience_of(site, rule) is Audience.PUBLIC
    } & theirs

    assert named | public == theirs
    assert public <= BEFORE_SIGN_IN


def test_nobody_sees_an_appointment_without_its_link(site: Flask) -> None:
    pages = [rule for rule in rules(site) if audience_of(site, rule) is Audience.HOLDER]
    client = site.test_client()

    answers = {path_of(rule): client.get(path_of(rule)).status_code for rule in pages}

    assert len(answers) >= 7
    assert set(answers.values()) <= {404, 405}, answers


def test_whoever_skipped_the_safety_check_is_sent_to_it(site: Flask) -> None:
    pages = [rule for rule in rules(site) if audience_of(site, rule) is Audience.VISITOR]
    gets = [rule for rule in pages if "GET" in (rule.methods or ())]
    client = site.test_client()

    answers = {path_of(rule): client.get(path_of(rule)) for rule in gets}

    assert len(answers) >= 5
    assert {answer.status_code for answer in answers.values()} == {303}


@pytest.fixture
def strangers_reference(site: Flask) -> str:
    with site.app_context():
        return Guest(MONDAY_8AM).book()


def test_t11_somebody_elses_appointment_looks_like_none(
    site: Flask, strangers_reference: str
) -> None:
    walker = Walker(site)
    walker.be_safe("general")
    pages = [rule for rule in rules(site) if audience_of(site, rule) is Audience.HOLDER]

    for rule in pages:
        theirs = path_of(rule, reference=strangers_reference)
        if "GET" in (rule.methods or ()):
            real, unknown = walker.client.get(theirs), walker.client.get(path_of(rule))
            assert real.status_code == unknown.status_code == 404, theirs
            assert real.data == unknown.data, theirs
        if "POST" in (rule.methods or ()):
            assert walker.post(theirs).status_code == 404, theirs


def test_t14_every_form_needs_its_token(site: Flask) -> None:
    unsafe = [rule for rule in rules(site) if UNSAFE & (rule.methods or set())]
    unsafe = [rule for rule in unsafe if audience_of(site, rule) is not Audience.DEVICE]
    asking = [rule for rule in unsafe if rule.endpoint not in HOW_IT_LOOKS]
    client = site.test_client()

    answers = {path_of(rule): client.post(path_of(rule)).status_code for rule in asking}

    assert len(answers) >= 12
    assert set(answers.values()) == {400}, answers
    assert len(unsafe) == len(asking) + len(HOW_IT_LOOKS)


@pytest.mark.parametrize(
    "word",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
     {"Origin": "https://evil.example"}, {"Origin": "https://localhost.evil.example"},
     {"Origin": "http://["}, {"Origin": ""}],
)  # fmt: skip
@pytest.mark.parametrize(("path", "said"), [("/comfort", {"text": "3"}), ("/language", SPANISH)])
def test_t14_another_site_cannot_even_change_how_pages_look(
    site: Flask, path: str, said: dict[str, str], word: dict[str, str]
) -> None:
    client = site.test_client()

    answer = client.post(path, data=said, headers=word)

    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "word",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}, {"Origin": "http://localhost"}],
)
def test_our_own_pages_change_how_they_look_without_a_token(
    site: Flask, word: dict[str, str]
) -> None:
    client = site.test_client()

    answer = client.post("/language", data=SPANISH, headers=word)

    assert answer.status_code == 303
    assert '<html lang="es"' in client.get("/").text


def test_looking_around_leaves_no_cookie(site: Flask) -> None:
    known = {"language": "en", "name": "patient.css"}
    public = [path_of(rule, **known) for rule in rules(site) if "GET" in (rule.methods or ())]

    answers = {path: site.test_client().get(path) for path in public}

    silent = [path for path, answer in answers.items() if b"csrf_token" not in answer.data]
    assert {"/", "/about", "/your-data", "/guide", "/guide/en/1", "/times"} <= set(silent)
    assert [path for path in silent if "Set-Cookie" in answers[path].headers] == []


def test_t14_a_form_of_another_site_does_nothing(site: Flask) -> None:
    walker = Walker(site)
    walker.get("/find")
    data = {"csrf_token": walker.token, "email": "marian@example.org"}

    answer = walker.client.post("/find", data=data, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 400
    assert "marian@example.org" not in answer.text


def test_t14_a_stale_form_brings_back_what_was_typed_and_one_more_press_sends_it(
    site: Flask,
) -> None:
    walker = Walker(site)

    stale = walker.post("/find", {"email": "marian@example.org"})
    sent = walker.post("/find", {"email": "marian@example.org"})

    assert stale.status_code == 400
    assert 'name="email" value="marian@example.org"' in stale.text
    assert sent.status_code in (200, 303)


def test_t14_three_tabs_may_send_their_forms_in_any_order(site: Flask) -> None:
    walker = Walker(site)
    tokens = []
    for _ in range(3):
        walker.get("/find")
        tokens.append(walker.token)

    answers = [
        walker.client.post("/find", data={"csrf_token": token, "email": "m@example.org"})
        for token in (tokens[2], tokens[0], tokens[1])
    ]

    assert {answer.status_code for answer in answers} <= {200, 303}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO"])
def test_other_methods_are_refused_on_every_route(site: Flask, method: str) -> None:
    client = site.test_client()

    others = [rule for rule in rules(site) if method not in (rule.methods or ())]

    answers = {path_of(r): client.open(path_of(r), method=method).status_code for r in others}

    assert set(answers.values()) <= {400, 405}, answers


def test_a_method_that_does_nothing_here_is_not_called_a_page_that_cannot_be_found(
    site: Flask,
) -> None:
    answer = site.test_client().put("/about")

    assert answer.status_code == 405
    assert "<title>This did not work" in answer.text


def test_t33_every_answer_carries_the_headers_that_protect_it(site: Flask) -> None:
    client = site.test_client()
    paths = [path_of(rule) for rule in rules(site)] + ["/nothing/here"]

    for path in paths:
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'"), path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "no-referrer", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert "Access-Control-Allow-Origin" not in headers, path


def test_t06_personal_pages_are_kept_by_nobody(site: Flask) -> None:
    walker = Walker(site)
    walker.be_safe("general")

    page = walker.get("/times")

    assert "no-store" in page.headers["Cache-Control"]


def test_a_wrong_host_is_refused(site: Flask) -> None:
    answer = site.test_client().get("/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_t40_a_large_body_is_refused_before_it_is_read(site: Flask) -> None:
    walker = Walker(site)
    walker.get("/find")

    answer = walker.client.post(
        "/find", data={"csrf_token": walker.token, "email": "x" * 1_000_000}
    )

    assert answer.status_code == 413


def test_t41_a_forwarded_address_is_believed_only_from_a_known_proxy(site: Flask) -> None:
    client = site.test_client()
    spoofed = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"}

    answer = client.get("/metrics", headers=spoofed, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})

    assert answer.status_code == 404
