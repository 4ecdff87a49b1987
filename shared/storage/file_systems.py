"""On which file system a folder lies: SQLite needs one whose locks hold (sqlite.org/lockingv3)."""

import os
from pathlib import Path

# Servers' file systems, on which two programs may both hold a lock, and write over each other.
UNSAFE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs"})
# Those that share a host's folders with its virtual machines (`fakeowner`: Docker Desktop), and of
# users, of which it depends.
DOUBTFUL = frozenset({"9p", "virtiofs", "fakeowner", "vboxsf", "fuse", "fuseblk"})
_MOUNTS = Path("/proc/self/mountinfo")


def file_system_of(folder: Path, mounts: Path = _MOUNTS) -> str:
    """The type, as in `ext4`, from proc_pid_mountinfo(5); empty where the system does not say."""
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
        # The last one covers those before it.
        if is_above and len(place) >= longest:
            longest, kind = len(place), after.split(" ")[0]
    return kind.partition(".")[0] if kind.startswith("fuse.") else kind
