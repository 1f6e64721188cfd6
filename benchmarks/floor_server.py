"""How gunicorn serves the floor: the clinic's own settings, without its hooks."""

import runpy
from pathlib import Path

_ours = runpy.run_path(str(Path(__file__).parents[1] / "gunicorn.conf.py"))
globals().update(
    {name: value for name, value in _ours.items() if name.islower() and not callable(value)}
)
wsgi_app = "benchmarks.floor:app"
