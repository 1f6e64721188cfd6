"""gunicorn's door: `gunicorn wsgi:app`; also where `flask` finds the application."""

import os
import sys

from app.factory import create_app
from app.settings import Settings, WrongSetting
from app.web import logs

try:
    settings = Settings.from_env(os.environ)
    app = create_app(settings)
except WrongSetting as wrong:
    sys.exit(f"Foreword does not start. {wrong}")
logs.set_up(settings.log_format)
if os.environ.get("FLASK_RUN_FROM_CLI"):  # who serves pages does without all that commands need
    from app import cli, worker

    cli.init_app(app)
    worker.init_app(app)
