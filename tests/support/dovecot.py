"""A mailbox server of the tests' own: Dovecot on loopback, for whoever runs the tests.

As a program, says whether there is one (for `./test`).
"""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from imap_tools import BaseMailBox, MailBoxUnencrypted

from tests.support.certificate import self_signed
from tests.support.processes import end, free_port, wait_until

PASSWORD = "seven-quiet-seals"
NOBODY = "nobody"  # Dovecot lets nobody read mail as root
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
imap_capability = {capability}
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
RIGHTS = """
mail_plugins = acl
plugin {{
  acl = vfile:{folder}/rights
}}
"""


class NoDovecot(Exception):
    """No Dovecot could be found; says what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server: everybody has a mailbox there, and the same password."""

    port: int
    tls_port: int
    certificate: Path

    def url(self, name: str) -> str:
        """Return the address of somebody's mailbox, as IMAP_URL has it."""
        return f"imap://{name}:{PASSWORD}@127.0.0.1:{self.port}"

    @contextmanager
    def mailbox(self, name: str) -> Iterator[BaseMailBox]:
        """Open somebody's mailbox, as their mail program does."""
        with MailBoxUnencrypted("127.0.0.1", self.port, timeout=30).login(name, PASSWORD) as box:
            yield box

    def deliver(self, name: str, *mails: bytes) -> None:
        """Let mails arrive."""
        with self.mailbox(name) as box:
            for mail in mails:
                box.append(mail, "INBOX")

    def holds(self, name: str) -> dict[str, int]:
        """Count somebody's mails by folder, empty ones left out."""
        with self.mailbox(name) as box:
            counts = {
                one.name: box.folder.status(one.name)["MESSAGES"] for one in box.folder.list()
            }
        return {name: count for name, count in counts.items() if count}

    def flags(self, name: str) -> list[tuple[str, ...]]:
        """Return how each mail in somebody's inbox is marked, the oldest first."""
        with self.mailbox(name) as box:
            return [
                tuple(sorted(set(mail.flags) - {"\\Recent"}, key=str.lower))
                for mail in box.fetch(mark_seen=False)
            ]


def executable() -> str:
    """Return the program."""
    found = os.environ.get("DOVECOT") or shutil.which(
        "dovecot", path=f"{os.environ['PATH']}:/usr/sbin"
    )
    if not found or not os.access(found, os.X_OK):
        raise NoDovecot("Dovecot is missing: install dovecot-imapd, or name it in DOVECOT.")
    return found


@contextmanager
def running(
    *, idle: bool = True, rights: str | None = None, port: int | None = None
) -> Iterator[Server]:
    """Start a server without a right of root's, and end it.

    *rights* are what somebody may do in their own mailbox, as RFC 4314 spells it; else all.
    """
    program, folder = executable(), Path(mkdtemp(prefix="dovecot-", dir="/tmp"))  # short: sockets
    as_root = os.geteuid() == 0
    user = pwd.getpwnam(NOBODY) if as_root else pwd.getpwuid(os.geteuid())
    certificate, key = self_signed(folder)
    port, tls_port = port or free_port(), free_port()
    config = folder / "dovecot.conf"
    config.write_text(
        CONFIG.format(
            folder=folder, user=user.pw_name, group=grp.getgrgid(user.pw_gid).gr_name, port=port,
            tls_port=tls_port, certificate=certificate, key=key, password=PASSWORD,
            capability="+" if idle else "IMAP4rev1 MOVE UIDPLUS",
        )
    )  # fmt: skip
    if rights is not None:
        (folder / "rights").write_text(f"* owner {rights}\n")
        config.write_text(config.read_text() + RIGHTS.format(folder=folder))
    (folder / "log").touch()
    for path in (folder, *folder.iterdir()):
        os.chown(path, user.pw_uid, user.pw_gid)
    process = subprocess.Popen(
        [program, "-F", "-c", str(config)], user=user.pw_uid if as_root else None,
        group=user.pw_gid if as_root else None, extra_groups=[] if as_root else None,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until(lambda: _answers(port), process, folder / "log")
        yield Server(port=port, tls_port=tls_port, certificate=certificate)
    finally:
        end(process)
        shutil.rmtree(folder, ignore_errors=True)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as line:
            return line.recv(4) == b"* OK"
    except OSError:
        return False


if __name__ == "__main__":
    try:
        executable()
    except NoDovecot as missing:
        sys.exit(str(missing))
