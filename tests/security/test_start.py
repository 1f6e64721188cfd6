"""What others could read stops the start, and rooms for trying things are shut (T37)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.factory import create_app
from app.settings import Settings, WrongSetting
from app.storage.database import db
from tests.support.processes import KEYS, DidNotStart, environment, start_site
from tests.web.routes import path_of, rules


def started(folder: Path) -> None:
    """Start a clinic that keeps its keys in files, as far as its settings go."""
    env = environment(f"sqlite:///{folder}/instance/clinic.sqlite", folder)
    create_app(Settings.from_env({name: env[name] for name in set(env) - set(KEYS)}))


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o602])
@pytest.mark.parametrize(
    ("file", "setting"),
    [
        ("clinic.sqlite", "DATABASE_URL"),
        ("secret_key.key", "SECRET_KEY"),
        ("link_key.key", "LINK_KEY"),
        ("field_keys.key", "FIELD_KEYS"),
    ],
)
def test_t37_a_file_that_others_may_read_stops_the_start_with_the_settings_name(
    tmp_path: Path, file: str, setting: str, mode: int
) -> None:
    started(tmp_path)
    path = tmp_path / "instance" / file
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(mode)

    with pytest.raises(WrongSetting, match=rf"{setting}: others may read .*; set its mode to 600"):
        started(tmp_path)


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701])
def test_t37_a_folder_that_others_may_enter_stops_the_start(tmp_path: Path, mode: int) -> None:
    started(tmp_path)
    (tmp_path / "instance").chmod(mode)

    with pytest.raises(WrongSetting, match="INSTANCE_DIR: others may read"):
        started(tmp_path)


def test_t37_the_server_itself_does_not_start_and_says_why(tmp_path: Path) -> None:
    book = tmp_path / "clinic.sqlite"
    book.touch(mode=0o644)
    book.chmod(0o644)

    with pytest.raises(DidNotStart) as stopped:
        start_site(f"sqlite:///{book}", tmp_path)

    assert "Foreword does not start. DATABASE_URL: others may read" in str(stopped.value)
    assert "Traceback" not in str(stopped.value)
    assert str(tmp_path) not in str(stopped.value)


@pytest.mark.parametrize(
    ("real", "address"), [(True, "http://localhost"), (False, "https://demo.example.org")]
)
def test_t37_the_mailbox_is_open_for_an_invented_clinic_on_ones_own_machine_only(
    make_app: Callable[..., Flask], sqlite_url: str, real: bool, address: str
) -> None:
    site = make_app(sqlite_url, base_url=address)
    if real:
        with site.app_context():
            db.session.execute(
                db.text(
                    "UPDATE clinic SET demonstration = false, primer_on = false,"
                    " revision = revision + 1"
                )
            )
            db.session.commit()
    rooms = [rule for rule in rules(site) if rule.rule.startswith("/demo")]
    client = site.test_client()

    answers = [client.get(path_of(rule), base_url=address).status_code for rule in rooms]

    assert len(answers) >= 4
    assert set(answers) == {404}


def test_the_settings_never_show_a_secret(tmp_path: Path) -> None:
    env = environment(f"sqlite:///{tmp_path}/instance/c.sqlite", tmp_path)

    shown = repr(Settings.from_env(env | {"SMTP_URL": "smtps://me:hush@mail.example.org"}))

    assert "hush" not in shown
    assert not [key for key in KEYS.values() if key in shown or key[3:] in shown]
