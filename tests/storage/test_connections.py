"""Connections that the server has ended are left behind, and looking takes no transaction."""

from flask import Flask
from sqlalchemy import create_engine, text

from app.services import clinic
from app.storage.database import db, reading
from tests.conftest import Make

END_OTHERS = text(
    "SELECT count(pg_terminate_backend(pid, 30000)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
IDLE = text("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'")


def end_connections(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        connection.execute(END_OTHERS)
    engine.dispose()


def test_a_restarted_database_server_is_not_noticed_by_the_next_request(
    make_app: Make, database_url: str
) -> None:
    app = make_app(database_url)
    with app.app_context():
        assert clinic.is_set_up()
    if database_url.startswith("postgresql"):
        end_connections(database_url)

    with app.app_context():
        assert clinic.is_set_up()


def test_looking_leaves_no_transaction_open(app: Flask) -> None:
    clinic.is_set_up()

    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as other:
            assert other.execute(IDLE).scalar() == 0
    assert reading() is db.session()
