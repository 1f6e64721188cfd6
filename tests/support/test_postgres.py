"""The private PostgreSQL has what the clinic's guard against double booking needs."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from tests.support import postgres

GUARD = """
    CREATE EXTENSION btree_gist;
    CREATE TABLE visit (doctor int, during tstzrange,
                        EXCLUDE USING gist (doctor WITH =, during WITH &&));
    INSERT INTO visit VALUES (1, '[2027-03-01 09:00Z, 2027-03-01 09:30Z)')
"""
OVERLAP = "INSERT INTO visit VALUES (1, '[2027-03-01 09:15Z, 2027-03-01 09:45Z)')"


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    server = postgres.start()
    yield server
    server.stop()


def run(url: str, statement: str) -> None:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement.replace(":", r"\:")))
    finally:
        engine.dispose()


def test_an_overlap_is_refused_in_a_copy_of_a_guarded_database(server: postgres.Server) -> None:
    run(server.create_database("guarded"), GUARD)

    copy = server.create_database("copy", template="guarded")

    with pytest.raises(IntegrityError):
        run(copy, OVERLAP)


def test_a_stopped_server_leaves_nothing_behind() -> None:
    server = postgres.start()
    folder, process = server.folder, server.process

    server.stop()

    assert folder is not None
    assert not folder.exists()
    assert process is not None
    assert process.returncode == 0
