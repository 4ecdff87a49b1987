"""Who may see which events: the sign-in cookie, and what the token in it opens."""

import re
import time
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from shared.errors import NotAllowed, SettingRefused
from shared.events.keys import EventName, names_open_to
from shared.storage.sealing.tokens import Seal

COOKIE = "certs_console"
LONGEST_STAY = 12 * 3600
# Tells a sign-in from everything else that the same seal has closed.
_PURPOSE = "console"
# A path of ours: browsers take "//" and "/\\" for the beginning of another site's address.
_OWN_PLACE = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def cookie_for(seal: Seal, token: str) -> str:
    """The value of the cookie for somebody who signed in with `token`.

    It holds the token itself, sealed: when the token is renewed, the cookie opens nothing.
    """
    return seal.seal_secret(f"{_PURPOSE} {int(time.time())} {token}")


def token_in(seal: Seal, cookie: str | None) -> str:
    """The token that a cookie holds. Raises NotAllowed if it is forged, foreign or too old."""
    try:
        purpose, since, token = seal.open_secret(cookie or "").split(" ", 2)
    except (SettingRefused, ValueError):
        raise NotAllowed() from None
    if purpose != _PURPOSE or time.time() - int(since) > LONGEST_STAY:
        raise NotAllowed()
    return token


def open_events(session: Session, seal: Seal, cookie: str | None) -> list[EventName]:
    """The events that the signed-in person may see, at this moment. Raises NotAllowed."""
    return names_open_to(session, token_in(seal, cookie))


def door(place: str) -> str:
    """The address of the sign-in page, from which the way leads on to `place` in the console."""
    wanted = own_place(place)
    return "/signin" if wanted in ("/", "/?") else f"/signin?{urlencode({'next': wanted})}"


def own_place(place: object) -> str:
    """`place` if it is an address within the console, else its first page."""
    is_own = isinstance(place, str) and len(place) <= 2000 and _OWN_PLACE.fullmatch(place)
    return str(place) if is_own else "/"
