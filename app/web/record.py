"""A record with its guide as one file that loads nothing: to hand out, years later too."""

from flask import current_app
from flask_babel import force_locale

from app.content import when
from app.services.record_copy import RecordCopy
from app.web import assets
from app.web.patient.record_lines import Then, in_words, who


def page(copy: RecordCopy, then: Then) -> str:
    """Write the file in the language that the guide was read in."""
    with force_locale(copy.language.replace("-", "_")):
        return current_app.jinja_env.get_template("paper/record.html").render(
            copy=copy,
            guides=then.guides,
            language=copy.language,
            direction=when.locale_of(copy.language).text_direction,
            lines=in_words(copy, then),
            who=who(copy.answered_by),
            sheet=assets.sheet(),
        )
