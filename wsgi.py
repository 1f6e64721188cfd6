"""gunicorn's door: `gunicorn wsgi:app`; also where `flask` finds the application."""

import os
import sys

from app.factory import create_app
from app.settings import Settings, WrongSetting
from app.storage import in_use
from app.web import logs

try:
    settings = Settings.from_env(os.environ)
    app = create_app(settings)
    from_command = bool(os.environ.get("FLASK_RUN_FROM_CLI"))
    if settings.book is not None and not from_command:
        in_use.share(settings.book)
except in_use.InUse:
    sys.exit("Foreword does not start. The book is being restored.")
except WrongSetting as wrong:
    sys.exit(f"Foreword does not start. {wrong}")
logs.set_up(settings.log_format)
if from_command:  # who serves pages does without all that commands need
    from app import cli, worker

    cli.init_app(app)
    worker.init_app(app)
