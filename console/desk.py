"""What every screen stands on: the installation, the reader's language, the chosen event."""

import logging
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from html import escape
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from streamlit.navigation.page import Page

from console.signin import session as access
from shared import events
from shared.destinations import Reach
from shared.errors import EventUnknown, NotAllowed, ProductError, SettingRefused, explain
from shared.events.installation import Installation, is_owner, reach_of
from shared.language import (
    LANGUAGES,
    N_,
    Language,
    preferred_language,
    translate,
    translate_count,
)
from shared.storage.models import Event

LANGUAGE_COOKIE = "certs_language"
_log = logging.getLogger(__name__)
_served: list[Installation] = []

_MARKDOWN = frozenset("\\`*_{}[]()<>#+-!|~$:")
# Where Streamlit recognizes addresses of mails and pages, also in escaped text.
_LINKED = re.compile(r"(?=@|\\://)|(?<=www)(?=\.)", re.IGNORECASE)
# How the fields that SettingRefused names are called on the screens.
FIELD_NAMES = {
    "name": N_("Name"),
    "website": N_("Website"),
    "frontend_url": N_("Page that the links lead to"),
    "language": N_("Language"),
    "time_zone": N_("Time zone"),
    "number_pattern": N_("Pattern of the numbers"),
    "username": N_("User name"),
    "from_address": N_("Sender's address"),
    "server_address": N_("Server"),
    "smtp_port": N_("Port"),
    "min_second": N_("Shortest pause between two mails (seconds)"),
    "max_second": N_("Longest pause between two mails (seconds)"),
    "limits": N_("Limits"),
    "email": N_("Address"),
    "subject": N_("Subject"),
    "body": N_("Text"),
}


def serve(installation: Installation) -> None:
    """Let every screen of this process work on `installation`."""
    _served[:] = [installation]


def installation() -> Installation:
    return _served[0]


# Language


def language() -> Language:
    """The one that the reader chose, else their browser's."""
    chosen = st.context.cookies.get(LANGUAGE_COOKIE)
    for known in LANGUAGES:
        if chosen == known:
            return known
    return preferred_language(st.context.locale)


def t(message: str, **details: object) -> str:
    """`message` in the reader's language."""
    return translate(message, language(), **details)


def tn(one: str, many: str, count: int, **details: object) -> str:
    """`one` or `many`, by `count`, in the reader's language."""
    return translate_count(one, many, count, language(), **details)


def written_moment(moment: datetime, event: Event) -> str:
    """A moment in the event's time zone."""
    return f"{moment.astimezone(ZoneInfo(event.time_zone)):%Y-%m-%d %H:%M}"


def plain(text: str) -> str:
    """Text from elsewhere for a place that reads Markdown: every character stands for itself."""
    escaped = "".join(f"\\{c}" if c in _MARKDOWN else c for c in text)
    # Streamlit would make a link of an address, and shows but one kind of thing that prevents it
    # and is not copied with the address, as an invisible character would be: a span of nothing.
    return _LINKED.sub(":small[]", escaped)


def in_words(refusal: ProductError) -> str:
    """A refusal as a sentence; a setting is called as on the screen, not as in the API."""
    field = refusal.details.get("field")
    if isinstance(refusal, SettingRefused) and field in FIELD_NAMES:
        refusal = type(refusal)(**refusal.details | {"field": t(FIELD_NAMES[field])})
    return explain(refusal, language())


# The event that the screens are about


def open_events(session: Session) -> list[Event]:
    """The events of the signed-in person; asked anew each time, as a token may be renewed."""
    try:
        return access.open_events(
            session, installation().seal, st.context.cookies.get(access.COOKIE)
        )
    except NotAllowed:
        st.warning(t("You are signed out: the token has been renewed or the time is over."))
        st.html(f'<a href="{escape(_door())}" target="_self">{t("Sign in")}</a>')
        st.stop()


def _door() -> str:
    """The sign-in page, from which the way leads back to what is on the screen."""
    place = urlsplit(st.context.url or "/").path or "/"
    return access.door(f"{place}?{urlencode(st.query_params.to_dict())}")


def signed_in_as_owner(session: Session) -> bool:
    cookie = st.context.cookies.get(access.COOKIE)
    return is_owner(session, access.token_in(installation().seal, cookie))


def reach(session: Session) -> Reach:
    """How far the word of the signed-in person reaches in networks."""
    token = access.token_in(installation().seal, st.context.cookies.get(access.COOKIE))
    return reach_of(session, installation().settings, token)


def choose_event(event_id: int) -> None:
    """Take another event in hand, in the address, too."""
    st.session_state["event_id"] = event_id
    st.query_params["event"] = str(event_id)


def chosen_event(session: Session) -> Event:
    """The event in hand, as it was settled for this look, if it is still open to the reader.

    Its account and design are loaded with it, for what is shown after the session's end. Raises
    EventUnknown.
    """
    wanted = st.session_state.get("event_id")
    chosen = next((event for event in open_events(session) if event.id == wanted), None)
    if chosen is None:
        raise EventUnknown()
    session.refresh(chosen, ["account", "design"])
    return chosen


@contextmanager
def reading() -> Iterator[tuple[Session, Event]]:
    """A session and the chosen event, for looking."""
    with installation().database.reading() as session:
        yield session, chosen_event(session)


@contextmanager
def changing(done: str = "") -> Iterator[tuple[Session, Event]]:
    """A session and the chosen event, locked; committed at the end, `done` said, screen redrawn.

    A refusal is shown in place, and nothing is changed.
    """
    try:
        with installation().database.writing() as session:
            yield session, events.event_for_change(session, chosen_event(session).id)
    except ProductError as refusal:
        st.error(in_words(refusal))
        return
    if done:
        st.session_state["said"] = done
    st.rerun()


@contextmanager
def long_work(label: str) -> Iterator[Callable[[float], None]]:
    """A bar that grows while a long list is stored in turns; the screen is redrawn at the end.

    Yields what has to be told the share that is done. A refusal is shown in place: what was
    stored before it stays.
    """
    bar = st.empty()

    def tell(share: float) -> None:
        bar.progress(min(share, 1.0), f"{label} {share:.0%}")

    try:
        yield tell
    except ProductError as refusal:
        st.error(in_words(refusal))
        return
    st.rerun()


def say_what_was_done() -> None:
    """Show what `changing` did before the screen was redrawn."""
    if said := st.session_state.pop("said", ""):
        st.toast(said)


def show_trouble(trouble: Exception) -> bool:
    """Tell the person at the screen what nobody caught; True, as nothing else need be shown."""
    if isinstance(trouble, ProductError):
        st.error(in_words(trouble))
    elif isinstance(trouble, OperationalError | PoolTimeout):
        st.error(t("The database does not answer. Nothing is lost; try again in a moment."))
    else:
        _log.error("A screen broke", exc_info=trouble)
        st.error(t("This is a fault of the program. It stands in the log; reload the page."))
    return True


def isolated_page(html: str) -> str:
    """The address of a page that holds a mail's HTML: of no origin, without scripts or network.

    Whatever the mail says, it cannot touch the console that shows it. Its links open in a new tab,
    as in a mail program: inside of the console's frame the pages behind them refuse to be shown.
    """
    rules = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = f'<meta http-equiv="Content-Security-Policy" content="{rules}"><base target="_blank">'
    page = f"{head}{html}"
    return f"data:text/html;charset=utf-8;base64,{b64encode(page.encode()).decode()}"


# Between screens


def remember_pages(pages: Mapping[str, Page]) -> None:
    st.session_state["pages"] = pages


def page(name: str) -> Page:
    """The screen of this name, to link or to go to."""
    found: Page = st.session_state["pages"][name]
    return found


def table_page(key: str, count: int, page_size: int) -> tuple[int, int]:
    """Which page of a table of `count` lines is shown, and how many there are; both from 1.

    `key` is that of the `st.pagination` below the table. When the table has become shorter the
    last page is shown, and told to the widget, which would go back to the first by itself.
    """
    pages = max(1, -(-count // page_size))
    page = int(st.session_state.get(key, 1))
    if page > pages:
        page = st.session_state[key] = pages
    return page, pages
