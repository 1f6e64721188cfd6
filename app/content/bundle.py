"""What a fingerprint stands for, word for word: canonical form 1.

Each function names what a patient is shown of one thing, so that neither a new field in the
program nor another way to draw a page changes the meaning of an old record.  Texts are the
filled sentences and the filled Markdown, never HTML.  Whatever can be shown must be named here
(a test looks for words that are not); once an edition is frozen these words do not change.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.content.bundle_page import page
from app.content.checks import Check
from app.content.editions import About, Edition
from app.content.fingerprint import Setting, Shown, sha_of
from app.content.questions import Questions
from app.content.safety import SafetyCheck, SafetyItem, SafetyTier
from app.content.statements import Statement, Statements, TeachBack
from app.domain.reading import Kind

if TYPE_CHECKING:  # the primer is sealed by what stands here
    from app.content.primer import Primer


def sealed(primer: "Primer") -> "Primer":
    """Give the primer with the fingerprint of each part and of all of it."""
    setting = Setting(primer.edition.id, primer.language, primer.jurisdiction)
    checks = {
        page.id: replace(page.check, sha=sha_of(check(page.check), setting))
        for page in primer.pages
        if page.check
    }
    pages = (replace(one, check=checks.get(one.id)) for one in primer.pages)
    said = tuple(
        replace(one, sha=sha_of(statement(one), setting)) for one in primer.statements.items
    )
    return replace(
        primer,
        safety=sealed_check(primer.safety, setting),
        pages=tuple(replace(one, sha=sha_of(page(one), setting)) for one in pages),
        statements=replace(
            primer.statements, items=said, sha=sha_of(statements(primer.statements), setting)
        ),
        teach_back=replace(primer.teach_back, sha=sha_of(teach_back(primer.teach_back), setting)),
        sha=sha_of(shown(primer), setting),
    )


def sealed_check(one: SafetyCheck, setting: Setting) -> SafetyCheck:
    """Give the safety check with its fingerprint."""
    return replace(one, sha=sha_of(safety(one), setting))


def fingerprint(primer: "Primer", kind: str, subject: str) -> str | None:
    """Give the fingerprint that an entry of the record must have, empty where nothing is shown."""
    made: dict[tuple[str, str], str] = {
        (Kind.BEGIN, primer.jurisdiction): primer.sha,
        (Kind.SAFETY, primer.jurisdiction): primer.safety.sha,
        (Kind.TEACH_BACK, "words"): primer.teach_back.sha,
        (Kind.END, "end"): "",
        (Kind.BOOKED, "booked"): "",
        (Kind.COPY, "copy"): "",
        (Kind.WITHDRAWN, "withdrawn"): "",
    }
    made |= {(Kind.PAGE, one.id): one.sha for one in primer.pages}
    made |= {(Kind.CHECK, one.check.id): one.check.sha for one in primer.pages if one.check}
    made |= {(Kind.STATEMENT, one.id): one.sha for one in primer.statements.items}
    return made.get((kind, subject))


def shown(primer: "Primer") -> Shown:
    """Name everything that one reader may be shown, with the clinic's own words in it."""
    return {
        "edition": edition(primer.edition),
        "about": about(primer.about),
        "clinic_words": dict(primer.clinic_words),
        "safety": safety(primer.safety),
        "pages": [page(one) for one in primer.pages],
        "check_header": primer.check_header,
        "checks": [check(one.check) for one in primer.pages if one.check],
        "statements": statements(primer.statements),
        "teach_back": teach_back(primer.teach_back),
        "questions": questions(primer.questions),
        "notices": list(primer.notices),
    }


def edition(one: Edition) -> Shown:
    """Name what an edition says about itself."""
    return {
        "id": one.id,
        "title": one.title,
        "day": one.day.isoformat(),
        "review_by": one.review_by.isoformat(),
        "record_title": one.record_title,
    }


def about(one: About) -> Shown:
    """Name what is said about those who stand behind the guide."""
    return {
        "title": one.title,
        "awaiting": one.awaiting,
        "written_by": one.written_by,
        "paid_by": one.paid_by,
        "clinic_interest": one.clinic_interest,
        "updates": one.updates,
        "limits": list(one.limits),
    }


def check(one: Check) -> Shown:
    """Name a question with its answers and what each of them brings."""
    return {
        "id": one.id,
        "question": one.question,
        "options": [
            {
                "key": option.key,
                "text": option.text,
                "right": option.right,
                "feedback": option.feedback,
            }
            for option in one.options
        ],
        "must_see": one.must_see,
    }


def statement(one: Statement) -> Shown:
    """Name one line to acknowledge."""
    return {"id": one.id, "text": one.text}


def statements(all_of_them: Statements) -> Shown:
    """Name the page of the statements."""
    return {
        "lead_in": all_of_them.lead_in,
        "skip_link": all_of_them.skip_link,
        "answers": [[stance, text] for stance, text in all_of_them.answers],
        "items": [statement(one) for one in all_of_them.items],
    }


def teach_back(asked: TeachBack) -> Shown:
    """Name the open questions."""
    return {"questions": list(asked.questions), "warning": asked.warning}


def questions(offered: Questions) -> Shown:
    """Name the values and the questions for the doctor that can be ticked."""
    return {
        "values": [{"id": one.id, "text": one.text} for one in offered.values],
        "items": [{"id": one.id, "text": one.text} for one in offered.items],
    }


def safety(one: SafetyCheck) -> Shown:
    """Name the safety check with its numbers to call."""
    return {
        "head": one.head,
        "answers": [[answer, text] for answer, text in one.answers],
        "end_all_no": one.end_all_no,
        "footer": one.footer,
        "emergency_number": one.emergency_number,
        "clinic_phone": one.clinic_phone,
        "nurse_line": one.nurse_line,
        "support_line": one.support_line,
        "short": list(one.short),
        "tiers": [tier(page) for page in one.tiers],
    }


def tier(one: SafetyTier) -> Shown:
    """Name one page of the safety check."""
    return {
        "tier": one.tier,
        "label": one.label,
        "not_sure_leads_to": one.not_sure_leads_to,
        "screen_added": one.screen_added,
        "not_sure_added": one.not_sure_added,
        "items": [safety_item(item) for item in one.items],
    }


def safety_item(one: SafetyItem) -> Shown:
    """Name one question of the safety check."""
    return {
        "id": one.id,
        "question": one.question,
        "signs": list(one.signs),
        "help": one.help,
        "screen_text": one.screen_text,
    }
