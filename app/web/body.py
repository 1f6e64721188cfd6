"""What a request carries: a body that makes no sense is a bad request, not a fault of ours."""

from flask import Flask, Request
from werkzeug.exceptions import BadRequest, HTTPException


class Carried(Request):
    """A request whose form is read as far as it can be read."""

    def _load_form_data(self) -> None:
        """Read the form; the server has its own ways to say that the body is garbled."""
        try:
            super()._load_form_data()
        except HTTPException:
            raise
        except Exception as error:
            raise BadRequest from error


def init_app(app: Flask) -> None:
    """Let the application read its requests so."""
    app.request_class = Carried
