"""No emergency is dropped, no mail names the complaint, nothing is asked without a reason."""

from datetime import date
from pathlib import Path

import pytest

from app.content.check import findings
from tests.content.conftest import Edit

TODAY = date(2026, 11, 25)


def found(folder: Path) -> list[tuple[str, str]]:
    return [(item.rule, item.sentence) for item in findings(folder, today=TODAY)]


def rules_of(folder: Path) -> set[str]:
    return {rule for rule, _ in found(folder)}


def test_an_emergency_that_became_less_urgent(edit: Edit) -> None:
    folder = edit(
        "safety.yaml", "  - id: E3\n    tier: emergency", "  - id: E3\n    tier: call_today"
    )

    assert ("emergency", "E3 is no emergency here") in found(folder)


def test_an_emergency_that_is_not_asked_about_any_more(edit: Edit) -> None:
    folder = edit(
        "safety.yaml", "  - id: E3\n    tier: emergency", "  - id: X3\n    tier: emergency"
    )
    for language in ("en", "es"):
        edit(f"{language}/safety.yaml", "  - id: E3\n", "  - id: X3\n")

    assert ("emergency", "E3 is no emergency here") in found(folder)


def test_a_short_sign_that_its_item_does_not_say(edit: Edit) -> None:
    folder = edit("en/safety.yaml", "words: 'A crash, a bad fall", "words: 'A crash, any fall")

    assert "short" in rules_of(folder)


@pytest.mark.parametrize("words", ["a bad fall or a hard blow to your back", "your spine"])
def test_a_short_sign_that_names_the_complaint(edit: Edit, words: str) -> None:
    folder = edit("en/safety.yaml", "'A crash, a bad fall or a hard blow'", f"'A crash, {words}'")

    assert any("names the complaint" in sentence for _, sentence in found(folder))


def test_an_emergency_that_mails_leave_out_without_a_reason(edit: Edit) -> None:
    folder = edit("safety.yaml", "    not_outside:", "    note:")

    assert any("E9 stands neither" in sentence for _, sentence in found(folder))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("        reason: a baseline\n", "", "pain is asked without a reason"),
        ("        class: P3\n", "        class: P1\n", "duration has no class of data"),
        ("        kept_days: 90\n", "", "duration is not kept 90 days"),
        ("        kept_days: 90\n", "        kept_days: 900\n", "duration is not kept 90 days"),
    ],
)
def test_t43_a_question_without_reason_class_or_term(
    edit: Edit, old: str, new: str, why: str
) -> None:
    assert ("previsit", why) in found(edit("previsit.yaml", old, new))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("en", "question: What is your work,", "question: What insurance do you have,"),
        ("en", "smoking: I smoke", "smoking: I take drugs"),
    ],
)
def test_t43_a_question_that_is_never_asked(edit: Edit, file: str, old: str, new: str) -> None:
    folder = edit(f"{file}/previsit.yaml", old, new)

    assert any("what is never asked" in sentence for _, sentence in found(folder))


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("en/previsit.yaml", "  - id: sport\n", "  - id: spurt\n", "sport has no words"),
        ("previsit.yaml", "kind: scales", "kind: scores", "there is no such kind"),
        ("en/previsit.yaml", "      same: Both the same\n", "", "these must be back, leg, same"),
        ("en/safety.yaml", "      E1: {as", "      E0: {as", "there is no limit E0"),
        ("safety.yaml", "follows: E1", "follows: E2", "there is no limit E2"),
    ],
)
def test_a_form_or_a_limit_that_does_not_load_says_where(
    edit: Edit, file: str, old: str, new: str, why: str
) -> None:
    (finding,) = findings(edit(file, old, new), today=TODAY)

    assert finding.rule == "loads"
    assert finding.line > 1
    assert why in finding.sentence
