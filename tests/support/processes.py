"""Starts what the clinic runs on, gunicorn and its worker, as a clinic would, on loopback."""

import ctypes
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tests.support.certificate import self_signed

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
KEYS = {
    "SECRET_KEY": "a key that only the tests know",
    "LINK_KEY": "another key that only the tests know",
    "FIELD_KEYS": f"k1:{'5e' * 32}",
}
KEPT = ("PATH", "LANG", "TZ", "PYTHONPYCACHEPREFIX")
_libc = ctypes.CDLL(None)


class DidNotStart(Exception):
    """A process ended, or stayed silent, before it was ready; says its last words."""


@dataclass(frozen=True)
class Site:
    """A clinic that answers at `address`; `certificate` is to be trusted when it is https."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    certificate: Path | None = None

    def stop(self) -> int:
        """End it as a process manager would; return its exit status."""
        return end(self.process)


def environment(database_url: str, folder: Path, **settings: str) -> dict[str, str]:
    """Return what a process of the clinic sees: these settings and nothing of ours."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    (folder / "instance").mkdir(mode=0o700, exist_ok=True)
    place = {"DATABASE_URL": database_url, "INSTANCE_DIR": str(folder / "instance")}
    return kept | KEYS | place | settings


def flask(*words: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one `flask` command to its end."""
    command = [sys.executable, "-m", "flask", *words]
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def start_site(
    database_url: str,
    folder: Path,
    *,
    workers: int = 2,
    tls: bool = False,
    host: str = "127.0.0.1",
    **settings: str,
) -> Site:
    """Start gunicorn on a free port and wait until it answers."""
    port = free_port()
    address = f"https://localhost:{port}" if tls else f"http://{host}:{port}"
    certificate, options = None, [f"--workers={workers}"]
    if tls:
        certificate, key = self_signed(folder)
        options += [f"--certfile={certificate}", f"--keyfile={key}"]
    place = {"BASE_URL": address, "PORT": str(port)}
    env = environment(database_url, folder, **(place | settings))
    log = folder / "web.log"
    process = start(["gunicorn", *options, "wsgi:app"], env=env, log=log)
    site = Site(address, process, log, certificate)
    outside = urlsplit(env["BASE_URL"]).netloc  # the only name the application answers to
    try:
        wait_until(partial(_answers, site, outside), process, log)
    except BaseException:
        end(process)
        raise
    return site


def start_worker(
    database_url: str, folder: Path, *, base_url: str, **settings: str
) -> subprocess.Popen[bytes]:
    """Start the worker of the site at `base_url`; it is at work when this returns, or soon."""
    env = environment(database_url, folder, BASE_URL=base_url, **settings)
    return start(["flask", "worker"], env=env, log=folder / "worker.log")


def start(words: Sequence[str], *, env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a Python program that ends when the tests do, however they end."""
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            preexec_fn=partial(die_with_parent, signal.SIGTERM),
        )


def end(process: subprocess.Popen[bytes]) -> int:
    """Ask a process to end, and make it if it does not; return its exit status."""
    process.terminate()
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when `ready` says so; raise if the process has ended or time is up."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise DidNotStart(last_words(log))
        time.sleep(0.02)


def last_words(log: Path) -> str:
    """Return the end of a log."""
    return log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def die_with_parent(how: signal.Signals) -> None:
    """Tell Linux to signal the calling process when its parent ends; elsewhere do nothing."""
    if sys.platform == "linux":
        _libc.prctl(1, how)


def _answers(site: Site, outside: str) -> bool:
    trusted = None
    if site.certificate:
        trusted = ssl.create_default_context(cafile=str(site.certificate))
    question = Request(f"{site.address}/healthz", headers={"Host": outside})
    try:
        with urlopen(question, timeout=5, context=trusted) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False
