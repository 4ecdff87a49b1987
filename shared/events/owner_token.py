"""The owner's token made at the first start, kept until somebody has read it."""

from pathlib import Path

from shared.storage.private_files import write_private

_NAME = "owner-token"


def lay_down(data_dir: Path, token: str) -> None:
    """Keep `token` in a file for people who may read the data folder, so that it is in no log."""
    write_private(data_dir / _NAME, token.encode())


def take(data_dir: Path) -> str | None:
    """The token, once: its file is then deleted. None if it was already taken or never made."""
    file = data_dir / _NAME
    try:
        token = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    file.unlink(missing_ok=True)
    return token


def is_waiting(data_dir: Path) -> bool:
    return (data_dir / _NAME).exists()
