"""What routes need from a request: the installation, the language, and whose token it carries."""

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


# Coroutines, since plain functions would each need a thread at every call.
async def _installation(request: Request) -> Installation:
    return installation_of(request)


def language_of(request: Request) -> Language:
    """The language of messages; English for programs, which rarely send a language."""
    return preferred_language(request.headers.get("accept-language"), otherwise="en")


async def _language(
    request: Request,
    accept_language: Annotated[str | None, Header(description="Language of messages")] = None,
) -> Language:
    return language_of(request)


def network_at(request: Request) -> str:
    """Where the request comes from, by the socket's address or by a trusted proxy."""
    return network_of(request.client.host if request.client else "")


def site_at(request: Request) -> str:
    """The same for those who may change between networks of their own."""
    return site_of(request.client.host if request.client else "")


async def _network(request: Request) -> str:
    return network_at(request)


def is_within(bound: Bound, request: Request) -> bool:
    """Count one more from the client's network; False if there were too many. A caller with a right
    token is never counted or refused."""
    rates: Rates = request.app.state.rates
    who = site_at(request) if bound.who is Who.SITE else network_at(request)
    return rates.take(bound, who)


InstallationOf = Annotated[Installation, Depends(_installation)]
LanguageOf = Annotated[Language, Depends(_language)]
NetworkOf = Annotated[str, Depends(_network)]


@dataclass(frozen=True)
class Caller:
    """Whose token a call carries, and the event that it acts on."""

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
    """The caller with `token` from `network`, if they have all `needed` permissions.

    The owner's token acts on the default event unless `wanted` names another, by its id or its
    name. Raises NotAllowed, RoleTooLow and EventUnknown, the first two of which are recorded in the
    log.
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
