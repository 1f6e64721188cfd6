from datetime import timedelta
from pathlib import Path

from flask import Flask

from app.web import outage
from tests.conftest import MONDAY_8AM


def test_only_our_own_packs_make_room_for_newer_ones(site: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    theirs = folder / "2020-01-01_backup"
    theirs.mkdir(parents=True)
    folder.chmod(0o700)
    with site.app_context():
        for hours in range(5):
            outage.write(folder, now=MONDAY_8AM + timedelta(hours=hours))

    assert theirs.is_dir()
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1 + 3
