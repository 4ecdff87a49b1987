"""What routes take from a request: installation, language, network, and the caller."""

from dataclasses import dataclass
from itertools import chain
from typing import Annotated, cast

from fastapi import Depends, Header, Request

from shared.access import refusals
from shared.access.keys import Access, access_of, events_opened_by, note_use
from shared.access.rates import Rates
from shared.access.roles import Permission
from shared.budgets import Bound, Who
from shared.errors import EventUnknown, NotAllowed
from shared.events.installation import Installation
from shared.language import Language, preferred_language
from shared.log.actor import Actor, network_of, site_of


def installation_of(request: Request) -> Installation:
    return cast(Installation, request.app.state.installation)


async def _installation(request: Request) -> Installation:
    """A coroutine, as are those below: a plain function would need a thread at every call."""
    return installation_of(request)


def language_of(request: Request) -> Language:
    """Return the language for messages; English if the request names none, as programs do."""
    return preferred_language(request.headers.get("accept-language"), otherwise="en")


async def _language(
    request: Request,
    accept_language: Annotated[str | None, Header(description="Language of messages")] = None,
) -> Language:
    return language_of(request)


def network_at(request: Request) -> str:
    """Return the client's network, by the socket's address or as a trusted proxy says."""
    return network_of(request.client.host if request.client else "")


def site_at(request: Request) -> str:
    """Return the client's site, which is wider: a client may move between networks in it."""
    return site_of(request.client.host if request.client else "")


async def _network(request: Request) -> str:
    return network_at(request)


def is_within(bound: Bound, request: Request) -> bool:
    """Count a request against the client's network or site; return False over the bound.

    A caller with a right token is never counted or refused.
    """
    rates: Rates = request.app.state.rates
    who = site_at(request) if bound.who is Who.SITE else network_at(request)
    return rates.take(bound, who)


InstallationOf = Annotated[Installation, Depends(_installation)]
LanguageOf = Annotated[Language, Depends(_language)]
NetworkOf = Annotated[str, Depends(_network)]


@dataclass(frozen=True)
class Caller:
    """A caller's rights, and the event that the call acts on."""

    event_id: int
    access: Access
    network: str

    @property
    def actor(self) -> Actor:
        return self.access.actor(self.network)


def caller_of(
    installation: Installation,
    token: str,
    wanted: int | str | None,
    *needed: Permission,
    network: str,
) -> Caller:
    """Return the caller with `token`, who needs all `needed` permissions.

    The owner's token acts on the default event unless `wanted` names another by id or name. Raises
    NotAllowed and RoleTooLow, both recorded in the log, and EventUnknown.
    """
    try:
        with installation.database.reading() as session:
            access = access_of(session, token)
    except NotAllowed:
        refusals.note_key(installation.database, token, network)
        raise
    if not all(access.may(permission) for permission in needed):
        who = access.actor(network)
        refusals.note_role(installation.database, who, access.event_id, *needed)
    access.require(*needed)
    with installation.database.reading() as session:
        events = events_opened_by(session, access)
    note_use(installation.database, access)
    if wanted in (None, ""):
        return Caller(events[0].id, access, network)
    by_id = (event for event in events if str(event.id) == str(wanted))
    by_name = (event for event in events if event.name == str(wanted))
    if event := next(chain(by_id, by_name), None):
        return Caller(event.id, access, network)
    raise EventUnknown()
