"""What the library of forms says by itself: all of it in our words, and in Spanish."""

import ast
import inspect
import textwrap
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale
from wtforms import Field

from app.web.forms import WORDS, Form
from tests.staffing import Colleague

OF_A_FAULT = "Choices cannot be None."  # of the program: nobody reads it


def forms(base: type[Form] = Form) -> Iterator[type[Form]]:
    """Give every form of the house."""
    for one in base.__subclasses__():
        yield one
        yield from forms(one)


def kinds() -> set[type[Field]]:
    """Return the kinds of fields that stand in some form, with what they are made from."""
    stand = [
        getattr(form, name).field_class
        for form in forms()
        for name in dir(form)
        if hasattr(getattr(form, name), "field_class")
    ]
    return {part for kind in stand for part in kind.__mro__ if part is not object}


def said_by(kind: type[Field]) -> Iterator[str]:
    """Give each sentence that a kind of field has of itself."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    for node in ast.walk(tree):
        name = getattr(getattr(node, "func", None), "attr", "")
        if isinstance(node, ast.Call) and name in ("gettext", "ngettext"):
            words = node.args[0]
            if isinstance(words, ast.Constant) and words.value != OF_A_FAULT:
                yield str(words.value)


def test_every_form_of_the_pages_is_ours(site: Flask) -> None:
    assert {form.__name__ for form in forms()} >= {"DetailsForm", "ClosureForm", "WishesForm"}
    assert site.url_map


def test_every_sentence_of_the_library_has_words_of_ours(site: Flask) -> None:
    found = {words for kind in kinds() for words in said_by(kind)}

    assert "Not a valid choice." in found
    assert found <= WORDS.keys()


def test_our_words_are_spanish_in_spanish(site: Flask) -> None:
    with site.test_request_context():
        english = {str(words) for words in WORDS.values()}
        with force_locale("es"):
            spanish = {str(words) for words in WORDS.values()}

    assert not english & spanish
    assert len(spanish) == len(english)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Please choose one of those that are offered."),
        ("es", "Elija una de las opciones que se ofrecen."),
    ],
)
def test_a_choice_that_is_none_is_said_in_the_language_of_the_page(
    site: Flask, language: str, sentence: str
) -> None:
    jo = Colleague(site)
    jo.get("/staff/closures/add")

    page = jo.post(f"/staff/closures/add?language={language}", {"whose": "doctor-99", "kind": "x"})

    assert page.status_code == 422
    assert sentence in page.text
    assert "valid choice" not in page.text
