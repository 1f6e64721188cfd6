"""Where the application is put together."""

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.clock import Clock, Wait, system_clock, wait_until
from app.content.press import press
from app.services.passwords import Passwords
from app.settings import LOOPBACK, ROOT, Settings, WrongSetting
from app.storage.database import db
from app.storage.sealing import Keyring
from app.web import (
    assets,
    body,
    csrf,
    demo,
    errors,
    gate,
    headers,
    languages,
    layout,
    logs,
    operator,
    translations,
)
from app.web.dav import blueprint as dav
from app.web.dav import well_known
from app.web.feeds import blueprint as feeds
from app.web.patient import blueprint as patient
from app.web.reception import blueprint as reception

SMALL = 64 * 1024
PAGES = (
    patient,
    reception,
    feeds,
    dav,
    well_known.blueprint,
    operator.blueprint,
    demo.blueprint,
)


def create_app(
    settings: Settings, *, clock: Clock = system_clock, wait: Wait = wait_until
) -> Flask:
    """Build one clinic: its settings and its clock are given, never looked up."""
    app = without_pages(settings, clock=clock)
    app.extensions["wait"] = wait
    for pages in PAGES:
        app.register_blueprint(pages)
    hops = settings.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def without_pages(settings: Settings, *, clock: Clock) -> Flask:
    """Build what use cases stand on, which is much quicker than all the addresses."""
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=None,  # assets serves them, by names that change with their content
    )
    app.config.from_mapping(_config(settings))
    app.extensions["clock"] = clock
    app.extensions["press"] = press
    app.extensions["settings"] = settings
    app.extensions["passwords"] = Passwords(memory=settings.argon2_mib * 1024)
    db.init_app(app)
    for part in (body, languages, translations, headers, logs, errors, gate, csrf, assets, layout):
        part.init_app(app)
    return app


def _config(settings: Settings) -> dict[str, Any]:
    secure = settings.secure
    return {
        "SECRET_KEY": settings.secret_keys[0],
        "SECRET_KEY_FALLBACKS": list(settings.secret_keys[1:]),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "TRUSTED_HOSTS": list(LOOPBACK if settings.host in LOOPBACK else [settings.host]),
        "SESSION_COOKIE_NAME": "__Host-fw" if secure else "fw",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "MAX_CONTENT_LENGTH": SMALL,
        "MAX_FORM_MEMORY_SIZE": SMALL,
        "MAX_FORM_PARTS": 200,
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }


def _engine_options(settings: Settings) -> dict[str, Any]:
    keyring = Keyring(settings.field_keys, settings.link_keys)
    options: dict[str, Any] = {"execution_options": {"keyring": keyring}}
    if path := settings.book:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        if path.stat().st_mode & 0o077:
            raise WrongSetting("DATABASE_URL", f"others may read {path.name}; set its mode to 600")
    else:
        options |= {"pool_size": 8, "pool_timeout": 5}
        options["connect_args"] = {"connect_timeout": 5}
    return options
