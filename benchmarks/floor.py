"""The floor: what a bare Flask application reaches; a limit to compare with, not a clinic.

One raw query and one page, one guarded insert; no session, no form token, no journal, no mail.
"""

import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, request
from flask.typing import ResponseReturnValue

DATABASE, BYTES = os.environ["FLOOR_DATABASE"], int(os.environ["FLOOR_BYTES"])
ON_SQLITE = not DATABASE.startswith("postgresql")
SLOT, DAY = 1800, 86400
PAGE = """<!doctype html><title>Week</title><h1>Week</h1><form method="post"><table>
{% for day in days %}<tr>{% for start in day %}<td>{% if start in taken %}-{% else %}
<button name="start" value="{{ start }}">{{ start }}</button>{% endif %}</td>{% endfor %}</tr>
{% endfor %}</table></form><p>{{ filler }}</p>"""
WEEK = "SELECT starts_at FROM booked WHERE clinician = ? AND starts_at >= ? AND starts_at < ?"
OVERLAP = "SELECT 1 FROM booked WHERE clinician = ? AND starts_at > ? AND starts_at < ? LIMIT 1"
INSERT = "INSERT INTO booked (clinician, starts_at, ends_at) VALUES (?, ?, ?)"
GUARDED = f"{INSERT.replace('?', '%s')} ON CONFLICT DO NOTHING RETURNING 1"

app = Flask(__name__)
page = app.jinja_env.from_string(PAGE)
local = threading.local()


def connection() -> Any:  # noqa: ANN401  either library's connection
    if not hasattr(local, "connection"):
        if ON_SQLITE:
            local.connection = sqlite3.connect(DATABASE, timeout=10, isolation_level=None)
            local.connection.execute("PRAGMA synchronous=FULL")
        else:
            local.connection = psycopg.connect(DATABASE, autocommit=True)
    return local.connection


@app.get("/week")
def week() -> str:
    first = int(request.args["first"])
    asked = (int(request.args["clinician"]), first, first + 5 * DAY)
    rows = connection().execute(WEEK if ON_SQLITE else WEEK.replace("?", "%s"), asked)
    days = [range(first + day * DAY, first + day * DAY + 16 * SLOT, SLOT) for day in range(5)]
    return page.render(days=days, taken={start for (start,) in rows}, filler="x" * BYTES)


@app.post("/book")
def book() -> ResponseReturnValue:
    clinician, start = int(request.form["clinician"]), int(request.form["start"])
    known, row = connection(), (clinician, start, start + SLOT)
    if not ON_SQLITE:
        made = known.execute(GUARDED, row).fetchone()
        return ("booked", 201) if made else ("taken", 409)
    known.execute("BEGIN IMMEDIATE")
    taken = known.execute(OVERLAP, (clinician, start - SLOT, start + SLOT)).fetchone()
    if not taken:
        known.execute(INSERT, row)
    known.execute("COMMIT")
    return ("taken", 409) if taken else ("booked", 201)
