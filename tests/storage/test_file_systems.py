"""A folder on a server is no place for SQLite."""

from pathlib import Path

import pytest

from shared.errors import SettingRefused
from shared.events.opening import open_installation
from shared.storage import private_files
from shared.storage.private_files import file_system_of
from tests.support.processes import plain_settings

MOUNTS = """\
22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /srv/share rw - nfs4 server:/share rw
31 22 0:31 / /srv/with\\040blank rw - cifs //server/share rw
32 22 0:32 / /srv/host rw - fuse.sshfs host: rw
33 30 8:2 / /srv/share/disk rw - xfs /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv", "ext4"),
        ("/srv/shared", "ext4"),
        ("/srv/share", "nfs4"),
        ("/srv/share/certs/data", "nfs4"),
        ("/srv/share/disk/data", "xfs"),
        ("/srv/with blank/data", "cifs"),
        ("/srv/host", "fuse"),
    ],
)
def test_the_mount_that_covers_a_folder_says_its_file_system(
    folder: str, kind: str, tmp_path: Path
):
    (tmp_path / "mountinfo").write_text(MOUNTS)
    assert file_system_of(Path(folder), tmp_path / "mountinfo") == kind


def test_nothing_is_known_where_the_system_does_not_say(tmp_path: Path):
    assert file_system_of(tmp_path, tmp_path / "missing") == ""


def test_an_installation_on_a_server_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "mountinfo").write_text(f"22 1 0:30 / {tmp_path} rw - nfs4 server:/ rw\n")
    monkeypatch.setattr(private_files.file_system_of, "__defaults__", (tmp_path / "mountinfo",))
    with pytest.raises(SettingRefused, match="lies on nfs4"):
        open_installation(plain_settings("", tmp_path / "data"))
    assert not list((tmp_path / "data").glob("certs*"))


@pytest.mark.parametrize("kind", ["9p", "virtiofs", "fakeowner", "fuse.sshfs"])
def test_a_folder_of_another_machines_is_warned_about(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    (tmp_path / "mountinfo").write_text(f"22 1 0:30 / {tmp_path} rw - {kind} share rw\n")
    monkeypatch.setattr(private_files.file_system_of, "__defaults__", (tmp_path / "mountinfo",))
    open_installation(plain_settings("", tmp_path / "data")).database.close()
    assert f"the database lies on {kind.partition('.')[0]}," in caplog.text
