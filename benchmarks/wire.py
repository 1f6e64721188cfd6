"""A client that costs little: many connections in one thread, each led by a script.

A script is a generator: it yields the bytes of a request and is sent the answer.
"""

import select
import socket
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter

PIECE = 1 << 18
HUNG_UP = 0
Script = Generator[bytes, "Answer", None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, and how long it took from the first byte sent to the last read."""

    status: int
    head: bytes
    body: bytes
    seconds: float

    @property
    def is_last(self) -> bool:
        """Say whether nothing more comes over this connection."""
        return self.status == HUNG_UP or self.header(b"connection").lower() == b"close"

    def header(self, name: bytes) -> bytes:
        """Return a header's value, empty when it is not there."""
        for line in self.head.split(b"\r\n")[1:]:
            found, _, value = line.partition(b": ")
            if found.lower() == name:
                return value
        return b""


@dataclass(slots=True)
class Lane:
    """One connection and the script that leads it."""

    address: tuple[str, int]
    script: Script
    link: socket.socket | None = None
    sent_at: float = 0.0
    got: bytearray = field(default_factory=bytearray)

    def send(self, request: bytes) -> None:
        """Send a request, over a new connection where the last one has ended."""
        self.sent_at = perf_counter()
        self.got.clear()
        self.opened().sendall(request)

    def opened(self) -> socket.socket:
        """Return the connection."""
        if self.link is None:
            self.link = socket.create_connection(self.address, timeout=60)
            self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.link

    def read(self) -> Answer | None:
        """Read what has come; return the answer once it is whole."""
        try:
            piece = self.opened().recv(PIECE)
        except OSError:
            piece = b""
        if not piece:
            return Answer(HUNG_UP, b"", b"", perf_counter() - self.sent_at)
        self.got += piece
        end = self.got.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self.got[:end])
        length = _length(head)
        if len(self.got) < end + 4 + length:
            return None
        took = perf_counter() - self.sent_at
        return Answer(int(head[9:12]), head, bytes(self.got[end + 4 :]), took)

    def close(self) -> None:
        """Hang up."""
        if self.link is not None:
            self.link.close()
            self.link = None


def _length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"\r\ncontent-length:")
    if at < 0:
        return 0
    return int(lower[at + 17 :].split(b"\r\n", 1)[0])


def run(address: tuple[str, int], scripts: Iterable[Script], *, at_once: int) -> float:
    """Lead scripts to their ends, some at once; return how many seconds it took."""
    waiting = iter(scripts)
    lanes: dict[int, Lane] = {}
    began = perf_counter()
    with select.epoll() as poll:
        for script in islice(waiting, at_once):
            _send(Lane(address, script), next(script), poll, lanes)
        while lanes:
            for number, _events in poll.poll():
                answer = lanes[number].read()
                if answer is not None:
                    _go_on(lanes[number], answer, waiting, poll, lanes)
    return perf_counter() - began


def _go_on(
    lane: Lane,
    answer: Answer,
    waiting: Iterator[Script],
    poll: select.epoll,
    lanes: dict[int, Lane],
) -> None:
    """Send what follows an answer, over a new connection if the server ended this one."""
    request = _following(lane, answer, waiting)
    if request is None or answer.is_last:
        link = lane.opened()
        poll.unregister(link)
        del lanes[link.fileno()]
        lane.close()
    if request is not None:
        _send(lane, request, poll, lanes)


def _send(lane: Lane, request: bytes, poll: select.epoll, lanes: dict[int, Lane]) -> None:
    new = lane.link is None
    lane.send(request)
    if new:
        lanes[lane.opened().fileno()] = lane
        poll.register(lane.opened(), select.EPOLLIN)


def _following(lane: Lane, answer: Answer, waiting: Iterator[Script]) -> bytes | None:
    """Return the script's next request, or the first of the next script."""
    try:
        return lane.script.send(answer)
    except StopIteration:
        pass
    for script in waiting:
        lane.script = script
        return next(script)
    return None
