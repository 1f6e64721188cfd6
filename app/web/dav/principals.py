"""What programs ask about people (RFC 3744, 9; RFC 3253, 3.8): each learns of its owner only."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from flask import Response
from werkzeug.exceptions import BadRequest

from app.web.dav import asked, properties, things, xml
from app.web.dav.xml import DAV, Value, element

EXPAND, SEARCH, SEARCHED = properties.ABOUT_PEOPLE
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
DEEPEST = 4
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def answer(path: str, values: Mapping[str, Value], root: Element | None) -> Response:
    """Answer a REPORT about somebody, or about where they are looked for."""
    if root is None:
        raise BadRequest
    if root.tag == EXPAND:
        return xml.multistatus([_expanded(path, values, root, DEEPEST)])
    if root.tag == SEARCH:
        return _search(root)
    if root.tag == SEARCHED:
        return _searched()
    raise xml.precondition(403, DAV + "supported-report")


def _expanded(path: str, values: Mapping[str, Value], root: Element, depth: int) -> Element:
    """Answer about an address, and instead of each address in that about what is there."""
    if not depth:
        raise BadRequest
    within = {_name(one): one for one in root.findall(DAV + "property")}
    told = {
        name: _followed(values[name], one, depth) for name, one in within.items() if name in values
    }
    return xml.found(path, told, within)


def _followed(value: Value, root: Element, depth: int) -> Value:
    if isinstance(value, str) or root.find(DAV + "property") is None:
        return value
    places = {things.ROOT: properties.of_root, things.home(): properties.of_home}
    return [
        _expanded(one.text, places[one.text](), root, depth - 1)
        if one.text in places and one.tag == DAV + "href"
        else one
        for one in value
    ]


def _name(one: Element) -> str:
    name, space = one.get("name", ""), one.get("namespace", "DAV:")
    if NAME.fullmatch(name) is None or set(space) & set("{}"):
        raise BadRequest
    return f"{{{space}}}{name}"


def _search(root: Element) -> Response:
    """Find the device's owner, if it is they who are meant; nobody looks others up here."""
    values = properties.of_home()
    tests = [_matches(values, one) for one in root.findall(DAV + "property-search")]
    if not tests:
        raise BadRequest
    meant = any(tests) if root.get("test") == "anyof" else all(tests)
    return xml.multistatus([asked.about(things.home(), values, root)] if meant else [])


def _matches(values: Mapping[str, Value], root: Element) -> bool:
    words = (root.findtext(DAV + "match") or "").casefold()
    names = asked.wanted(root)
    return bool(names) and all(
        name in properties.SEARCHABLE and words in _text(values[name]).casefold() for name in names
    )


def _text(value: Value) -> str:
    return value if isinstance(value, str) else " ".join(one.text or "" for one in value)


def _searched() -> Response:
    """Say by what people are looked for."""
    root = element(SEARCHED)
    for name, words in properties.SEARCHABLE.items():
        described = element(DAV + "description", words)
        described.set(LANGUAGE, "en")
        root.append(
            element(
                DAV + "principal-search-property",
                element(DAV + "prop", element(name)),
                described,
            )
        )
    return xml.written(root, 200)
