"""Files that a page gives away."""

from flask import Response


def download(body: bytes, name: str, content_type: str) -> Response:
    """Give a file to keep under a name."""
    response = Response(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
