"""What a request asks for: which properties, of how much."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from flask import request
from werkzeug.exceptions import BadRequest

from app.web.dav import xml
from app.web.dav.xml import DAV, Value


def deep() -> bool:
    """Say whether what is inside is asked for too; everything inside everything is refused."""
    depth = request.headers.get("Depth", "0").strip().lower()
    if depth == "infinity":
        raise xml.precondition(403, DAV + "propfind-finite-depth")
    if depth not in ("0", "1"):
        raise BadRequest
    return depth == "1"


def question() -> Element | None:
    """Return what a PROPFIND asks; without words it asks for all there is."""
    root = xml.body()
    if root is None:
        return None
    kinds = [DAV + "prop", DAV + "allprop", DAV + "propname"]
    if root.tag != DAV + "propfind" or all(root.find(kind) is None for kind in kinds):
        raise BadRequest
    return root


def names(root: Element | None) -> list[str] | None:
    """Return which properties are named; None means all there are."""
    return None if root is None or root.find(DAV + "prop") is None else wanted(root)


def wanted(root: Element) -> list[str]:
    """Return which properties are named, each once."""
    return list(dict.fromkeys(one.tag for one in root.findall(f"{DAV}prop/*")))


def only_names(root: Element | None) -> bool:
    """Say whether it is asked what there is to ask."""
    return root is not None and root.find(DAV + "propname") is not None


def about(path: str, values: Mapping[str, Value], root: Element | None) -> Element:
    """Answer about one address: what is named, or all there is and what is wanted besides."""
    if root is None:
        return xml.found(path, values, values)
    if only_names(root):
        return xml.found(path, dict.fromkeys(values, ""), values)
    named = names(root)
    if named is None:
        besides = [one.tag for one in root.findall(f"{DAV}include/*")]
        named = list(dict.fromkeys([*values, *besides]))
    return xml.found(path, values, named)


def changed(root: Element | None) -> Iterable[str]:
    """Return which properties a PROPPATCH would change."""
    if root is None or root.tag != DAV + "propertyupdate":
        raise BadRequest
    return [one.tag for one in root.findall(f"*/{DAV}prop/*")]
