"""A form that is only shown again: larger, in another language, with its time kept longer.

The buttons that do so belong to the page's form, so that the browser sends along what was typed.
A redirect that keeps the body (307) carries it on to the page, which shows it: nothing of it is
read as an answer, and the clinic keeps nothing.
"""

from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

MARK = "again"
View = TypeVar("View")


def shows_again(view: View) -> View:
    """Declare that a view shows its form again where it is asked to; no other is sent one."""
    view.shows_again = True  # type: ignore[attr-defined]  # read by `back_to`
    return view


def only_shown() -> bool:
    """Say whether the form that was sent is only to be shown again."""
    return request.method == "POST" and MARK in request.values


def left() -> str:
    """Return the language of the page that the form was typed on, if it is another one now."""
    return request.args.get(MARK, "")


def back_to(page: str, *, left: str = "1") -> ResponseReturnValue:
    """Lead back to a page of ours, with the form if it came along."""
    if not (request.args and _shows_again(page)):
        return redirect(page, code=303)
    joint = "&" if urlsplit(page).query else "?"
    return redirect(f"{page}{joint}{urlencode({MARK: left})}", code=307)


def _shows_again(page: str) -> bool:
    try:
        endpoint, _named = current_app.url_map.bind("").match(urlsplit(page).path, method="POST")
    except HTTPException:
        return False
    return hasattr(current_app.view_functions[endpoint], "shows_again")
