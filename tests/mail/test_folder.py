import resource
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from app.mail.faults import ServerAway
from app.mail.folder import FolderTransport
from app.mail.transport import transport_of
from app.settings import Settings
from tests.mail.conftest import Write
from tests.mail.samples import BOOKED, MOVED


def test_each_mail_is_one_file_that_only_the_clinic_reads(written: Write, tmp_path: Path) -> None:
    send = FolderTransport(tmp_path / "mail").send

    send(written(BOOKED))
    send(written(MOVED))
    send(written(BOOKED))  # a second time: the same mail

    files = list((tmp_path / "mail").iterdir())
    subjects = {message_from_bytes(file.read_bytes(), policy=default)["Subject"] for file in files}
    assert len(files) == len(subjects) == 2
    assert {file.suffix for file in files} == {".eml"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700


def test_a_full_disk_keeps_no_half_mail(written: Write, tmp_path: Path) -> None:
    envelope = written(BOOKED)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(ServerAway, match="disk"):
            FolderTransport(tmp_path).send(envelope)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_said_without_a_path(
    written: Write, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "mail"
    in_the_way.write_text("a file")

    with pytest.raises(ServerAway) as fault:
        FolderTransport(in_the_way).send(written(BOOKED))

    assert str(fault.value) == "disk"


def test_without_a_mail_server_mails_go_to_the_instance(written: Write, tmp_path: Path) -> None:
    settings = Settings(
        database_url="sqlite://",
        base_url="http://localhost",
        secret_keys=(),
        link_keys=(),
        field_keys=(),
        instance=tmp_path,
    )

    transport_of(settings)(written(BOOKED))

    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1
