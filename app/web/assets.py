"""Style, scripts and pictures: read once at start, kept in memory, named after their content."""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for
from markupsafe import Markup

from app.services import clinic_settings
from app.web.access import Audience, access
from app.web.visitor import clinic

FOLDER = Path(__file__).parent.parent.parent / "static"
SHARED = ("tokens", "base", "parts")
SHEETS = {
    "patient": (*SHARED, "patient", "print"),
    "staff": (*SHARED, "staff", "desk", "house"),
}
COMMENT = re.compile(rb"/\*.*?\*/\n*", re.DOTALL)  # for those who write style, not for phones
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served; *address* carries its fingerprint, so it never goes stale."""

    address: str
    type: str
    body: bytes
    packed: bytes


def init_app(app: Flask) -> None:
    """Read the files and let templates ask for them by their plain name."""
    files = {path.name: path.read_bytes() for path in FOLDER.glob("*/*") if path.suffix in TYPES}
    sheets = {name: [files[f"{part}.css"] for part in parts] for name, parts in SHEETS.items()}
    for name, parts in sheets.items():
        files[f"{name}.css"] = COMMENT.sub(b"", b"\n".join(parts))  # one request instead of five
    known = {name: _asset(name, body) for name, body in files.items()}
    app.extensions["assets"] = {asset.address: asset for asset in known.values()}
    app.add_template_global(
        lambda name: url_for("assets.file", address=known[name].address), "asset"
    )
    app.register_blueprint(blueprint)


def sheet(name: str = "patient") -> Markup:
    """Give the style of all pages, or of one, as text, for a file that loads nothing."""
    known: dict[str, Asset] = current_app.extensions["assets"]
    (body,) = (one.body for address, one in known.items() if address.startswith(f"{name}-"))
    return Markup(body.decode())  # noqa: S704  our own style, from our own files


@cache  # packed once, however many clinics a process opens
def _asset(name: str, body: bytes) -> Asset:
    stem, suffix = Path(name).stem, Path(name).suffix
    address = f"{stem}-{sha256(body).hexdigest()[:8]}{suffix}"
    return Asset(address, TYPES[suffix], body, gzip.compress(body, mtime=0))


@blueprint.get("/static/<address>")
@access(Audience.PUBLIC)
def file(address: str) -> Response:
    """Give a file; browsers keep it, since another content has another address."""
    asset: Asset | None = current_app.extensions["assets"].get(address)
    if asset is None:
        abort(404)
    packed = request.accept_encodings["gzip"] > 0
    response = Response(asset.packed if packed else asset.body, mimetype=asset.type)
    if packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return _kept(response, FOREVER)


@blueprint.get("/brand.css")
@access(Audience.PUBLIC)
def brand() -> Response:
    """Give the clinic's accent: two numbers; lightness is ours, so that text stays legible."""
    hue, chroma = clinic().brand_hue, clinic().brand_chroma
    words = f":root {{ --brand-h: {hue}; --brand-c: {chroma}; }}\n"
    return _kept(Response(words, mimetype="text/css"), A_DAY)


@blueprint.get("/logo/<mark>.png")
@access(Audience.PUBLIC)
def logo(mark: str) -> Response:
    """Give the clinic's picture, which we wrote ourselves; another picture has another address."""
    picture = clinic_settings.logo(mark) if mark.isalnum() else None
    if picture is None:
        abort(404)
    return _kept(Response(picture, mimetype="image/png"), FOREVER)


def _kept(response: Response, how_long: str) -> Response:
    response.headers["Cache-Control"] = how_long
    response.add_etag()
    response.make_conditional(request)
    return response
