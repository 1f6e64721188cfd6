from pathlib import Path

import pytest

from app.settings import Settings, WrongSetting

KEY = "a key with more than sixteen letters"
FIELD_KEY = f"k1:{'0f' * 32}"
ON_POSTGRES = {
    "DATABASE_URL": "postgresql+psycopg://clinic:word@db.example.org/foreword",
    "SECRET_KEY": KEY,
    "LINK_KEY": KEY,
    "FIELD_KEYS": FIELD_KEY,
}


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"INSTANCE_DIR": str(tmp_path / "instance")}


WRONG = [
    ("DATABASE_URL", "mysql://localhost/foreword"),
    ("DATABASE_URL", "postgresql://localhost/foreword"),
    ("DATABASE_URL", "postgresql+psycopg://localhost"),
    ("DATABASE_URL", "postgresql+psycopg://localhost/"),
    ("DATABASE_URL", "postgresql+psycopg://localhost:many/foreword"),
    ("DATABASE_URL", "postgresql+psycopg://[::1/foreword"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("DATABASE_URL", "foreword.sqlite"),
    ("DATABASE_URL", " "),
    ("BASE_URL", "harbor.example.org"),
    ("BASE_URL", "http://harbor.example.org"),
    ("BASE_URL", "ftp://harbor.example.org"),
    ("BASE_URL", "https://"),
    ("BASE_URL", "https://harbor.example.org/book"),
    ("BASE_URL", "https://harbor.example.org?a=b"),
    ("BASE_URL", "https://harbor.example.org#top"),
    ("BASE_URL", "https://clinic:word@harbor.example.org"),
    ("BASE_URL", "https://harbor.example.org:port"),
    ("BASE_URL", "https://harbor.example.org:99999"),
    ("BASE_URL", "https://[::1"),
    ("BASE_URL", "https://harbor example.org"),
    ("SMTP_URL", "mail.example.org"),
    ("SMTP_URL", "http://mail.example.org"),
    ("SMTP_URL", "smtp://"),
    ("SMTP_URL", "smtp://:587"),
    ("SMTP_URL", "smtp://mail.example.org:port"),
    ("SMTP_URL", "smtp://mail.example.org?tls=1"),
    ("SMTP_URL", "smtp://[::1"),
    ("IMAP_URL", "imap.example.org"),
    ("IMAP_URL", "pop3://clinic:word@mail.example.org"),
    ("IMAP_URL", "imaps://mail.example.org"),
    ("IMAP_URL", "imaps://clinic:word@"),
    ("SECRET_KEY", "short"),
    ("LINK_KEY", f"{KEY},short"),
    ("FIELD_KEYS", KEY),
    ("FIELD_KEYS", "k1:0f"),
    ("FIELD_KEYS", f"k1:{'zz' * 32}"),
    ("FIELD_KEYS", f"key1:{'0f' * 32}"),
    ("FIELD_KEYS", f"{FIELD_KEY},{FIELD_KEY}"),
    ("FIELD_KEYS", f"ä1:{'0f' * 32}"),
    ("WORKER_INTERVAL", "soon"),
    ("WORKER_INTERVAL", "-1"),
    ("WORKER_INTERVAL", "nan"),
    ("WORKER_INTERVAL", "inf"),
    ("TRUSTED_PROXIES", "one"),
    ("TRUSTED_PROXIES", "-1"),
    ("TRUSTED_PROXIES", "1.5"),
    ("EXEMPT_NETWORKS", "reception"),
    ("EXEMPT_NETWORKS", "192.0.2.0/99"),
    ("PRIMER_DIR", "/no/such/folder"),
    ("PORT", "http"),
    ("PORT", "65536"),
    ("LOG_FORMAT", "xml"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_stops_the_start_with_its_name(
    env: dict[str, str], name: str, value: str
) -> None:
    with pytest.raises(WrongSetting, match=f"^{name}: ") as stopped:
        Settings.from_env(env | {name: value})

    assert stopped.value.name == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://clinic:password@db.example.org/foreword"),
        ("IMAP_URL", "imap://clinic:password@mail.example.org"),
        ("SMTP_URL", "smtp://clinic:password@:587"),
        ("SMTP_URL", "smtp://clinic:password@mail.example.org"),
        ("SECRET_KEY", "password"),
        ("FIELD_KEYS", "password"),
    ],
)
def test_what_a_wrong_setting_says_holds_no_secret(
    env: dict[str, str], name: str, value: str
) -> None:
    with pytest.raises(WrongSetting) as stopped:
        Settings.from_env(env | {name: value})

    assert f"{name}: " in str(stopped.value)
    assert value not in str(stopped.value)


@pytest.mark.parametrize("name", ["SECRET_KEY", "LINK_KEY", "FIELD_KEYS"])
def test_with_postgresql_the_keys_are_given_not_made(name: str, env: dict[str, str]) -> None:
    given = {key: value for key, value in ON_POSTGRES.items() if key != name}

    with pytest.raises(WrongSetting, match=f"^{name}: "):
        Settings.from_env(env | given)
    assert not Path(env["INSTANCE_DIR"]).joinpath(f"{name.lower()}.key").exists()


def test_with_nothing_said_a_clinic_runs_on_this_machine_alone(env: dict[str, str]) -> None:
    settings = Settings.from_env(env)

    assert settings.on_sqlite
    assert not settings.secure
    assert settings.host == "127.0.0.1"
    assert settings.smtp_url is None
    assert (settings.trusted_proxies, settings.exempt_networks) == (0, ())


def test_keys_are_made_once_and_kept_to_oneself(env: dict[str, str]) -> None:
    first, second = Settings.from_env(env), Settings.from_env(env)

    assert first == second
    keys = list(Path(env["INSTANCE_DIR"]).glob("*.key"))
    assert {path.name for path in keys} == {"secret_key.key", "link_key.key", "field_keys.key"}
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}
    assert len({path.read_text() for path in keys}) == 3


def test_a_key_that_others_can_read_stops_the_start(env: dict[str, str]) -> None:
    Settings.from_env(env)
    Path(env["INSTANCE_DIR"], "link_key.key").chmod(0o640)

    with pytest.raises(WrongSetting, match=r"^LINK_KEY: "):
        Settings.from_env(env)


def test_a_folder_that_others_can_read_stops_the_start(env: dict[str, str]) -> None:
    Path(env["INSTANCE_DIR"]).mkdir(mode=0o755)

    with pytest.raises(WrongSetting, match=r"^INSTANCE_DIR: "):
        Settings.from_env(env)


def test_an_empty_setting_is_as_good_as_none(env: dict[str, str]) -> None:
    names = ("DATABASE_URL", "BASE_URL", "SMTP_URL", "SECRET_KEY", "LOG_FORMAT", "PORT")

    assert Settings.from_env(env | dict.fromkeys(names, "")) == Settings.from_env(env)


def test_a_secret_may_come_from_a_file(env: dict[str, str], tmp_path: Path) -> None:
    secret = tmp_path / "smtp"
    secret.write_text("smtps://clinic:word@mail.example.org\n")

    assert Settings.from_env(env | {"SMTP_URL_FILE": str(secret)}).smtp_url == (
        "smtps://clinic:word@mail.example.org"
    )
    with pytest.raises(WrongSetting, match=r"^SMTP_URL_FILE: "):
        Settings.from_env(env | {"SMTP_URL_FILE": str(tmp_path / "none")})


def test_keys_are_listed_newest_first(env: dict[str, str]) -> None:
    keys = f"k2:{'ab' * 32}, {FIELD_KEY}"
    settings = Settings.from_env(
        env | {"FIELD_KEYS": keys, "SECRET_KEY": KEY, "SECRET_KEY_FALLBACKS": f"{KEY} before"}
    )

    assert [name for name, _ in settings.field_keys] == ["k2", "k1"]
    assert settings.secret_keys == (KEY, f"{KEY} before")


@pytest.mark.parametrize(
    "url",
    [
        "https://harbor.example.org",
        "https://harbor.example.org/",
        "https://harbor.example.org:8443",
        "http://localhost:8000",
        "http://[::1]:8000",
    ],
)
def test_good_addresses_are_taken(env: dict[str, str], url: str) -> None:
    settings = Settings.from_env(env | {"BASE_URL": url})

    assert settings.base_url == url.rstrip("/")
    assert settings.secure == url.startswith("https")


def test_what_is_printed_of_the_settings_holds_no_secret(env: dict[str, str]) -> None:
    smtp = {
        "SMTP_URL": "smtps://clinic:password@mail.example.org",
        "IMAP_URL": "imaps://clinic:password@mail.example.org",
    }

    printed = repr(Settings.from_env(env | ON_POSTGRES | smtp))

    for secret in (KEY, "0f0f", "password", "clinic:word"):
        assert secret not in printed


OIDC = {
    "OIDC_ISSUER": "https://id.example.org/realm", "OIDC_CLIENT_ID": "foreword",
    "OIDC_CLIENT_SECRET": "a secret of theirs",
}  # fmt: skip


def test_t30_an_identity_provider_is_three_settings(env: dict[str, str]) -> None:
    settings = Settings.from_env(env | OIDC)

    assert settings.oidc is not None
    assert (settings.oidc.issuer, settings.oidc.host) == (OIDC["OIDC_ISSUER"], "id.example.org")
    assert "a secret of theirs" not in repr(settings)
    assert Settings.from_env(env).oidc is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_ISSUER", ""),
        ("OIDC_CLIENT_ID", ""),
        ("OIDC_CLIENT_SECRET", ""),
        ("OIDC_ISSUER", "http://id.example.org"),
        ("OIDC_ISSUER", "id.example.org"),
        ("OIDC_ISSUER", "https://"),
        ("OIDC_ISSUER", "https://x@id.example.org"),
        ("OIDC_ISSUER", "https://id.example.org?a=b"),
        ("OIDC_ISSUER", "https://id.example.org:many"),
    ],
)
def test_t30_a_provider_that_is_half_or_wrongly_named_stops_the_start(
    env: dict[str, str], name: str, value: str
) -> None:
    with pytest.raises(WrongSetting) as stopped:
        Settings.from_env(env | OIDC | {name: value})

    assert stopped.value.name == name
