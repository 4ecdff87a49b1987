"""Downloads of certificates: what was ordered, its progress, and its route.

Orders are kept here and not in the address, which browsers and proxies record.
"""

import asyncio
import secrets
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass
from enum import StrEnum

from anyio import CancelScope, to_thread
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from console.signin import session as access
from console.signin.plain_page import language_of
from console.streamed_file import StreamedFile
from shared.certificates.bundles.order import Order
from shared.certificates.bundles.printed import printed
from shared.certificates.bundles.size import Kind
from shared.certificates.bundles.zipped import zipped
from shared.errors import DownloadsBusy, ProductError, explain
from shared.events import audit
from shared.events.actor import Actor
from shared.events.installation import Installation
from shared.events.keys import event_opened_by
from shared.events.roles import Permission
from shared.storage.models import Action

MOST_KEPT = 200
# Each draws as fast as it is downloaded: more would starve volunteers of the machine.
MOST_AT_ONCE = 2
_MAKE = {"zip": zipped, "pdf": printed}
_MEDIA_TYPES = {"zip": "application/zip", "pdf": "application/pdf"}
_lock = threading.Lock()


class State(StrEnum):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@dataclass
class Download:
    """One order, how many certificates it is for, and how many are drawn."""

    key: str
    order: Order
    kind: Kind
    total: int
    done: int = 0
    state: State = State.READY

    @property
    def address(self) -> str:
        return f"/certificates/{self.key}.{self.kind}"

    def count(self, done: int) -> None:
        self.done = done

    def end(self) -> None:
        """Nobody reads more of it."""
        if self.state is State.RUNNING:
            self.state = State.STOPPED


_kept: OrderedDict[str, Download] = OrderedDict()


def offer(order: Order, kind: Kind, total: int) -> Download:
    """Offer a download; anybody who may export the event finds it at its address."""
    download = Download(secrets.token_urlsafe(16), order, kind, total)
    with _lock:
        _kept[download.key] = download
        for key in list(_kept)[: max(0, len(_kept) - MOST_KEPT)]:
            if _kept[key].state is not State.RUNNING:
                del _kept[key]
    return download


def find(key: str) -> Download | None:
    with _lock:
        return _kept.get(key)


def _begin(download: Download) -> None:
    """Checked and begun in one step, so that of two at once the second is refused.

    An address opened repeatedly draws only once. Raises DownloadsBusy.
    """
    with _lock:
        running = sum(one.state is State.RUNNING for one in _kept.values())
        if download.state is State.RUNNING or running >= MOST_AT_ONCE:
            raise DownloadsBusy()
        download.done, download.state = 0, State.RUNNING


class CertificateDownloads:
    """The route of the console that sends what was offered."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    async def send(self, request: Request) -> Response:
        """The file, made while it is sent; a client that goes away stops the drawing."""
        download = find(request.path_params["key"])
        if download is None or request.path_params["kind"] != download.kind:
            return Response(status_code=404)
        try:
            pieces = await asyncio.to_thread(self._begun, request, download)
        except ProductError as refusal:
            status = 503 if isinstance(refusal, DownloadsBusy) else 403
            return PlainTextResponse(explain(refusal, language_of(request)), status)
        headers = {
            "Content-Disposition": f'attachment; filename="certificates.{download.kind}"',
            "Cache-Control": "no-store",
            # Compressed content is not compressed again on the way.
            "Content-Encoding": "identity",
        }
        sent = _sent(request, download, pieces)
        return StreamedFile(sent, _MEDIA_TYPES[download.kind], headers, download.end)

    def _begun(self, request: Request, download: Download) -> Generator[bytes]:
        """Raises NotAllowed, RoleTooLow, EventUnknown, DownloadsBusy and the order's own errors."""
        installation, order = self._installation, download.order
        with installation.database.reading() as session:
            signed_in = access.signed_in(session, installation, request.cookies)
            reader = signed_in.to(order.event_id)
            reader.require(Permission.EXPORT)
            event_opened_by(session, reader, order.event_id)
        pieces = _MAKE[download.kind](installation, order, download.count)
        _begin(download)
        try:
            self._record(download, reader.actor(access.network_at(request)))
        except BaseException:
            download.end()
            raise
        return pieces

    def _record(self, download: Download, by: Actor) -> None:
        with self._installation.database.writing(by=by) as session:
            fields = [download.kind, download.order.format]
            event_id, count = download.order.event_id, download.total
            audit.record(session, Action.EXPORTED, event_id, count=count, fields=fields)


async def _sent(
    request: Request, download: Download, pieces: Generator[bytes]
) -> AsyncIterator[bytes]:
    try:
        async for piece in iterate_in_threadpool(pieces):
            if await request.is_disconnected():
                break
            yield piece
        else:
            download.state = State.DONE
    finally:
        # Ends drawing ahead, also if this task was ended because the client went away.
        with CancelScope(shield=True):
            await to_thread.run_sync(pieces.close)
