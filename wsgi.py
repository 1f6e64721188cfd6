"""gunicorn's door: `gunicorn wsgi:app`; also where `flask` finds the application."""

import os
import sys

from app import cli, worker
from app.factory import create_app
from app.settings import Settings, WrongSetting

try:
    app = create_app(Settings.from_env(os.environ))
except WrongSetting as wrong:
    sys.exit(f"Foreword does not start. {wrong}")
cli.init_app(app)
worker.init_app(app)
