"""Files in the data folder are for the user who runs the product, and nobody else."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.events.opening import open_installation
from shared.storage.private_files import onto_disk, private_folder, write_private
from tests.support.processes import plain_settings

CERTS = Path(sys.executable).with_name("certs")


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    """A umask that gives everything to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(folder: Path) -> dict[str, str]:
    found = [folder, *folder.rglob("*")]
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in found}


PRIVATE = {
    "data": "0o700",
    "certs.sqlite3": "0o600",
    "certs.sqlite3-wal": "0o600",
    "certs.sqlite3-shm": "0o600",
    "secret.key": "0o600",
}


def test_a_new_data_folder_is_private_whatever_the_umask(tmp_path: Path):
    settings = plain_settings("", tmp_path / "data", admin_token="owner-token-of-the-tests")
    opened = open_installation(settings)
    with opened.database.reading():
        assert rights(tmp_path / "data") == PRIVATE
    opened.database.close()


def test_a_data_folder_of_before_is_tightened_at_the_start(tmp_path: Path):
    settings = plain_settings("", tmp_path / "data", admin_token="owner-token-of-the-tests")
    kept_open = open_installation(settings)
    for path in (tmp_path / "data").iterdir():
        path.chmod(0o644)
    (tmp_path / "data").chmod(0o755)
    open_installation(settings).database.close()
    assert rights(tmp_path / "data") == PRIVATE
    kept_open.database.close()


def test_what_the_program_writes_there_is_private(tmp_path: Path):
    data = tmp_path / "data"
    variables = os.environ | {"DATA_DIR": str(data), "DATABASE_URL": "", "ADMIN_TOKEN": ""}
    for name in ("statuses.csv", "statuses.xlsx"):
        command = [CERTS, "export", "--format", name[-4:].strip("."), "--out", data / name]
        subprocess.run(command, env=variables, check=True, capture_output=True, umask=0)
    modes = rights(data)
    assert modes.pop("data") == "0o700"
    assert {"statuses.csv", "statuses.xlsx"} <= set(modes)
    assert set(modes.values()) == {"0o600"}


def test_a_file_that_is_written_again_keeps_the_rights_that_a_person_gave_it(tmp_path: Path):
    file = tmp_path / "table.csv"
    write_private(file, b"one")
    assert rights(tmp_path)["table.csv"] == "0o600"
    file.chmod(0o640)
    write_private(file, b"2")
    assert (rights(tmp_path)["table.csv"], file.read_bytes()) == ("0o640", b"2")


def test_a_folder_for_all_stays_for_all(tmp_path: Path):
    tmp_path.chmod(0o1777)
    private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777


def test_a_folder_on_a_share_that_writes_out_files_alone_is_no_trouble():
    onto_disk(Path("/proc"))  # which refuses it as some network shares do
    with pytest.raises(OSError, match="Invalid argument"):
        onto_disk(Path("/dev/null"))
