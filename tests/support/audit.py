"""What every page that a test sees must keep, whatever the test is about."""

from html.parser import HTMLParser

from flask import Flask, Response, request

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNLABELLED = {"hidden", "submit"}


class Page(HTMLParser):
    """A page taken apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title = self.h1 = ""
        self.h1_count = self.main_count = 0
        self.lang: str | None = None
        self.ids: list[str] = []
        self.label_for: set[str] = set()
        self.fields: list[tuple[str, dict[str, str | None], bool]] = []
        self.faults: list[str] = []
        self.path: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"] or "")
        self.faults += [f"inline {name}" for name in given if name.startswith("on")]
        if "style" in given or tag == "style" or (tag == "script" and "src" not in given):
            self.faults.append(f"inline style or script in <{tag}>")
        if tag == "img" and "alt" not in given:
            self.faults.append("<img> without alt")
        if tag == "a" and not given.get("href"):
            self.faults.append("<a> that leads nowhere")
        self._count(tag, given)
        if tag not in VOID:
            self.path.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _count(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "html":
            self.lang = given.get("lang")
        elif tag == "label":
            self.label_for.add(given.get("for") or "")
        elif tag in ("input", "select", "textarea"):
            self.fields.append((tag, given, "label" in self.path))
        self.h1_count += tag == "h1"
        self.main_count += tag == "main"

    def handle_endtag(self, tag: str) -> None:
        if not self.path or self.path[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self.path[-1] if self.path else 'nothing'}>")
        if tag in self.path:
            while self.path.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "title" in self.path and "svg" not in self.path:
            self.title += data
        elif "h1" in self.path:
            self.h1 += data


def faults(text: str) -> list[str]:
    """Return what is wrong with a page."""
    page = Page(text)
    h1, title = " ".join(page.h1.split()), " ".join(page.title.split())
    found = list(page.faults)
    if page.h1_count != 1 or page.main_count != 1:
        found.append(f"{page.h1_count} h1 and {page.main_count} main")
    # The guide's pages are named neutrally in the title bar; their own h1 adds the subject.
    neutral = title.rpartition(" \N{EN DASH} ")[0] + ":"
    if not title.startswith(h1.rstrip(".")) and not h1.startswith(neutral):
        found.append(f"title {title!r} does not begin with the h1 {h1!r}")
    if not page.lang:
        found.append("no language")
    found += [f"id {id_!r} twice" for id_ in {i for i in page.ids if page.ids.count(i) > 1}]
    found += [
        f"<{tag} name={given.get('name')!r}> without label"
        for tag, given, inside in page.fields
        if given.get("type") not in UNLABELLED
        and not inside
        and given.get("id") not in page.label_for
        and not given.get("aria-label")
    ]
    return found


def every_page(app: Flask) -> list[str]:
    """Audit each HTML answer of an application under test; return the growing list of faults.

    An assertion inside a request would only be one more error page.
    """
    found: list[str] = []

    @app.after_request
    def audit(response: Response) -> Response:
        if response.mimetype == "text/html" and response.location is None:
            found.extend(
                f"{request.path}: {fault}" for fault in faults(response.get_data(as_text=True))
            )
        return response

    return found
