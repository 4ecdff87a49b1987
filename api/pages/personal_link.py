"""The page on which people ask for their own link. Everybody gets the same answer, at once."""

import asyncio
import logging
import random
from collections.abc import Callable
from functools import partial
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from api.dependencies import InstallationOf, is_within
from api.errors import FromAnotherSite, TooMany
from api.pages import page, shown_by_get
from shared.budgets import LINKS_ASKED_FOR
from shared.certificates.issuing.links import send_link_to_address, send_link_to_holder
from shared.events.installation import Installation
from shared.language import N_
from shared.storage.database import DATABASE_AWAY, cause

# Random, since the timing of one's next request would show whether a mail is being queued.
DELAY_SECONDS = (2.0, 10.0)

router = APIRouter(include_in_schema=False)
_log = logging.getLogger(__name__)


@router.post("/personal-link")
async def ask(
    request: Request,
    installation: InstallationOf,
    background: BackgroundTasks,
    address: Annotated[str, Form()] = "",
    certificate: Annotated[str, Form()] = "",
) -> Response:
    """Send the link to this address, or to the person to whom this certificate was issued.

    The person is looked up seconds after the answer, so that timing reveals nothing.
    """
    check_asking(request, installation)
    later(background, partial(_send, installation, address, certificate))
    return shown_by_get(request, "link-asked")


def check_asking(request: Request, installation: Installation) -> None:
    """Check that one of our pages asks, and count. Raises FromAnotherSite and TooMany."""
    # Browsers say where a form comes from (Fetch Metadata; RFC 6454, 7). Our pages send no
    # referrer, so older browsers say "null" for them.
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "null")
    own = (request.headers.get("host"), urlsplit(installation.settings.public_url).netloc)
    is_from_another_site = site not in ("same-origin", "none") or (
        origin != "null" and origin.partition("://")[2] not in own
    )
    if is_from_another_site:
        raise FromAnotherSite()
    if not is_within(LINKS_ASKED_FOR, request):
        raise TooMany(N_("Your network asked for many personal links. Wait an hour and try again."))


def later(background: BackgroundTasks, send: Callable[[], object]) -> None:
    """Call `send` some seconds after the answer; log a database that does not answer then."""

    async def send_later() -> None:
        # Unpredictable is enough; it need not be secret.
        await asyncio.sleep(random.uniform(*DELAY_SECONDS))
        try:
            await run_in_threadpool(send)
        except DATABASE_AWAY as fault:
            # The page promised only that a link may come; people who get none ask again.
            _log.warning("the database does not answer: %s", cause(fault))

    background.add_task(send_later)


@router.get("/link-asked")
async def asked(request: Request) -> HTMLResponse:
    return page(request, "link_asked.html")


def _send(installation: Installation, address: str, certificate: str) -> None:
    database, seal = installation.database, installation.seal
    if address:
        send_link_to_address(database, seal, address)
    if certificate:
        send_link_to_holder(database, seal, certificate)
