"""What several tests begin with: a list, a certificate, invitations; and doing things at once."""

import io
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Barrier as ThreadBarrier
from typing import Any

from PIL import Image
from sqlalchemy import select

from shared import designs, events, recipients, sending, volunteers
from shared.database import Database
from shared.installation import Installation
from shared.models import Volunteer
from shared.settings import Settings
from shared.volunteers import ListCheck


def small_picture(colour: str = "white", size: tuple[int, int] = (600, 424)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return content.getvalue()


def add(database: Database, event_id: int, text: str) -> ListCheck:
    """Put a pasted list on the event's."""
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        return volunteers.add_volunteers(session, event, recipients.parse(text))


def design(database: Database, event_id: int, picture: bytes | None = None) -> None:
    """Give the event a small certificate with the standard layout."""
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        designs.set_template(session, event, picture or small_picture())


def invite(installation: Installation, event_id: int) -> dict[str, str]:
    """Queue the invitations; the token of each address."""
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        sending.queue_invitations(session, installation.seal, event)
    with installation.database.reading() as session:
        rows = session.scalars(select(Volunteer).where(Volunteer.event_id == event_id))
        return {row.email: installation.seal.open_token(row.token) for row in rows}


def plain_settings(database_url: str, data_dir: Path, **more: Any) -> Settings:
    """Settings that no environment file of the machine reaches."""
    return Settings(_env_file=None, database_url=database_url, data_dir=data_dir, **more)


def at_once(function: Callable[[], Any], threads: int) -> list[Any]:
    """The results of `function`, started in all threads at the same moment."""
    start = ThreadBarrier(threads)

    def run() -> Any:
        start.wait()
        return function()

    with ThreadPoolExecutor(threads) as pool:
        return [done.result() for done in [pool.submit(run) for _ in range(threads)]]


def in_processes(function: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The results of `function`, called in a fresh process for each of `arguments` at once.

    `function` must be a module's own: the processes import it.
    """
    fresh = multiprocessing.get_context("spawn")
    start = fresh.Barrier(len(arguments))
    with ProcessPoolExecutor(len(arguments), fresh, _keep_start, (start,)) as pool:
        running = [pool.submit(_run_at_start, function, *values) for values in arguments]
        return [done.result() for done in running]


_start: Barrier


def _keep_start(start: Barrier) -> None:
    global _start
    _start = start


def _run_at_start(function: Callable[..., Any], *values: Any) -> Any:
    _start.wait()
    return function(*values)
