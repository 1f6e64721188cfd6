"""Our kind of form: what the library would say by itself is said in our words and languages."""

from flask_babel import lazy_gettext as later
from wtforms import Form as LibraryForm

WORDS = {
    "Not a valid choice.": later("Please choose one of those that are offered."),
    "'%(value)s' is not a valid choice for this field.": later(
        "Please choose only from those that are offered."
    ),
    "Invalid Choice: could not coerce.": later("Please choose one of those that are offered."),
    "Invalid choice(s): one or more data inputs could not be coerced.": later(
        "Please choose only from those that are offered."
    ),
}


class _Words:
    """Answers the library as its own catalogue would."""

    def gettext(self, words: str) -> str:
        """Return our words for the library's."""
        return str(WORDS.get(words, words))

    def ngettext(self, one: str, _many: str, _number: int) -> str:
        """Return the same, however many it is about."""
        return self.gettext(one)


class Form(LibraryForm):  # type: ignore[misc]  # the library has no types
    """A form whose every sentence is ours."""

    class Meta:
        """What the library asks about a form."""

        def get_translations(self, _form: LibraryForm) -> _Words:
            """Return who puts the library's words into ours."""
            return _Words()
