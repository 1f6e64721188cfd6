"""A worker that dies between taking a mail in and moving it: the mail counts once, and is moved."""

import socket
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from app.mail.filing import FOR_A_PERSON
from tests.mail.sent_back import words
from tests.security.conftest import behind, copy_of
from tests.support import dovecot
from tests.support.processes import environment, flask, start


class Line:
    """A way to the mailbox's server that goes dead at a word of the client's."""

    def __init__(self, server: int, dead_at: bytes) -> None:
        self.server, self.dead_at, self.dead = server, dead_at, Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.server))
                for here, there in ((client, server), (server, client)):
                    Thread(target=self._carry, args=(here, there), daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket) -> None:
        with suppress(OSError), here:
            while data := here.recv(65536):
                if self.dead_at in data:
                    self.dead.set()
                    return
                there.sendall(data)

    def close(self) -> None:
        """Let nobody in any more."""
        self.listener.close()


def replies(folder: Path) -> int:
    """Count what was taken in."""
    with behind(folder) as book:
        return int(book.execute("SELECT count(*) FROM reply").fetchone()[0])


def test_f02_a_worker_killed_between_taking_in_and_moving_loses_and_doubles_nothing(
    demonstration: Path, tmp_path: Path
) -> None:
    with dovecot.running() as server:
        server.deliver("clinic", words("pat@example.org"))
        line = Line(server.port, b"UID MOVE")
        direct = server.url("clinic")
        env = environment(copy_of(demonstration, tmp_path), tmp_path, IMAP_URL=direct)
        broken = env | {"IMAP_URL": direct.replace(str(server.port), str(line.port))}
        worker = start(["flask", "worker"], env=broken, log=tmp_path / "log")
        assert line.dead.wait(60), (tmp_path / "log").read_text()
        worker.kill()
        worker.wait()
        line.close()
        assert (replies(tmp_path), server.holds("clinic")) == (1, {"INBOX": 1})

        again = flask("worker", "--once", env=env)

        assert again.returncode == 0, again.stderr
        assert (replies(tmp_path), server.holds("clinic")) == (1, {FOR_A_PERSON: 1})
