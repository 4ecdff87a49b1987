"""Looking up who a personal link belongs to, without keeping other visitors waiting."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request
from sqlalchemy.exc import DBAPIError, OperationalError

from shared.certificates.issuing import visits
from shared.certificates.issuing.visits import Visit
from shared.errors import ForNow, InvitationUnknown
from shared.events.installation import Installation
from shared.language import N_

Answer = TypeVar("Answer")

# Seconds that a visitor waits for a silent database.
PATIENCE = 10.0


class DatabaseSilent(ForNow):
    message = N_("The database does not answer. Try again in a moment.")


class Visiting:
    """Looks up visits for the event loop of one API.

    SQLite is read in the loop itself, in a tenth of the time that a thread takes (`make bench`:
    getUserInfo). If another program keeps its file locked, and on PostgreSQL, which may hang, one
    thread waits on behalf of all visitors.
    """

    def __init__(self, installation: Installation) -> None:
        self._database = installation.database
        self._seal = installation.seal
        self._waiting: dict[asyncio.Future[Visit | None], str] = {}
        self._asking: asyncio.Task[None] | None = None
        self._thread = CapacityLimiter(1)

    async def visit(self, token: str) -> Visit:
        """Return the visit of the person whose link has `token`.

        Raises InvitationUnknown, and DatabaseSilent after 10 seconds.
        """
        if self._database.is_sqlite:
            with suppress(OperationalError), self._database.impatient() as connection:
                return visits.look_up(connection, self._seal, token)
        found = await self._answer(token)
        if found is None:
            raise InvitationUnknown()
        return found

    async def _answer(self, token: str) -> Visit | None:
        answer: asyncio.Future[Visit | None] = asyncio.get_running_loop().create_future()
        self._waiting[answer] = token
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        try:
            async with asyncio.timeout(PATIENCE):
                return await answer
        except TimeoutError:
            raise DatabaseSilent() from None
        finally:
            self._waiting.pop(answer, None)

    async def _ask(self) -> None:
        """Answer all who wait, batch by batch: a thread each would cost more than the answer."""
        while self._waiting:
            asked, self._waiting = self._waiting, {}
            try:
                tokens = list(asked.values())
                found = await to_thread.run_sync(self._look_up, tokens, limiter=self._thread)
            except Exception as fault:
                for answer in asked:
                    if not answer.done():
                        answer.set_exception(fault)
            else:
                for answer, visit in zip(asked, found, strict=True):
                    if not answer.done():
                        answer.set_result(visit)
        self._asking = None

    def _look_up(self, tokens: Sequence[str]) -> list[Visit | None]:
        """Look up what each token opens, in a thread that may wait."""
        if not self._database.is_sqlite:
            # A connection dropped by the server (restart) is noticed only on use.
            with suppress(DBAPIError), self._database.kept() as connection:
                return visits.look_up_all(connection, self._seal, tokens)
        with self._database.patient() as connection:
            return visits.look_up_all(connection, self._seal, tokens)


async def answered_in_time(ask: Callable[[], Answer]) -> Answer:
    """Return the result of `ask` in a thread. Raises DatabaseSilent after 10 seconds."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await to_thread.run_sync(ask, abandon_on_cancel=True)
    except TimeoutError:
        raise DatabaseSilent() from None


async def visit(request: Request, token: str) -> Visit:
    """Return the visit of the person whose link has `token`. Raises what `Visiting.visit` does."""
    visiting: Visiting = request.app.state.visiting
    return await visiting.visit(token)


def patient_visit(installation: Installation, token: str) -> Visit:
    """Return the same visit, in a thread that may wait. Raises InvitationUnknown."""
    with installation.database.patient() as connection:
        return visits.look_up(connection, installation.seal, token)
