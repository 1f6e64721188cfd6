"""Editions of a test's own: copies of the shipped one under other days."""

import shutil
from pathlib import Path

from app.content.library import Copy
from app.settings import ROOT

SHIPPED = "2026-11-21"
TODAY = Copy(
    folder=ROOT / "primer",
    edition="2026-11-21",
    language="en",
    jurisdiction="us",
    clinic_phone="(865) 555-0142",
    nurse_line=None,
)


def new_edition(folder: Path, name: str, *, change: str = "major") -> Path:
    """Add an edition that is the shipped one but for a word of part 6; return its folder."""
    made = folder / name
    if not (folder / SHIPPED).exists():
        shutil.copytree(ROOT / "primer", folder, dirs_exist_ok=True)
    shutil.copytree(folder / SHIPPED, made, ignore=shutil.ignore_patterns("SHA256SUMS"))
    edit(made / "edition.yaml", "change: major", f"change: {change}")
    edit(made / "edition.yaml", "date: 2026-11-21", f"date: {name}")
    edit(made / "en/05-risks.md", "Bleeding or nerve harm", "Bleeding, nerve harm")
    return made


def edit(file: Path, old: str, new: str) -> None:
    """Replace some words of a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
