"""The download of an event's archive, written while it is read, and its progress."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from console.offers import Download, Offers, State, StreamedFile
from console.session import installation
from console.signin import session as access
from console.signin.plain_page import language_of
from shared.access.keys import event_opened_by
from shared.access.roles import Permission
from shared.errors import ArchivesBusy, ProductError, explain
from shared.privacy.archive import archive
from shared.storage.models import Event

# Seconds after which an address that nobody has opened stops working.
_WAITS_SECONDS = 600
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True)
class Order:
    """An archive requested by somebody who may have it."""

    event_id: int
    with_certificates: bool


# Each reads and draws as fast as it is downloaded: more would starve volunteers of the machine.
OFFERS = Offers[Order](
    ArchivesBusy, most_at_once=2, most_kept=200, about=lambda order: order.event_id
)


def offer(event_id: int, *, with_certificates: bool) -> Download[Order]:
    """Offer the archive once, to anybody who may delete the event; counted in hundredths."""
    order = Order(event_id, with_certificates)
    return OFFERS.offer(order, lambda key: f"/archives/{key}", total=100)


def download(request: Request) -> Response:
    """The file, once per order, and only for somebody who may delete the event now."""
    found = OFFERS.find(request.path_params["key"])
    if found is None or found.state is not State.READY:
        return Response(status_code=404)
    if found.offered_at + _WAITS_SECONDS < time.monotonic():
        return Response(status_code=404)
    try:
        event = _opened(request, found.order.event_id)
        OFFERS.begin(found)
    except ProductError as refusal:
        status = 503 if isinstance(refusal, ArchivesBusy) else 403
        return PlainTextResponse(explain(refusal, language_of(request)), status)
    ended = partial(OFFERS.end, found)
    return StreamedFile(_pieces(found, event), "application/zip", _headers(event), ended)


def _opened(request: Request, event_id: int) -> Event:
    """Raises NotAllowed, RoleTooLow and EventUnknown."""
    served = installation()
    with served.database.reading() as session:
        reader = access.signed_in(session, served, request.cookies).to(event_id)
        reader.require(Permission.DELETE)
        return event_opened_by(session, reader, event_id)


def _pieces(found: Download[Order], event: Event) -> Iterator[bytes]:
    def tell(share: float) -> None:
        found.count(int(share * found.total))

    with_certificates = found.order.with_certificates
    yield from archive(installation(), event, with_certificates=with_certificates, told=tell)
    found.state = State.DONE


def _headers(event: Event) -> dict[str, str]:
    plain = _UNSAFE.sub("-", event.name).strip("-") or f"event-{event.id}"
    # RFC 6266: the plain name is for clients that do not read the other.
    named = f"filename=\"{plain}.zip\"; filename*=UTF-8''{quote(event.name, safe='')}.zip"
    return {"Content-Disposition": f"attachment; {named}", "Cache-Control": "no-store"}
