"""Files that are made while they are downloaded: who may have each, how many are sent at once, and
their route.

Requests are kept here and not in addresses, which browsers and proxies record.
"""

import logging
import re
import secrets
import threading
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any
from urllib.parse import quote

from anyio import CancelScope, fail_after, to_thread
from sqlalchemy import Select
from sqlalchemy.orm import Session
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from console.signin import language_of
from console.signin import session as access
from shared import budgets
from shared.access.keys import event_opened_by
from shared.access.roles import Permission
from shared.acts.pass_on import pass_on
from shared.certificates import bundles
from shared.certificates.issuing import chosen
from shared.errors import DownloadsBusy, ProductError, explain
from shared.events.installation import Installation
from shared.language import N_
from shared.log import audit, audit_log
from shared.privacy.archive import archive
from shared.settings import settings
from shared.storage.models import Action, Event
from shared.storage.turns import CountProgress
from shared.volunteers import table_files
from shared.volunteers.tables import csv_of

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
}
ARCHIVE = "archive.zip"
# Files with the addresses of certificates.
_LEADING_TO_FILES = ("volunteers.csv", "volunteers.xlsx", ARCHIVE)
_RETRY_SECONDS = "10"
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
# For so long a client, such as a suspended one, may read nothing while others wait for a place.
PATIENCE_SECONDS = 600.0
_log = logging.getLogger(__name__)


class DownloadState(StrEnum):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Limit:
    """A limit: `at_once` downloads of a kind at a time, and one of each event if `one_of_event`.

    Further ones wait for `patience` seconds, and are then refused with the sentence `busy`.
    """

    at_once: int
    busy: str
    patience: float = 0.0
    one_of_event: bool = False


@dataclass(frozen=True)
class DownloadRequest:
    """A request for one of `FILES`, of an event or of none. `of` says which entries of the log,
    which certificates, or whether the archive includes them."""

    file: str
    event_id: int | None
    of: Any = None


@dataclass(eq=False)
class Download:
    """A requested file, the `total` of its rows or certificates, and how many are `done`."""

    order: DownloadRequest
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    total: int = 0
    done: int = 0
    state: DownloadState = DownloadState.READY
    # By `time.monotonic`.
    offered_at: float = field(default_factory=time.monotonic)

    @property
    def address(self) -> str:
        """The address of the file, within the host."""
        return f"{settings().console_path}/downloads/{self.key}/{self.order.file}"

    @property
    def limit(self) -> Limit:
        return FILES[self.order.file].limit

    def count(self, done: int) -> None:
        self.done = done


class Offers:
    """The downloads on offer, of which the oldest that do not run are dropped."""

    def __init__(self, *, most_kept: int) -> None:
        self._most_kept = most_kept
        self._kept: dict[str, Download] = {}
        self._waiting = 0
        self._changed = threading.Condition()

    def offer(self, order: DownloadRequest) -> Download:
        """Return a new download, which `find` finds by its key."""
        download = Download(order)
        with self._changed:
            self._kept[download.key] = download
            for old in list(self._kept)[: max(0, len(self._kept) - self._most_kept)]:
                if self._kept[old].state is not DownloadState.RUNNING:
                    del self._kept[old]
        return download

    def find(self, key: str) -> Download | None:
        with self._changed:
            return self._kept.get(key)

    def begin(self, download: Download) -> None:
        """Check for a place and take it in one step, so that of two at once the second is refused.

        An address that is opened again while it is served is refused. Raises DownloadsBusy.
        """
        with self._changed:
            if self._waiting < budgets.DOWNLOADS_WAITING.most:
                self._waiting += 1
                try:
                    self._changed.wait_for(
                        lambda: self._has_place(download), download.limit.patience
                    )
                finally:
                    self._waiting -= 1
            if download.state is DownloadState.RUNNING or not self._has_place(download):
                raise DownloadsBusy(download.limit.busy)
            download.done, download.state = 0, DownloadState.RUNNING

    def end(self, download: Download, left: DownloadState = DownloadState.STOPPED) -> None:
        """Free the place of a download; `left` is its state if it was not sent to its end."""
        with self._changed:
            if download.state is DownloadState.RUNNING:
                download.state = left
            self._changed.notify_all()

    def _has_place(self, download: Download) -> bool:
        limit = download.limit
        kept = [other for other in self._kept.values() if other.limit is limit]
        running = [other.order.event_id for other in kept if other.state is DownloadState.RUNNING]
        is_alone = not limit.one_of_event or download.order.event_id not in running
        return len(running) < limit.at_once and is_alone


class StreamedFile(StreamingResponse):
    """A response that calls `ended` in any case, even if the client stops reading."""

    def __init__(
        self,
        pieces: AsyncIterable[bytes] | Iterable[bytes],
        media_type: str,
        headers: dict[str, str],
        ended: Callable[[], None],
    ) -> None:
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._ended = ended
        self._is_given_up = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            try:
                with fail_after(PATIENCE_SECONDS):
                    await send(message)
            except TimeoutError:
                self._is_given_up = True
                raise

        try:
            await super().__call__(scope, receive, send_in_time)
        except (TimeoutError, ClientDisconnect):
            if not self._is_given_up:
                raise
            _log.warning("A download was given up: nothing of it was taken for some minutes")
        finally:
            self._ended()


@dataclass(frozen=True)
class _DownloadFile:
    """A kind of file: who may have it, how many are sent at once, how many rows or certificates a
    request has (`count`), and its bytes (`made`).

    `count` and `made` raise ProductError if it cannot be made.
    """

    permission: Permission
    limit: Limit
    count: Callable[[Session, Any], int]
    made: Callable[[Installation, Any, CountProgress], Iterator[bytes]]
    # If set, the file is sent once, and only if that begins within so many seconds.
    waits: float | None = None
    # Whether the download is logged, because the request for it was not.
    is_logged: bool = True


OFFERS = Offers(most_kept=10_000)


def download_route(installation: Installation) -> Route:
    """Return the route that sends what was offered."""
    return Route("/downloads/{key}/{file}", partial(_send, installation))


def _send(installation: Installation, request: Request) -> Response:
    """Answer with the file, made while it is sent; a client that goes away stops that."""
    download = OFFERS.find(request.path_params["key"])
    if download is None or request.path_params["file"] != download.order.file:
        return Response(status_code=404)
    waits = FILES[download.order.file].waits
    is_over = waits is not None and download.offered_at + waits < time.monotonic()
    if is_over or (waits is not None and download.state is not DownloadState.READY):
        return Response(status_code=404)
    try:
        pieces, event = _begun(installation, request, download)
    except DownloadsBusy as refusal:
        said, later = explain(refusal, language_of(request)), {"Retry-After": _RETRY_SECONDS}
        return PlainTextResponse(said, 503, later)
    except ProductError as refusal:
        return PlainTextResponse(explain(refusal, language_of(request)), 403)
    kind = download.order.file.rpartition(".")[2]
    # The name under which the browser stores it (RFC 6266).
    name = f'filename="{download.order.file}"'
    if download.order.file == ARCHIVE and event:
        plain = _UNSAFE.sub("-", event.name).strip("-") or f"event-{event.id}"
        # The ASCII name is for clients that do not read the other.
        name = f"filename=\"{plain}.zip\"; filename*=UTF-8''{quote(event.name, safe='')}.zip"
    headers = {"Content-Disposition": f"attachment; {name}", "Cache-Control": "no-store"}
    if kind != "csv":
        # Compressed content is not compressed again on the way.
        headers["Content-Encoding"] = "identity"
    sent, ended = _sent(request, pieces), partial(OFFERS.end, download)
    return StreamedFile(sent, MEDIA_TYPES[kind], headers, ended)


def _begun(
    installation: Installation, request: Request, download: Download
) -> tuple[Generator[bytes], Event | None]:
    """Begin the download; return its bytes, and its event if it is of one.

    Raises NotAllowed, RoleTooLow, EventUnknown, DownloadsBusy and the file's own errors.
    """
    order, file = download.order, FILES[download.order.file]
    with installation.database.reading() as session:
        reader = access.signed_in(session, installation, request.cookies).to(order.event_id)
        reader.require(file.permission if order.event_id else Permission.MANAGE_EVENTS)
        event = event_opened_by(session, reader, order.event_id) if order.event_id else None
        total = file.count(session, order)
    OFFERS.begin(download)
    download.total = total
    try:
        pieces = file.made(installation, order, download.count)
        if file.is_logged:
            actor = reader.actor(access.network_at(request))
            with installation.database.writing(by=actor) as session:
                fields, count = [order.file], None
                if isinstance(order.of, bundles.BundleOrder):
                    fields, count = [order.file.rpartition(".")[2], order.of.format], total
                audit.record(session, Action.EXPORTED, order.event_id, count=count, fields=fields)
        if event and (of_whom := _passed_on(order, event)) is not None:
            pass_on(installation.database, event.id, of_whom)
    except BaseException:
        OFFERS.end(download, DownloadState.READY)
        raise

    def until_its_end() -> Generator[bytes]:
        yield from pieces
        download.state = DownloadState.DONE

    return until_its_end(), event


def _passed_on(order: DownloadRequest, event: Event) -> Select[int] | None:
    """Return the ids of people whose link or certificate is in the file, or is found by it; None if
    the file leads to none."""
    if isinstance(order.of, bundles.BundleOrder):
        return chosen.with_certificate(event, order.of.people)
    if order.file == ARCHIVE and order.of:
        return chosen.with_certificate(event)
    if order.file == "links.xlsx":
        return table_files.with_link(event.id)
    return table_files.with_picture(event.id) if order.file in _LEADING_TO_FILES else None


async def _sent(request: Request, pieces: Generator[bytes]) -> AsyncIterator[bytes]:
    try:
        async for piece in iterate_in_threadpool(pieces):
            if await request.is_disconnected():
                break
            yield piece
    finally:
        # This ends the drawing, also if the task was cancelled because the client went away.
        with CancelScope(shield=True):
            await to_thread.run_sync(pieces.close)


# The files


def _count_for_workbook(session: Session, order: Any) -> int:
    table_files.check_for_excel(session, order.event_id)
    counts = table_files.count_people, table_files.count_tries
    return sum(count(session, order.event_id) for count in counts)


def _archive(
    installation: Installation, order: DownloadRequest, progress: CountProgress
) -> Iterator[bytes]:
    with installation.database.reading() as session:
        event = session.get_one(Event, order.event_id)
    return archive(
        installation,
        event,
        with_certificates=bool(order.of),
        progress=lambda share: progress(int(100 * share)),
    )


_OF_TABLES = Limit(
    budgets.TABLES.most,
    N_("Several tables are already being downloaded. Try again in a moment."),
    4.0,
)
_OF_CERTIFICATES = Limit(
    budgets.CERTIFICATES.most,
    N_("Certificates are already being downloaded. Try again when that is done."),
)
_OF_ARCHIVES = Limit(
    budgets.ARCHIVES.most,
    N_("A full download is already running. Try again when it is done."),
    one_of_event=True,
)

FILES = {
    "volunteers.csv": _DownloadFile(
        Permission.EXPORT,
        _OF_TABLES,
        lambda session, order: table_files.count_people(session, order.event_id),
        lambda served, order, progress: csv_of(
            table_files.people(served.database, served.settings, order.event_id).counted(progress)
        ),
    ),
    "volunteers.xlsx": _DownloadFile(
        Permission.EXPORT,
        _OF_TABLES,
        _count_for_workbook,
        lambda served, order, progress: table_files.workbook_of(
            served.database, served.settings, order.event_id, progress
        ),
    ),
    "mails.csv": _DownloadFile(
        Permission.EXPORT,
        _OF_TABLES,
        lambda session, order: table_files.count_tries(session, order.event_id),
        lambda served, order, progress: csv_of(
            table_files.mails(served.database, order.event_id).counted(progress)
        ),
    ),
    "log.csv": _DownloadFile(
        Permission.SEE_LOG,
        _OF_TABLES,
        lambda session, order: audit_log.count(session, order.of),
        lambda served, order, progress: csv_of(
            table_files.log(served.database, order.of).counted(progress)
        ),
    ),
    # A personal link lets anybody act as its person.
    "links.xlsx": _DownloadFile(
        Permission.CHANGE_TEXTS,
        _OF_TABLES,
        lambda session, order: table_files.count_links(session, order.event_id),
        lambda served, order, progress: table_files.workbook_of_links(
            served.database, served.settings, served.seal, order.event_id, progress
        ),
    ),
    "certificates.zip": _DownloadFile(
        Permission.EXPORT,
        _OF_CERTIFICATES,
        lambda session, order: bundles.count(session, order.of),
        lambda served, order, progress: bundles.zipped(served, order.of, progress),
    ),
    "certificates.pdf": _DownloadFile(
        Permission.EXPORT,
        _OF_CERTIFICATES,
        lambda session, order: bundles.count(session, order.of),
        lambda served, order, progress: bundles.printed(served, order.of, progress),
    ),
    # Counted in hundredths.
    ARCHIVE: _DownloadFile(
        Permission.DELETE, _OF_ARCHIVES, lambda session, order: 100, _archive, 600, is_logged=False
    ),
}
