"""The sign-in page with the reason why the organization's answer was not accepted."""

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import Response

from console.signin import session as access
from console.signin.plain_page import language_of, plain_page
from shared.access import refusals
from shared.errors import JoiningRefused, NotAllowed, explain
from shared.events.installation import Installation
from shared.storage.models import Action

_log = logging.getLogger(__name__)


async def refused_page(
    installation: Installation, request: Request, refusal: NotAllowed | JoiningRefused
) -> Response:
    """The refusal is also recorded in the log."""
    _log.warning("A sign-in by the organization was refused: %s", type(refusal).__name__)
    network = access.network_at(request)
    await asyncio.to_thread(
        refusals.note, installation.database, Action.SIGN_IN_REFUSED, None, None, network=network
    )
    return plain_page(
        request,
        "signin.html",
        401,
        place="/",
        refusal=explain(refusal, language_of(request)),
        has_organization=True,
        may_stay=installation.settings.oidc_stay,
    )
