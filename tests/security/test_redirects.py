"""No page leads to a place that somebody else chose (T32), none loads one (T43, T44)."""

import ast
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from flask import Flask

from app.settings import ROOT
from tests.web.patient.booking_walk import keep, patient
from tests.web.routes import path_of, rules
from tests.web.walker import Walker

ELSEWHERE = (
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "https://evil.example", "http:///evil.example", "///evil.example", "////evil.example",
    "%2f%2fevil.example", "/%2fevil.example", "/%09/evil.example", "\t//evil.example",
    " //evil.example", "/\t/evil.example", "/\n/evil.example", "\r\nLocation: //evil.example",
    "javascript:alert(1)", "data:text/html,evil.example", "https://localhost@evil.example",
    "https://localhost.evil.example", "//localhost%00.evil.example", "/.evil.example",
    ".evil.example", "@evil.example", ":80@evil.example", "/..//evil.example", "../evil.example",
    "evil.example", "evil.example/%2e%2e", "〱evil.example", "//evil。example",
)  # fmt: skip
NAMES = (
    "next", "url", "back", "return", "to", "said", "again", "done", "reference", "from",
    "visit", "doctor", "place", "how", "part", "slot", "hold", "way", "code", "action",
)  # fmt: skip
LOADS = {
    ("link", "href"), ("script", "src"), ("img", "src"), ("img", "srcset"), ("form", "action"),
    ("iframe", "src"), ("object", "data"), ("source", "src"), ("video", "src"),
    ("button", "formaction"), ("use", "href"), ("image", "href"), ("base", "href"),
}  # fmt: skip
CLIENTS = {
    "requests", "httpx", "aiohttp", "urllib3", "http.client", "urllib.request", "ftplib",
    "xmlrpc.client", "websockets", "httpcore", "pycurl", "boto3", "openai", "sentry_sdk",
}  # fmt: skip


class Addresses(HTMLParser):
    """What a page loads or sends to, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attrs if (tag, name) in LOADS]
        if tag == "a":
            self.links.append(dict(attrs))


def is_ours(address: str) -> bool:
    here = address.removeprefix("http://localhost/").removeprefix("/")
    return not re.match(r"[/\\\s]|[a-z]+:", here, re.IGNORECASE)


def test_t32_no_field_of_an_address_leads_elsewhere(
    site: Flask, holder: tuple[Walker, str]
) -> None:
    walker, reference = holder
    gets = [rule for rule in rules(site) if "GET" in (rule.methods or ())]
    found = []

    for rule in gets:
        for evil in ELSEWHERE[::4]:
            answer = walker.client.get(
                path_of(rule, reference=reference), query_string=dict.fromkeys(NAMES, evil)
            )
            assert answer.status_code < 500, (rule, evil)
            found.append(answer.location or "")

    assert len({one for one in found if one}) > 3
    assert [one for one in found if not is_ours(one)] == []


def test_t32_no_field_of_a_form_leads_elsewhere(site: Flask, holder: tuple[Walker, str]) -> None:
    walker, reference = holder
    walker.get("/find")
    posts = [rule for rule in rules(site) if "POST" in (rule.methods or ())]
    found = []

    for rule in sorted(posts, key=lambda rule: rule.rule == "/done"):  # that one ends the session
        for evil in ELSEWHERE[::3]:
            fields = dict.fromkeys(NAMES, evil) | {"back": "confirm_move"}
            answer = walker.post(path_of(rule, reference=reference), fields)
            assert answer.status_code < 500, (rule, evil)
            found.append(answer.location or "")

    assert len({one for one in found if one}) > 3
    assert [one for one in found if not is_ours(one)] == []


def test_t32_no_path_leads_elsewhere(site: Flask) -> None:
    client = site.test_client()

    for evil in ELSEWHERE:
        for start in ("", "/", "//", "/static/", "/a/", "/safety/", "/appointment/"):
            path = unquote(f"/{start}{evil}", "latin-1").encode().decode("latin-1")
            asked = {"PATH_INFO": path, "REQUEST_URI": path}
            answer = client.get("/", environ_overrides=asked)
            assert answer.status_code < 500, start + evil
            assert is_ours(answer.location or ""), (start + evil, answer.location)


def test_t44_no_page_loads_anything_from_elsewhere(site: Flask, holder: tuple[Walker, str]) -> None:
    walker, reference = holder
    gets = [path_of(rule, reference=reference) for rule in rules(site) if "GET" in rule.methods]  # type: ignore[operator]
    reader = Walker(site)
    reader.be_safe()
    pages = {path: walker.get(path) for path in gets}
    pages |= {f"part {part}": reader.read(part) for part in (1, 2)}
    pages |= {f"/primer/{part}": reader.get(f"/primer/{part}") for part in range(1, 4)}
    pages |= {"missing": walker.get("/nothing")}
    shown = {path: page.text for path, page in pages.items() if page.mimetype == "text/html"}

    assert len(shown) > 20
    for path, page in shown.items():
        addresses = Addresses(page)
        assert [one for one in addresses.loaded if not is_ours(one)] == [], path
        for link in addresses.links:
            place = urlsplit(link.get("href") or "")
            away = place.netloc not in ("", "localhost")
            assert place.scheme in ("", "tel", "mailto", "https", "http"), path
            assert not away or "noopener" in (link.get("rel") or "") or not link.get("target"), path


def test_t44_style_and_scripts_ask_nobody_else() -> None:
    files = [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]

    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        outside = re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", text)
        assert not [one for one in outside if "w3.org" not in one], path
        assert "@import" not in text, path


def test_t44_the_application_calls_mail_servers_the_clinics_own_sign_in_and_doctors_calendars() -> (
    None
):
    found, sockets = set(), set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
            found |= {(path.name, name) for name in names if name in CLIENTS}
            sockets |= {path.name for name in names if name in ("socket", "smtplib", "asyncio")}

    assert found == {("oidc.py", "requests"), ("outside.py", "urllib3")}
    known = {"smtp.py", "worker.py", "oidc.py", "outside.py"}  # worker: this machine's name
    assert sockets <= known


def test_t44_no_locked_package_is_an_http_client_but_the_one_that_signs_in() -> None:
    locked = (ROOT / "requirements.txt").read_text(encoding="ascii")
    names = {line.split("==")[0] for line in locked.splitlines() if "==" in line}

    assert names & {one.split(".")[0] for one in CLIENTS} == {"requests", "urllib3"}


def test_t43_nothing_is_asked_that_a_visit_does_not_need(site: Flask) -> None:
    """No number of any identity, no insurance, no address, no upload; all text is limited."""
    person = patient(site)
    keep(person)

    page = person.get("/details").text

    fields = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page))
    assert fields <= {"csrf_token", "who_for", "booker_name", "name", "bday_month", "bday_day",
                      "bday_year", "email", "phone", "language", "needs", "question", "calendar",
                      "back", "to", "text"}  # fmt: skip
    assert 'type="file"' not in page
