"""The download of an event's archive: written while it is read, and how far that is."""

import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from console.session import installation
from shared.privacy.archive import archive
from shared.storage.models import Event

# An address that nobody has opened by then opens nothing.
_WAITS_SECONDS = 600
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


@dataclass
class Order:
    """An archive that somebody who may have it has asked for; `share` is what is written of it."""

    event_id: int
    with_certificates: bool
    ordered_at: float
    share: float | None = None


_orders: dict[str, Order] = {}


def order(event_id: int, *, with_certificates: bool) -> str:
    """A key that downloads the archive once; whoever calls has asked what the person may do."""
    now = time.monotonic()
    for key, old in list(_orders.items()):
        if old.share is None and now - old.ordered_at > _WAITS_SECONDS:
            _orders.pop(key, None)
    key = secrets.token_urlsafe(24)
    _orders[key] = Order(event_id, with_certificates, now)
    return key


def share_of(key: str) -> float | None:
    """How much of it is written; None: nobody has opened it yet, or it is not known any more."""
    ordered = _orders.get(key)
    return ordered.share if ordered else None


def download(request: Request) -> Response:
    """The file, once for each order."""
    ordered = _orders.get(request.path_params["key"])
    if ordered is None or ordered.share is not None:
        return Response(status_code=404)
    with installation().database.reading() as session:
        event = session.get(Event, ordered.event_id)
    if event is None or event.deleted_at is not None:
        return Response(status_code=404)
    ordered.share = 0.0
    return StreamingResponse(
        _pieces(ordered, event), media_type="application/zip", headers=_headers(event)
    )


def _pieces(ordered: Order, event: Event) -> Iterator[bytes]:
    def tell(share: float) -> None:
        ordered.share = share

    with_certificates = ordered.with_certificates
    yield from archive(installation(), event, with_certificates=with_certificates, told=tell)


def _headers(event: Event) -> dict[str, str]:
    plain = _UNSAFE.sub("-", event.name).strip("-") or f"event-{event.id}"
    # RFC 6266: the plain name is for what does not read the other.
    named = f"filename=\"{plain}.zip\"; filename*=UTF-8''{quote(event.name, safe='')}.zip"
    return {"Content-Disposition": f"attachment; {named}", "Cache-Control": "no-store"}
