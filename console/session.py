"""What every screen stands on: the installation, who is signed in, and the event in hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st
from sqlalchemy.orm import Session

from console.signin import session as access
from console.text import in_words, t
from shared import events
from shared.destinations import Reach
from shared.errors import EventUnknown, NotAllowed, ProductError
from shared.events.installation import Installation, is_owner, reach_of
from shared.storage.models import Event

_served: list[Installation] = []


def serve(installation: Installation) -> None:
    """Let every screen of this process work on `installation`."""
    _served[:] = [installation]


def installation() -> Installation:
    return _served[0]


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
