"""Sessions of the console, begun as by the sign-in page."""

from shared.access import sessions
from shared.access.sessions import Browser, Opener
from shared.errors import NotAllowed
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.sealing.tokens import new_token

NO_ORGANIZATION = Settings(_env_file=None)
FIREFOX = Browser("Firefox · Windows", "192.0.2.7")


def begin_session(
    database: Database, token: str, browser: Browser = FIREFOX, *, stays: bool = False
) -> str:
    """Somebody signs in with this key or token; the token of their cookie.

    That of a key which opens nothing any more is of no session.
    """
    try:
        with database.writing() as session:
            return sessions.begin(
                session, NO_ORGANIZATION, Opener.of_token(token), browser, stays=stays
            )
    except NotAllowed:
        return new_token()
