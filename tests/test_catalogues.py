"""What ./check says of the translations: what is missing, and what does not fit."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import ROOT

SPANISH = Path("translations/es/LC_MESSAGES/messages.po")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the translations, to break."""
    shutil.copytree(ROOT / "translations", tmp_path / "translations")
    return tmp_path


def run(folder: Path, task: str) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "scripts" / "catalogues.py")
    return subprocess.run(
        [sys.executable, script, task], cwd=folder, capture_output=True, text=True, check=False
    )


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_updating_in_step_changes_no_byte(folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*.*o")}

    run(folder, "update")

    assert {file: file.read_bytes() for file in folder.rglob("*.*o")} == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('msgstr "Mes"', 'msgstr ""', "not translated: 'Month'"),
        ('msgstr "Mes"', 'msgstr "Luna"', "is not what its words compile to"),
        (
            'msgstr "Este mes no tiene día %(number)s."',
            'msgstr "Este mes no tiene día %(day)s."',
            "other placeholders: 'This month has no day %(number)s.'",
        ),
        (
            'msgstr[1] "%(num)s minutos"',
            'msgstr[1] "minutos"',
            "other placeholders: '%(num)s minute'",
        ),
        ('msgid "Month"', '#, fuzzy\nmsgid "Month"', "not translated: 'Month'"),
        ('msgid "Month"', 'msgid "Moon"', "not translated: 'Month'"),
    ],
)
def test_a_text_that_is_missing_or_does_not_fit_is_named(
    folder: Path, old: str, new: str, said: str
) -> None:
    change(folder / SPANISH, old, new)

    answer = run(folder, "check")

    assert answer.returncode == 1
    assert said in answer.stdout


def test_a_new_text_waits_for_a_translator(folder: Path) -> None:
    change(
        folder / "translations/messages.pot",
        'msgid "Month"',
        'msgid "A new text"\nmsgstr ""\n\nmsgid "Month"',
    )

    run(folder, "update")

    answer = run(folder, "check")
    assert answer.stdout.splitlines() == [f"{SPANISH}: not translated: 'A new text'"]


def test_a_language_without_its_compiled_form_is_named(folder: Path) -> None:
    (folder / SPANISH.with_suffix(".mo")).unlink()

    assert "run ./check messages" in run(folder, "check").stdout
