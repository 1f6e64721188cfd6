"""What `./run` installs is what was locked, or nothing."""

import os
import shutil
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from tests.support.processes import ROOT

WHEEL = "locked-1.0-py3-none-any.whl"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of `./run` with a venv of its own, and a shelf with the one package there is."""
    shutil.copy(ROOT / "run", tmp_path)
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    venv.create(tmp_path / ".venv", with_pip=True)
    about = "locked-1.0.dist-info"
    with ZipFile(tmp_path / WHEEL, "w") as wheel:
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: locked\nVersion: 1.0\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")
    return tmp_path


def run(house: Path, checksum: str) -> subprocess.CompletedProcess[str]:
    locked = f"locked==1.0 --hash=sha256:{checksum}\n"
    (house / "requirements.txt").write_text(locked, encoding="ascii")
    shelf = {"PATH": os.environ["PATH"], "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(house)}
    return subprocess.run(
        [house / "run"], env=shelf, capture_output=True, text=True, check=False, timeout=120
    )


def test_t38_a_package_that_is_not_the_locked_one_stops_the_run(house: Path) -> None:
    swapped = run(house, "0" * 64)
    right = run(house, sha256((house / WHEEL).read_bytes()).hexdigest())

    assert swapped.returncode == 1
    assert "could not be installed" in swapped.stderr
    assert "could not be installed" not in right.stderr
    assert (house / ".venv" / "requirements.installed").exists()


def test_t38_every_locked_package_has_a_version_and_checksums() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="ascii").replace("\\\n", " ")
        for line in filter(None, text.splitlines()):
            if line.startswith("#"):
                continue
            wanted, *checksums = line.split("--hash=sha256:")

            assert [one.operator for one in Requirement(wanted.strip()).specifier] == ["=="]
            assert checksums


def test_t38_the_application_imports_nothing_that_only_developers_have() -> None:
    """Import every module of the application where development packages do not exist."""
    text = (ROOT / "requirements-dev.in").read_text(encoding="utf-8")
    wanted = {line.lower().replace("-", "_") for line in text.splitlines() if line[:1].isalpha()}
    code = (
        "import pkgutil, sys\n"
        f"sys.modules.update(dict.fromkeys({sorted(wanted)!r}))\n"
        "import app\n"
        "for found in pkgutil.walk_packages(app.__path__, 'app.'): __import__(found.name)\n"
    )
    imported = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert imported.returncode == 0, imported.stderr
