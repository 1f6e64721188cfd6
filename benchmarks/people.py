"""What people do on the site, request by request."""

import re
import secrets
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from benchmarks.wire import Answer, Script

HOST = b"Host: 127.0.0.1\r\nAccept-Language: en\r\n"
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
BUTTON = re.compile(rb'name="slot" value="([^"]+)"')
HOLD = re.compile(rb'name="hold" value="([^"]+)"')
COOKIE = re.compile(rb"\r\nset-cookie: ([^;\r]+)", re.IGNORECASE)
REFUSAL = re.compile(rb'data-refusal="([a-z_]+)"')
TRIES = 20
DETAILS = {
    "who_for": "self",
    "name": "Marian Hale",
    "bday_month": "4",
    "bday_day": "21",
    "bday_year": "1968",
    "phone": "(865) 555-0178",
    "language": "en",
    "calendar": "invitation",
    "question": "Does it hurt?",
}
Talk = Generator[bytes, Answer, Answer]


@dataclass(slots=True)
class Result:
    """What came of it all."""

    seconds: list[float] = field(default_factory=list)
    done: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    bytes: int = 0

    def note(self, answer: Answer) -> None:
        """Count an answer that is neither a page nor a redirection nor a refusal as a fault."""
        self.seconds.append(answer.seconds)
        self.bytes += len(answer.body)
        code = _refusal(answer)
        if answer.status not in (200, 201, 303) and not (answer.status == 409 or code):
            _count(self.faults, str(answer.status))

    def refuse(self, answer: Answer) -> None:
        """Count a refusal by its code."""
        _count(self.refused, _refusal(answer) or str(answer.status))


def _count(numbers: dict[str, int], name: str) -> None:
    numbers[name] = numbers.get(name, 0) + 1


def _refusal(answer: Answer) -> str:
    found = REFUSAL.search(answer.body) if answer.status >= 400 else None
    return found[1].decode() if found else ""


def get(path: str, cookie: str = "") -> bytes:
    """Ask for a page."""
    head = f"GET {path} HTTP/1.1\r\n".encode()
    return head + HOST + _cookie(cookie) + b"\r\n"


def post(path: str, form: dict[str, str], cookie: str = "") -> bytes:
    """Send a form."""
    body = "&".join(f"{name}={quote_plus(value)}" for name, value in form.items()).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n"
    )
    return head.encode() + HOST + _cookie(cookie) + b"\r\n" + body


def _cookie(cookie: str) -> bytes:
    return f"Cookie: {cookie}\r\n".encode() if cookie else b""


def reader(requests: list[bytes], first: int, until: Any, result: Result) -> Script:  # noqa: ANN401  a clock
    """Look at one page after the other until time is up."""
    number = first
    while not until():
        answer = yield requests[number % len(requests)]
        number += 1
        result.note(answer)
        result.done += 1


def once(request: bytes, good: int, result: Result) -> Script:
    """Press one button."""
    answer = yield request
    result.note(answer)
    if answer.status == good:
        result.done += 1
    else:
        result.refuse(answer)


class Browser:
    """One person's browser: it keeps the cookie, follows the site, and reads the forms."""

    def __init__(self, cookie: str, result: Result) -> None:
        self.cookie, self.result = cookie, result
        self.page = b""

    def talk(self, request: bytes) -> Talk:
        """Send a request and keep what comes back."""
        answer = yield request
        self.result.note(answer)
        if found := COOKIE.search(answer.head):
            self.cookie = found[1].decode()
        self.page = answer.body
        return answer

    def open(self, path: str) -> Talk:
        """Go to a page."""
        return (yield from self.talk(get(path, self.cookie)))

    def press(self, path: str, form: dict[str, str]) -> Talk:
        """Send a form of the page, and go where the answer leads."""
        token = TOKEN.search(self.page)
        form = form | {"csrf_token": token[1].decode() if token else ""}
        answer = yield from self.talk(post(path, form, self.cookie))
        if answer.status == 303:
            return (yield from self.open(answer.header(b"location").decode()))
        return answer

    def details(self) -> Talk:
        """Say who comes, look at it all once more, and press the last button."""
        email = f"marian.{secrets.token_hex(6)}@example.org"
        answer = yield from self.press("/details", DETAILS | {"email": email})
        if found := HOLD.search(self.page):
            answer = yield from self.press("/review", {"hold": found[1].decode()})
        return answer


def from_list_to_booked(cookie: str, weeks: list[str], result: Result) -> Script:
    """Do as a browser does: the list, a time, who comes, one look, booked."""
    browser = Browser(cookie, result)
    for _ in range(TRIES):
        yield from browser.open(f"/times?visit=general&from={secrets.choice(weeks)}")
        buttons = BUTTON.findall(browser.page)
        answer = yield from browser.press("/times", {"slot": secrets.choice(buttons).decode()})
        if answer.status == 200:
            answer = yield from browser.details()
            result.done += answer.status == 200 and b"data-refusal" not in answer.body
            return
        result.refuse(answer)


def contender(result: Result, *, cookie: str, token: str, path: str, slot: str) -> Script:
    """Want one certain time, for a new appointment or to move one."""
    browser = Browser(cookie, result)
    form = {"slot": slot, "csrf_token": token}
    answer = yield from browser.talk(post(path, form, cookie))
    if answer.status != 303:
        result.refuse(answer)
        return
    answer = yield from browser.open(answer.header(b"location").decode())
    if path.endswith("/move"):
        answer = yield from browser.press(f"{path}/confirm", {"slot": slot})
    else:
        answer = yield from browser.details()
    result.done += answer.status == 200


def each_once(requests: list[bytes], good: int, result: Result) -> Iterator[Script]:
    """Let each request be somebody's button."""
    return (once(request, good, result) for request in requests)
