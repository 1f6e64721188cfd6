"""An edition to read, and a copy of it to break."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from app.content.packs import read_pack
from app.content.primer import Primer, load

PRIMER = Path(__file__).parents[2] / "primer"
EDITION = "2026-11-21"
CLINIC = {"clinic_phone": "(207) 555-0142", "nurse_line": "our nurses at (207) 555-0199"}


def load_us(folder: Path) -> Primer:
    return load(folder, EDITION, "en", read_pack(folder, EDITION, "us"), CLINIC)


def shown(primer: Primer) -> str:
    """Everything that can reach a patient, as one text."""
    fields = asdict(primer)
    fields.pop("edition")
    return json.dumps(fields, ensure_ascii=False)


@pytest.fixture(scope="session")
def primer() -> Primer:
    return load_us(PRIMER)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "primer"
    shutil.copytree(PRIMER, folder, ignore=shutil.ignore_patterns("SHA256SUMS"))
    return folder


Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edit(copy: Path) -> Edit:
    """Replace some words of one file of the copy, and give the folder of the copy."""

    def change(file: str, old: str, new: str) -> Path:
        path = copy / EDITION / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy

    return change
