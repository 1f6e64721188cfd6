"""Words of the guide where the page around them is in another language: they say which."""

from collections.abc import Callable

from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup

from app.content import when
from app.web import languages


def init_app(app: Flask) -> None:
    """Give every template the ways to say it."""
    app.add_template_filter(said_in, "said_in")
    app.add_template_global(block_in, "block_in")
    app.add_template_global(tongue, "tongue")


def tongue(language: str) -> Markup:
    """Return the attributes that name a language, or nothing for the page's own."""
    if language == languages.current():
        return Markup()
    direction = when.locale_of(language).text_direction
    return Markup(' lang="{}" dir="{}"').format(language, direction)


def said_in(words: str, language: str) -> str:
    """Name the language of some words, unless it is the page's."""
    named = tongue(language)
    return Markup("<span{}>{}</span>").format(named, words) if named else words


def block_in(language: str, *, caller: Callable[[], Markup]) -> Markup:
    """Name the language of a block, unless it is the page's; our own labels in it follow."""
    named = tongue(language)
    if not named:
        return caller()
    with force_locale(language.replace("-", "_")):
        return Markup("<div{}>{}</div>").format(named, caller())
