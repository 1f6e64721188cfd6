"""The XML that calendar programs speak (RFC 4918, 4791, 6578): read with care, written plainly."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from flask import Response, request
from werkzeug.exceptions import BadRequest, HTTPException

DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
SERVER, APPLE = "{http://calendarserver.org/ns/}", "{http://apple.com/ns/ical/}"
OURS = "{urn:foreword}"
PREFIXES = {"D": DAV, "C": CALDAV, "CS": SERVER, "A": APPLE, "F": OURS}
for prefix, space in PREFIXES.items():
    register_namespace(prefix, space.strip("{}"))

OK, NOT_FOUND, FORBIDDEN = "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 403 Forbidden"
NO_ROOM = "HTTP/1.1 507 Insufficient Storage"
TOO_MANY = DAV + "number-of-matches-within-limits"
TYPE = "application/xml; charset=utf-8"

Value = str | list[Element]


def body() -> Element | None:
    """Return what the request says, None when it says nothing.

    Entities and document types are refused, whatever they would do: no program needs any.
    """
    data = request.get_data()
    if not data.strip():
        return None
    try:
        found: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise precondition(403, DAV + "no-external-entities") from error
    except (ParseError, ValueError, LookupError) as error:  # an encoding nobody knows
        raise BadRequest from error
    return found


def element(tag: str, *children: Element | str) -> Element:
    """Return an element with its words and children."""
    made = Element(tag)
    for child in children:
        if isinstance(child, str):
            made.text = child
        else:
            made.append(child)
    return made


def href(path: str) -> Element:
    """Return an address as programs ask for it."""
    return element(DAV + "href", path)


def found(path: str, values: Mapping[str, Value], wanted: Iterable[str]) -> Element:
    """Return what was asked of one address, and what there is not."""
    response = element(DAV + "response", href(path))
    known = [_property(name, values[name]) for name in wanted if name in values]
    missing = [element(name) for name in wanted if name not in values]
    if known or not missing:
        response.append(_stated(known, OK))
    if missing:
        response.append(_stated(missing, NOT_FOUND))
    return response


def gone(path: str) -> Element:
    """Say that nothing is at an address, or not any more."""
    return element(DAV + "response", href(path), element(DAV + "status", NOT_FOUND))


def more(path: str) -> Element:
    """Say that there is more than is told at once; the token goes on from there."""
    why = element(DAV + "error", element(TOO_MANY))
    return element(DAV + "response", href(path), element(DAV + "status", NO_ROOM), why)


def protected(path: str, names: Iterable[str]) -> Element:
    """Say that these are not changed from outside."""
    stated = _stated([element(name) for name in names], FORBIDDEN)
    stated.append(element(DAV + "error", element(DAV + "cannot-modify-protected-property")))
    return element(DAV + "response", href(path), stated)


def multistatus(responses: Iterable[Element], *, token: str | None = None) -> Response:
    """Answer about many addresses at once."""
    root = element(DAV + "multistatus", *responses)
    if token is not None:
        root.append(element(DAV + "sync-token", token))
    return written(root, 207)


def written(root: Element, status: int) -> Response:
    """Return an answer in XML."""
    data = tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(data, status, content_type=TYPE)


def nothing(status: int) -> Response:
    """Return an answer without words."""
    return Response(status=status, content_type="text/plain; charset=utf-8")


def precondition(status: int, name: str, sentence: str = "") -> HTTPException:
    """Return an error that names what did not hold, for programs, and says it, for people."""
    root = element(DAV + "error", element(name))
    if sentence:
        SubElement(root, OURS + "sentence").text = sentence
    return HTTPException(response=written(root, status))


def conflict(path: str) -> HTTPException:
    """Return an error that says where the event is already."""
    root = element(DAV + "error", element(CALDAV + "no-uid-conflict", href(path)))
    return HTTPException(response=written(root, 409))


def _property(name: str, value: Value) -> Element:
    return element(name, value) if isinstance(value, str) else element(name, *value)


def _stated(properties: Iterable[Element], status: str) -> Element:
    stated = element(DAV + "propstat", element(DAV + "prop", *properties))
    stated.append(element(DAV + "status", status))
    return stated
