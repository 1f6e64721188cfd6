"""Codes that a telephone's camera reads."""

from io import BytesIO

import segno
from flask import Response

DARK, LIGHT = "#221a1e", "#ffffff"


def drawn(text: str) -> Response:
    """Draw a code as a picture of its own."""
    drawing = BytesIO()
    segno.make(text, error="m").save(drawing, kind="svg", scale=4, border=3, dark=DARK, light=LIGHT)
    return Response(drawing.getvalue(), mimetype="image/svg+xml")
