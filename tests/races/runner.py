"""One of many processes that press at once: told a scene on its input, says what came of it.

A scene prepares, waits until everybody is ready, and then does what is raced for.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from app.factory import create_app
from app.storage.database import db
from tests.conftest import settings_for
from tests.races import desk_scenes, scenes, staff_scenes
from tests.races.crowd import Scene, crowd, say

PLAYED = (
    crowd,
    scenes.one_address,
    scenes.one_network,
    scenes.one_link_each,
    scenes.one_button,
    scenes.one_move,
    scenes.one_session,
    scenes.one_appointment,
    scenes.one_link,
    scenes.postman,
    desk_scenes.one_tile,
    desk_scenes.one_place,
    staff_scenes.one_caller_each,
    staff_scenes.one_offered_time,
    staff_scenes.one_place_in_line,
    staff_scenes.one_newcomer_in_line,
    staff_scenes.one_answer,
    staff_scenes.one_number,
)
SCENES: dict[str, Callable[..., Scene]] = {scene.__name__: scene for scene in PLAYED}


def act(app: Flask, scene: str, told: dict[str, Any]) -> None:
    """Play one scene: prepare, wait for the sign, then do it."""
    with app.app_context():
        playing = SCENES[scene](**told)
        next(playing)
        db.session.remove()
        say("ready")
        sys.stdin.readline()
        try:
            next(playing)
        except StopIteration as end:
            say({"result": end.value})
        db.session.remove()
        db.engine.dispose()


def main() -> None:
    """Play scene after scene until nobody tells us another one."""
    for line in sys.stdin:
        order = json.loads(line)
        settings = settings_for(order["url"], Path(order["folder"]))
        act(create_app(settings), order["scene"], order["told"])


if __name__ == "__main__":
    main()
