"""What a story writes behind the page, while the site and its worker write too."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from app.storage import models
from tests.browser.house import House


def test_nobody_else_writes_between_a_look_into_the_book_and_what_is_written_then(
    house: House,
) -> None:
    path = make_url(house.url).database or ""

    with house.book() as book, closing(sqlite3.connect(path, timeout=0)) as other:
        book.execute(select(models.Clinic.revision)).one()

        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
