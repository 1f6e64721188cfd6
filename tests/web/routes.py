"""Every route of the site, and an address for each."""

import re

from flask import Flask
from werkzeug.routing import Rule

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
KNOWN = {
    "way": "general",
    "part": "1",
    "number": "1",
    "token": "nobody.nothing",
    "reference": "HB-222-222",
    "mail_id": "1",
    "place_id": "aaaaaaaaaaaaaaaaaaaa",
    "closure": "1",
    "rule": "1",
    "opening": "1",
    "place": "1",
    "doctor": "1",
    "kind": "1",
    "proposal_id": "aaaaaaaaaaaaaaaaaaaa",
}


def rules(site: Flask) -> list[Rule]:
    return [rule for rule in site.url_map.iter_rules() if rule.endpoint != "static"]


def path_of(rule: Rule, **known: str) -> str:
    values = KNOWN | known
    return re.sub(r"<(?:[^:>]*:)?([a-z_]+)>", lambda found: values.get(found[1], "x"), rule.rule)
