"""What routes ask of a request: the installation, the language, and whose token it carries."""

from typing import Annotated, cast

from fastapi import Depends, Header, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pydantic import BeforeValidator, WithJsonSchema

from shared.errors import EventUnknown
from shared.events.installation import Installation
from shared.events.keys import events_open_to
from shared.events.visitors import network_of
from shared.language import Language, preferred_language

WRONG_TOKENS_PER_MINUTE = 60


def installation_of(request: Request) -> Installation:
    return cast(Installation, request.app.state.installation)


# Not plain functions: a thread would be found for each of them at every call.
async def _installation(request: Request) -> Installation:
    return installation_of(request)


def language_of(request: Request) -> Language:
    """The language of messages: English for programs, which rarely say what they speak."""
    return preferred_language(request.headers.get("accept-language"), otherwise="en")


async def _language(
    request: Request,
    accept_language: Annotated[str | None, Header(description="Language of messages")] = None,
) -> Language:
    return language_of(request)


def _token_or_none(value: object) -> object:
    return value if isinstance(value, str) else ""


InstallationOf = Annotated[Installation, Depends(_installation)]
LanguageOf = Annotated[Language, Depends(_language)]

# A token that is no string is a wrong token (code 2), not a malformed request.
Token = Annotated[str, BeforeValidator(_token_or_none), WithJsonSchema({"title": "Token"})]


class WrongTokens:
    """Counts the wrong tokens of one network; who has a right one is never counted or refused."""

    def __init__(self, limiter: MovingWindowRateLimiter, network: str) -> None:
        self._limiter = limiter
        self._network = network

    def may_go_on(self) -> bool:
        """Count one more wrong token; False when there were too many within a minute."""
        return self._limiter.hit(RateLimitItemPerMinute(WRONG_TOKENS_PER_MINUTE), self._network)


def new_limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


def wrong_tokens(request: Request) -> WrongTokens:
    """The count of the client's network, by the socket's address or what a trusted proxy says."""
    client = request.client.host if request.client else ""
    return WrongTokens(request.app.state.limiter, network_of(client))


def organizers_event(installation: Installation, token: str, wanted: int | str | None) -> int:
    """The id of the event that an organizer's token acts on.

    The owner's token acts on the default event unless `wanted` names another, by its id or its
    name. Raises NotAllowed and EventUnknown.
    """
    with installation.database.reading() as session:
        events = events_open_to(session, token)
        if wanted in (None, ""):
            return events[0].id
        for event in events:
            if str(wanted) in (str(event.id), event.name):
                return event.id
    raise EventUnknown()
