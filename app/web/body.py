"""What a request carries: a body that makes no sense is a bad request, not a fault of ours."""

from flask import Flask, Request
from werkzeug.exceptions import BadRequest, HTTPException

CALENDAR = 1024 * 1024
LARGER = {"reception.busy.hand_in": CALENDAR}  # by endpoint; everything else is small


class Carried(Request):
    """A request whose form is read as far as it can be read."""

    @property
    def max_content_length(self) -> int | None:
        """How much of it is read at all."""
        return LARGER.get(self.endpoint or "") or super().max_content_length

    @max_content_length.setter
    def max_content_length(self, most: int | None) -> None:
        self._max_content_length = most

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
