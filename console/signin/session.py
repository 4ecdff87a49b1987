"""The cookie of a signed-in person, and the addresses of the sign-in page and of what follows
it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from shared.access import sessions
from shared.access.keys import Identity
from shared.access.sessions import Browser, Opener, SignedIn
from shared.events.installation import Installation
from shared.log.actor import network_of
from shared.settings import Settings

# A path within this host: browsers read "//" and "/\\" as the start of another site's address.
_OWN_PLACE = re.compile(r"/(?![/\\])[!-\[\]-~]*")
# The first match counts: most browsers also name those that they descend from.
_BROWSERS = (
    ("MicroMessenger/", "WeChat"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def is_encrypted(settings: Settings) -> bool:
    return settings.console_url.startswith("https:")


def cookie_name(settings: Settings, name: str = "certs_session") -> str:
    """Return the cookie's name: under https one that no sibling site can set or, with a path, one
    that only https can set (RFC 6265bis, 4.1.3.2 and 4.1.3.1)."""
    if not is_encrypted(settings):
        return name
    return f"__Secure-{name}" if settings.console_path else f"__Host-{name}"


def cookie_path(settings: Settings) -> str:
    return settings.console_path or "/"


def set_cookie(
    settings: Settings, answer: Response, name: str, value: str, longest: timedelta
) -> None:
    """Set a cookie that scripts cannot read and other sites' forms do not send."""
    answer.set_cookie(name, value, int(longest.total_seconds()), **_cookie_rules(settings))


def drop_cookie(settings: Settings, answer: Response, name: str) -> None:
    answer.delete_cookie(name, **_cookie_rules(settings))


def _cookie_rules(settings: Settings) -> dict[str, Any]:
    return {
        "path": cookie_path(settings),
        "secure": is_encrypted(settings),
        "httponly": True,
        "samesite": "lax",
    }


def token_in(settings: Settings, cookies: Mapping[str, str]) -> str | None:
    """Return the session token in a browser's cookie, if there is one."""
    return cookies.get(cookie_name(settings))


def signed_in(session: Session, installation: Installation, cookies: Mapping[str, str]) -> SignedIn:
    """Return the session of a browser if it is valid now. Raises NotAllowed."""
    settings = installation.settings
    return sessions.signed_in(session, settings, token_in(settings, cookies))


def let_in(
    installation: Installation,
    request: Request,
    answer: Response,
    opener: Opener,
    *,
    stays: bool = False,
) -> None:
    """Sign the recipient of `answer` in with `opener`, and end the browser's previous session.

    Waits for the database. Raises NotAllowed if the opener opens nothing.
    """
    settings = installation.settings
    browser = Browser(browser_name(request.headers.get("user-agent", "")), network_at(request))
    with installation.database.writing() as session:
        sessions.end_by_token(session, token_in(settings, request.cookies))
        token = sessions.begin(session, settings, opener, browser, stays=stays)
    longest = sessions.LONG_STAY if stays else sessions.SHORT_STAY
    set_cookie(settings, answer, cookie_name(settings), token, longest)


def let_out(installation: Installation, request: Request, answer: Response) -> Identity | None:
    """End the session of the browser that gets `answer`. Waits for the database.

    Returns the identity with which the organization's sign-in began it, if any.
    """
    settings = installation.settings
    with installation.database.writing() as session:
        token = token_in(settings, request.cookies)
        was = sessions.sign_out(session, settings, token, network_at(request))
    drop_cookie(settings, answer, cookie_name(settings))
    return was


def network_at(request: Request) -> str:
    """Return the network of a request, for counting and logging."""
    return network_of(request.client.host if request.client else "")


def sign_in_address(place: str, *, has_ended: bool = False) -> str:
    """Return the address of the sign-in page, which then leads on to `place` in the console."""
    wanted = own_place(place)
    query = {"ended": "1"} if has_ended else {}
    if wanted not in ("/", "/?"):
        query["next"] = wanted
    return f"/signin?{urlencode(query)}" if query else "/signin"


def own_place(place: object) -> str:
    """Return `place` if it is an address within the console, otherwise that of its first page."""
    is_own = isinstance(place, str) and len(place) <= 2000 and _OWN_PLACE.fullmatch(place)
    return str(place) if is_own else "/"


def browser_name(user_agent: str) -> str:
    """Return a name like “Firefox · Windows”, from the header User-Agent (RFC 9110, 10.1.5); empty
    if unknown."""
    found = (
        next((name for sign, name in known if sign in user_agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(filter(None, found))
