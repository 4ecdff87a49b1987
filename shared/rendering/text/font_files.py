"""Font files on this machine's disk: copies, and organizers' fonts.

Files, because Pillow keeps the bytes of a font that it gets from memory once per size, and Typst
reads fonts from folders only. Everything here can be made again at any time.
"""

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path


def found(name: str) -> Path | None:
    """The file of that name, if there is one.

    Looked for each time: systems empty their folder for temporary files while we run.
    """
    path = _folder() / name
    return path if path.exists() else None


def stored(name: str, make: Callable[[], bytes]) -> Path:
    """The file of that name, made by whichever process needs it first."""
    path = _folder() / name
    if not path.exists():
        content = make()
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(content)
        os.replace(draft.name, path)
    return path


def _folder() -> Path:
    """A folder that nobody else may write to: changing a font there would change certificates."""
    # The number changes with what a font must pass before it is in there.
    folder = Path(tempfile.gettempdir()) / f"certs-fonts-2-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077:
        return _folder_of_this_process()
    return folder


@cache
def _folder_of_this_process() -> Path:
    return Path(tempfile.mkdtemp(prefix="certs-fonts-"))
