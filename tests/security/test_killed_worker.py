"""A worker that dies before it has taken a mail leaves it due at once (F2)."""

import shutil
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path

import pytest

from app.clock import system_clock
from app.factory import create_app
from app.services import link
from app.settings import ROOT, Settings
from app.storage.database import db
from tests.security.conftest import behind, copy_of
from tests.support.processes import environment, flask

ADDRESS = "worker@example.org"


def owe(env: dict[str, str]) -> None:
    """Ask for the links of an address."""
    app = create_app(Settings.from_env(env))
    with app.app_context():
        link.request(ADDRESS, language="en", now=system_clock())
        db.session.remove()
        db.engine.dispose()


def die_at(write: int, env: dict[str, str]) -> bool:
    """Let a worker go one round and die at a write; say whether it did."""
    tracer = shutil.which("strace")
    if tracer is None:
        pytest.skip("strace is not here")
    inject = f"inject=pwrite64,fdatasync:signal=KILL:when={write}"
    words = [tracer, "-f", "-o", "/dev/null", "-e", "trace=pwrite64,fdatasync", "-e", inject]
    command = [*words, sys.executable, "-m", "flask", "worker", "--once"]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, timeout=60, check=False)
    if b"ptrace" in done.stderr:
        pytest.skip("strace may not look at other processes here")
    return done.returncode != 0


def untaken(folder: Path) -> bool:
    """Say whether no worker has the mail that is owed, and the book is whole."""
    with behind(folder) as book:
        assert book.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        query = "SELECT leased_by FROM mail WHERE state = 'owed' AND kind = 'link_requested'"
        return bool(book.execute(query).fetchall() == [(None,)])


@pytest.mark.parametrize("write", [1, 3])
def test_f02_a_worker_killed_before_its_lease_leaves_the_mail_due_at_once(
    demonstration: Path, tmp_path: Path, write: int
) -> None:
    env = environment(copy_of(demonstration, tmp_path), tmp_path)
    owe(env)

    assert die_at(write, env)
    assert untaken(tmp_path)
    flask("worker", "--once", env=env)

    letters = [message_from_bytes(one.read_bytes()) for one in tmp_path.rglob("*.eml")]
    assert [str(letter["To"]) for letter in letters].count(ADDRESS) == 1
