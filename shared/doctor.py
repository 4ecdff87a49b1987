"""`certs doctor`: everything that must be right for the product to work, said in words."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from shared.database import database_time
from shared.errors import ProductError
from shared.installation import Installation, open_installation
from shared.progress import running_workers
from shared.rendering.faces import verify_fonts
from shared.settings import Settings

_LITTLE_SPACE = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    subject: str
    is_fine: bool
    words: str


def examine(settings: Settings) -> Iterator[Finding]:
    """One finding after the other; what depends on a bad one is left out."""
    yield _fonts()
    yield _disk(settings)
    try:
        installation = open_installation(settings)
    except (SQLAlchemyError, ProductError, OSError) as failure:
        yield Finding(
            "database", False, f"it cannot be opened: {getattr(failure, 'orig', failure)}"
        )
        return
    yield Finding("database", True, installation.database.engine.dialect.name)
    yield _worker(installation)
    installation.database.close()


def _fonts() -> Finding:
    try:
        verify_fonts()
    except (RuntimeError, OSError) as failure:
        return Finding("fonts", False, str(failure))
    return Finding("fonts", True, "all there, and text is shaped")


def _disk(settings: Settings) -> Finding:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir).free
    return Finding("disk", free > _LITTLE_SPACE, f"{free // 2**20} MB free for {settings.data_dir}")


def _worker(installation: Installation) -> Finding:
    with installation.database.reading() as session:
        since = database_time(session) - timedelta(seconds=30)
        count = running_workers(session, since)
    words = f"{count} running" if count else "none is running: start one with `certs worker`"
    return Finding("worker", count > 0, words)
