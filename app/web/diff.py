"""Two editions compared, as one file that loads nothing."""

from flask import current_app
from flask_babel import force_locale

from app.content import when
from app.content.diff import changes
from app.content.primer import Primer
from app.web import assets


def page(old: Primer, new: Primer) -> str:
    """Write what changed, in the language of the newer one."""
    with force_locale(new.language.replace("-", "_")):
        return current_app.jinja_env.get_template("paper/diff.html").render(
            old=old.edition.id,
            new=new.edition.id,
            major=new.edition.change == "major",
            changes=changes(old, new),
            language=new.language,
            direction=when.locale_of(new.language).text_direction,
            sheet=assets.sheet(),
        )
