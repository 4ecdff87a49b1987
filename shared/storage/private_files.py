"""The files of an installation, which only its user may read, and the file system that they are on:
SQLite needs one whose locks hold (sqlite.org/lockingv3)."""

import errno
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_FILE = 0o600
_FOLDER = 0o700


def private_folder(folder: Path) -> None:
    """Create `folder` and its parents, or tighten it.

    A folder that belongs to somebody else or is meant for all (sticky, like /tmp) stays as it is.
    """
    folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    is_for_all = folder.stat().st_mode & stat.S_ISVTX
    if _is_ours(folder) and not is_for_all:
        folder.chmod(_FOLDER)


def private_file(file: Path) -> None:
    """Create an empty `file`, or tighten an existing one."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, _FILE))
    tighten(file)


def tighten(file: Path) -> None:
    """Remove all permissions of others on `file`, if it exists and is ours."""
    if file.is_file() and _is_ours(file):
        file.chmod(_FILE)


def write_private(file: Path, content: bytes) -> None:
    """Write `file`; a new one is private, an existing one keeps its permissions."""
    with open_private(file) as opened:
        opened.write(content)


def open_private(file: Path) -> BinaryIO:
    """Open `file` to write it piece by piece, also one like /dev/stdout; a new one is private."""
    return open(file, "wb", opener=lambda path, flags: os.open(path, flags, _FILE))


@contextmanager
def writing_private(file: Path) -> Iterator[BinaryIO]:
    """Write `file` piece by piece; it is private, and appears whole or not at all, on the disk."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with open_private(part) as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
        onto_disk(file.absolute().parent)
    finally:
        part.unlink(missing_ok=True)


def write_json(file: Path, said: object) -> None:
    """Write JSON whole or not at all; several workers may share the folder. Raises OSError."""
    with writing_private(file) as opened:
        opened.write(json.dumps(said).encode())


def onto_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of files, would outlive a power cut."""
    try:
        opened = os.open(path, os.O_RDONLY)
    except PermissionError:
        return  # Windows opens no folders, and some folders may be written to but not read.
    try:
        os.fsync(opened)
    except OSError as refused:
        # Some network shares support it only for files: the server cares for their folders.
        if not (refused.errno == errno.EINVAL and path.is_dir()):
            raise
    finally:
        os.close(opened)


def _is_ours(path: Path) -> bool:
    # Windows stores no owner here, and its chmod leaves others' permissions alone.
    return not hasattr(os, "geteuid") or path.stat().st_uid == os.geteuid()


# Network file systems, on which two programs may both get a lock, and overwrite each other.
UNSAFE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs"})
# Host folders in virtual machines (`fakeowner`: Docker Desktop), and user-space file systems, for
# which it depends.
DOUBTFUL = frozenset({"9p", "virtiofs", "fakeowner", "vboxsf", "fuse", "fuseblk"})
_MOUNTS = Path("/proc/self/mountinfo")


def file_system_of(folder: Path, mounts: Path = _MOUNTS) -> str:
    """Return the type, such as `ext4`, from proc_pid_mountinfo(5); empty if the system has none."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    real, kind, longest = os.path.realpath(folder), "", -1
    for line in lines:
        before, _, after = line.partition(" - ")
        # Blanks and backslashes are written in octal.
        place = before.split(" ")[4].replace("\\040", " ").replace("\\134", "\\")
        is_above = place == "/" or f"{real}/".startswith(f"{place}/")
        # A later mount covers earlier ones.
        if is_above and len(place) >= longest:
            longest, kind = len(place), after.split(" ")[0]
    return kind.partition(".")[0] if kind.startswith("fuse.") else kind
