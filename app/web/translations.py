"""Words of templates in the reader's language, looked up once a language."""

from babel.support import NullTranslations
from flask import Flask
from flask_babel import get_locale, get_translations

_known: dict[object, NullTranslations] = {}


def init_app(app: Flask) -> None:
    """Take the place of the library's own look-up, which costs more than the words."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of jinja2.ext.i18n
        lambda words: _of_language().ugettext(words),
        lambda one, many, number: _of_language().ungettext(one, many, number),
        newstyle=True,
    )


def _of_language() -> NullTranslations:
    locale = get_locale()
    if locale not in _known:
        _known[locale] = get_translations()
    return _known[locale]
