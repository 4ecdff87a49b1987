"""The owner's token made at the first start, kept until somebody has read it."""

import os
from pathlib import Path

from shared.storage.private_files import write_private

_NAME = "owner-token"


def lay_down(data_dir: Path, token: str) -> None:
    """Keep `token` in a file for people who may read the data folder, so that it is in no log."""
    write_private(data_dir / _NAME, token.encode())


def take(data_dir: Path) -> str | None:
    """The token, once: its file is then deleted. None if it was already taken or never made."""
    # Renamed first: of several processes one succeeds.
    taken = data_dir / f"{_NAME}.{os.getpid()}"
    try:
        (data_dir / _NAME).rename(taken)
    except FileNotFoundError:
        return None
    token = taken.read_text(encoding="utf-8")
    taken.unlink()
    return token


def is_waiting(data_dir: Path) -> bool:
    return (data_dir / _NAME).exists()
