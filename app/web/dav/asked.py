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


def names(root: Element | None) -> list[str] | None:
    """Return which properties a PROPFIND names; None means all there are."""
    if root is None:
        return None
    if root.tag != DAV + "propfind":
        raise BadRequest
    if root.find(DAV + "prop") is None:
        if root.find(DAV + "allprop") is None and root.find(DAV + "propname") is None:
            raise BadRequest
        return None
    return wanted(root)


def wanted(root: Element) -> list[str]:
    """Return which properties are named, each once."""
    return list(dict.fromkeys(one.tag for one in root.findall(f"{DAV}prop/*")))


def only_names(root: Element | None) -> bool:
    """Say whether a PROPFIND asks what there is to ask."""
    return root is not None and root.find(DAV + "propname") is not None


def about(path: str, values: Mapping[str, Value], root: Element | None) -> Element:
    """Answer a PROPFIND about one address."""
    asked = names(root)
    if only_names(root):
        return xml.found(path, dict.fromkeys(values, ""), values)
    return xml.found(path, values, values if asked is None else asked)


def changed(root: Element | None) -> Iterable[str]:
    """Return which properties a PROPPATCH would change."""
    if root is None or root.tag != DAV + "propertyupdate":
        raise BadRequest
    return [one.tag for one in root.findall(f"*/{DAV}prop/*")]
