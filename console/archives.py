"""The download of an event's archive, written while it is read, and its progress."""

import re
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from console.session import installation
from console.signin import session as access
from console.signin.plain_page import language_of
from console.streamed_file import StreamedFile
from shared.access.keys import event_opened_by
from shared.access.roles import Permission
from shared.errors import ArchivesBusy, ProductError, explain
from shared.privacy.archive import archive
from shared.storage.models import Event

# An address that nobody has opened by then stops working.
_WAITS_SECONDS = 600
# The progress of a download stays known as long as anybody looks.
_KNOWN_SECONDS = 24 * 3600
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


@dataclass
class Order:
    """An archive requested by somebody who may have it; `share` is how much of it is written."""

    event_id: int
    with_certificates: bool
    ordered_at: float
    share: float | None = None
    is_running: bool = False

    def end(self) -> None:
        """Nobody reads more of it."""
        self.is_running = False


# Each reads and draws as fast as it is downloaded: more would starve volunteers of the machine.
MOST_AT_ONCE = 2
_orders: dict[str, Order] = {}
_lock = threading.Lock()


def order(event_id: int, *, with_certificates: bool) -> str:
    """A key that downloads the archive once, for somebody who may delete the event."""
    now = time.monotonic()
    _forget_old(now)
    key = secrets.token_urlsafe(24)
    _orders[key] = Order(event_id, with_certificates, now)
    return key


def _forget_old(now: float) -> None:
    for key, old in list(_orders.items()):
        if not old.is_running and now - old.ordered_at > (
            _WAITS_SECONDS if old.share is None else _KNOWN_SECONDS
        ):
            _orders.pop(key, None)


def share_of(key: str) -> float | None:
    """How much of it is written; None if nobody has opened it yet, or it is no longer known."""
    ordered = _orders.get(key)
    return ordered.share if ordered else None


def download(request: Request) -> Response:
    """The file, once per order, and only for somebody who may delete the event now."""
    ordered = _orders.get(request.path_params["key"])
    if ordered is None or ordered.share is not None:
        return Response(status_code=404)
    try:
        event = _opened(request, ordered.event_id)
        _begin(ordered)
    except ProductError as refusal:
        status = 503 if isinstance(refusal, ArchivesBusy) else 403
        return PlainTextResponse(explain(refusal, language_of(request)), status)
    return StreamedFile(_pieces(ordered, event), "application/zip", _headers(event), ordered.end)


def _begin(ordered: Order) -> None:
    """Checked and begun in one step, so that of two at once the second is refused.

    One per event at a time, and few in total. Raises ArchivesBusy; the order stays open.
    """
    with _lock:
        running = [one.event_id for one in _orders.values() if one.is_running]
        is_taken = ordered.share is not None or ordered.event_id in running
        if is_taken or len(running) >= MOST_AT_ONCE:
            raise ArchivesBusy()
        ordered.share, ordered.is_running = 0.0, True


def _opened(request: Request, event_id: int) -> Event:
    """Raises NotAllowed, RoleTooLow and EventUnknown."""
    served = installation()
    with served.database.reading() as session:
        reader = access.signed_in(session, served, request.cookies).to(event_id)
        reader.require(Permission.DELETE)
        return event_opened_by(session, reader, event_id)


def _pieces(ordered: Order, event: Event) -> Iterator[bytes]:
    def tell(share: float) -> None:
        ordered.share = share

    with_certificates = ordered.with_certificates
    yield from archive(installation(), event, with_certificates=with_certificates, told=tell)


def _headers(event: Event) -> dict[str, str]:
    plain = _UNSAFE.sub("-", event.name).strip("-") or f"event-{event.id}"
    # RFC 6266: the plain name is for clients that do not read the other.
    named = f"filename=\"{plain}.zip\"; filename*=UTF-8''{quote(event.name, safe='')}.zip"
    return {"Content-Disposition": f"attachment; {named}", "Cache-Control": "no-store"}
