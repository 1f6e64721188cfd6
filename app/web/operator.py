"""What whoever runs the machine asks: is the process there, is it ready, how is it going."""

from flask import Blueprint, Response, abort, current_app, jsonify
from flask.typing import ResponseReturnValue

from app.services import backup, outage, readiness
from app.settings import Settings
from app.web.access import Audience, access
from app.web.clock import now
from app.web.gate import guide_faults
from app.web.guide import days_to_review
from app.web.network import from_this_machine

blueprint = Blueprint("operator", __name__)


@blueprint.get("/healthz")
@access(Audience.PUBLIC)
def health() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@access(Audience.PUBLIC)
def ready() -> ResponseReturnValue:
    """Say whether the clinic can work, in codes."""
    wrong = readiness.check(now=now())
    if not wrong and guide_faults():
        wrong = ["guide_broken"]
    age = round(readiness.mail_age(now=now()))
    return jsonify(status="ok" if not wrong else "not ready", wrong=wrong, mail_age=age), (
        503 if wrong else 200
    )


@blueprint.get("/metrics")
@access(Audience.OPERATOR)
def metrics() -> ResponseReturnValue:
    """Count things, for this machine only: numbers and codes."""
    if not from_this_machine():
        abort(404)
    counted = readiness.numbers(now=now())
    counted["foreword_mail_oldest_seconds"] = round(readiness.mail_age(now=now()))
    if (age := outage.age(now=now())) is not None:
        counted["foreword_outage_pack_age_seconds"] = round(age.total_seconds())
    settings: Settings = current_app.extensions["settings"]
    if settings.backup_dir and (made := backup.listing(settings.backup_dir)):
        counted["foreword_backup_age_seconds"] = round((now() - made[-1][0]).total_seconds())
    if not guide_faults():
        counted["foreword_guide_review_days"] = days_to_review()
    lines = [f"{name} {number}" for name, number in sorted(counted.items())]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/robots.txt")
@access(Audience.PUBLIC)
def robots() -> ResponseReturnValue:
    """Let feeds be fetched and nothing be indexed (pages say noindex themselves)."""
    return Response("User-agent: *\nDisallow:\n", mimetype="text/plain")
