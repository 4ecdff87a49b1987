"""`certs doctor`: everything that must be right for the product to work, said in words."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from shared.database import database_time
from shared.errors import ProductError
from shared.installation import Installation, open_installation
from shared.mail.flight_check import Level
from shared.models import MailAccount
from shared.preflight import preflight
from shared.progress import running_workers
from shared.rendering.faces import verify_fonts
from shared.settings import Settings

_LITTLE_SPACE = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    subject: str
    is_fine: bool
    words: str


def examine(settings: Settings, *, quick: bool = False) -> Iterator[Finding]:
    """One finding after the other; what depends on a bad one is left out.

    `quick` asks no mail server and no DNS.
    """
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
    if not quick:
        yield from _accounts(installation)
    installation.database.close()


def _accounts(installation: Installation) -> Iterator[Finding]:
    """The look before a sending, for every event that has a mail account."""
    with installation.database.reading() as session:
        for account in session.scalars(select(MailAccount)):
            event = account.event
            found = preflight(session, installation.settings, installation.seal, event)
            for item in found:
                words = item.said("en") + (" (take care)" if item.level is Level.AMBER else "")
                yield Finding(f"{event.name}: {item.subject}", item.level is not Level.RED, words)


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
