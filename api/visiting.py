"""Who is behind a link: asked at every visit, and never at the cost of other visitors."""

from contextlib import suppress

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import OperationalError

from shared import visits
from shared.installation import Installation
from shared.visits import Visit


async def visit(installation: Installation, token: str) -> Visit:
    """The visit of whoever holds the link with `token`. Raises InvitationUnknown.

    SQLite is read right here, which takes a tenth of what handing it to a thread does. Another
    program may keep its file locked, and a server like PostgreSQL may hang: then a thread waits.
    """
    if installation.database.is_sqlite:
        with suppress(OperationalError), installation.database.impatient() as connection:
            return visits.look_up(connection, installation.seal, token)
    return await run_in_threadpool(patient_visit, installation, token)


def patient_visit(installation: Installation, token: str) -> Visit:
    """Like `visit`, for a thread that may wait."""
    with installation.database.patient() as connection:
        return visits.look_up(connection, installation.seal, token)
