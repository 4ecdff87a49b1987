"""Downloads of many certificates, and their route."""

import asyncio
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass
from functools import partial

from anyio import CancelScope, to_thread
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from console.offers import Download, Offers, State, StreamedFile
from console.signin import session as access
from console.signin.plain_page import language_of
from shared.access.keys import event_opened_by
from shared.access.roles import Permission
from shared.certificates.bundles.order import Kind, Order
from shared.certificates.bundles.printed import printed
from shared.certificates.bundles.zipped import zipped
from shared.errors import DownloadsBusy, ProductError, explain
from shared.events.installation import Installation
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.models import Action

_MAKE = {"zip": zipped, "pdf": printed}
_MEDIA_TYPES = {"zip": "application/zip", "pdf": "application/pdf"}


@dataclass(frozen=True)
class Bundle:
    """Which certificates, and together in what."""

    of: Order
    kind: Kind


# Each draws as fast as it is downloaded: more would starve volunteers of the machine.
OFFERS = Offers[Bundle](DownloadsBusy, most_at_once=2, most_kept=200)


def offer(order: Order, kind: Kind, total: int) -> Download[Bundle]:
    """Offer `total` certificates; anybody who may export the event finds them at the address."""
    return OFFERS.offer(Bundle(order, kind), lambda key: f"/certificates/{key}.{kind}", total)


class CertificateDownloads:
    """The route of the console that sends what was offered."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    async def send(self, request: Request) -> Response:
        """The file, made while it is sent; a client that goes away stops the drawing."""
        download = OFFERS.find(request.path_params["key"])
        if download is None or request.path_params["kind"] != download.order.kind:
            return Response(status_code=404)
        try:
            pieces = await asyncio.to_thread(self._begun, request, download)
        except ProductError as refusal:
            status = 503 if isinstance(refusal, DownloadsBusy) else 403
            return PlainTextResponse(explain(refusal, language_of(request)), status)
        headers = {
            "Content-Disposition": f'attachment; filename="certificates.{download.order.kind}"',
            "Cache-Control": "no-store",
            # Compressed content is not compressed again on the way.
            "Content-Encoding": "identity",
        }
        sent = _sent(request, download, pieces)
        media_type, ended = _MEDIA_TYPES[download.order.kind], partial(OFFERS.end, download)
        return StreamedFile(sent, media_type, headers, ended)

    def _begun(self, request: Request, download: Download[Bundle]) -> Generator[bytes]:
        """Raises NotAllowed, RoleTooLow, EventUnknown, DownloadsBusy and the order's own errors."""
        installation, order = self._installation, download.order.of
        with installation.database.reading() as session:
            signed_in = access.signed_in(session, installation, request.cookies)
            reader = signed_in.to(order.event_id)
            reader.require(Permission.EXPORT)
            event_opened_by(session, reader, order.event_id)
        pieces = _MAKE[download.order.kind](installation, order, download.count)
        OFFERS.begin(download)
        try:
            self._record(download, reader.actor(access.network_at(request)))
        except BaseException:
            OFFERS.end(download)
            raise
        return pieces

    def _record(self, download: Download[Bundle], by: Actor) -> None:
        with self._installation.database.writing(by=by) as session:
            order = download.order.of
            fields = [download.order.kind, order.format]
            event_id, count = order.event_id, download.total
            audit.record(session, Action.EXPORTED, event_id, count=count, fields=fields)


async def _sent(
    request: Request, download: Download[Bundle], pieces: Generator[bytes]
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
