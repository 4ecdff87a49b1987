"""The ground of every screen: the installation, who is signed in, and the event in hand."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st
from sqlalchemy.orm import Session

from console import announcements
from console.session_key import SessionKey
from console.signin import session as access
from console.text import in_words, t
from shared import events, reading_places
from shared.access import refusals, sessions
from shared.access.keys import (
    Access,
    EventName,
    event_opened_by,
    names_opened_by,
    reach_of,
)
from shared.access.roles import Permission
from shared.access.sessions import SignedIn
from shared.destinations import Reach
from shared.errors import ConfirmationNeeded, NotAllowed, ProductError, RoleTooLow
from shared.events.installation import Installation
from shared.log.actor import Actor, network_of
from shared.settings import settings
from shared.storage.models import Event


@dataclass(frozen=True)
class InHand:
    """The event of a run of the script or of a fragment, and the reader's access to it."""

    event: Event
    access: Access


EVENT_ID = SessionKey[int | None]("session.event_id")
# Whether `confirmation` asks the reader to confirm who they are.
IS_TO_CONFIRM = SessionKey[bool]("session.is_to_confirm")
_SCREEN = SessionKey[tuple[str, int | None]]("session.screen")
# The permission that the open screen needs.
_NEEDED = SessionKey[Permission]("session.needed")
_served: list[Installation] = []
# One thread runs the script or a fragment from start to end.
_in_hand: ContextVar[InHand | None] = ContextVar("_in_hand", default=None)


def serve(installation: Installation) -> None:
    """Let every screen of this process work on `installation`."""
    _served[:] = [installation]


def installation() -> Installation:
    return _served[0]


# Who is signed in


def session_of_reader(session: Session) -> SignedIn:
    """Return the reader's session as it is now; readers without one are asked to sign in."""
    if found := signed_in_if_at_all(session):
        return found
    st.warning(t("You are signed out. Sign in again to go on."))
    # It leads back to this screen.
    address = escape(settings().console_path + access.sign_in_address(place()))
    st.html(f'<a class="onward" href="{address}" target="_self">{t("Sign in")}</a>')
    st.stop()


def sign_in() -> str:
    """Return the session token of the reader, which identifies their sign-in; "" if there is
    none."""
    return access.token_in(installation().settings, st.context.cookies) or ""


def signed_in(session: Session) -> Access:
    """Return the reader's access; within `in_hand`, as it was at its start."""
    if found := _in_hand.get():
        return found.access
    return session_of_reader(session).to(EVENT_ID.get())


def signed_in_if_at_all(session: Session) -> SignedIn | None:
    """Return the reader's session; None if it is not valid any more."""
    try:
        return access.signed_in(session, installation(), st.context.cookies)
    except NotAllowed:
        return None


def ask_for(permission: Permission) -> None:
    """Let parts that the open screen redraws by themselves need this permission as well."""
    _NEEDED.set(permission)


def may(permission: Permission) -> bool:
    """Return whether the role of the signed-in person allows this."""
    if found := _in_hand.get():
        return found.access.may(permission)
    with installation().database.reading() as session:
        return signed_in(session).may(permission)


def require(permission: Permission) -> None:
    """Check the permission by what is stored now, and ask for confirmation if that is needed.

    Raises RoleTooLow and EventUnknown.
    """
    try:
        with installation().database.reading() as session:
            session_of_reader(session).require(EVENT_ID.get(), permission)
    except ConfirmationNeeded:
        IS_TO_CONFIRM.set(True)
        st.rerun()
    except RoleTooLow:
        refusals.note_role(installation().database, actor(), EVENT_ID.get(), permission)
        raise


def actor() -> Actor:
    """Return the signed-in person, on whose behalf something is about to be written."""
    with installation().database.reading() as session:
        return signed_in(session).actor(network())


def network() -> str:
    """Return the network from which the reader connects."""
    return network_of(st.context.ip_address or "")


@dataclass(frozen=True)
class Viewer:
    """A reader, for callbacks and files that are made later, where Streamlit gives no cookies."""

    sign_in: str
    network: str

    def actor(self, event_id: int | None, needed: Permission) -> Actor:
        """Return the person, if they may do this now on the event, or on none. Raises NotAllowed,
        RoleTooLow, ConfirmationNeeded and EventUnknown."""
        served = installation()
        with served.database.reading() as session:
            found = sessions.signed_in(session, served.settings, self.sign_in)
            opened = found.require(event_id, needed)
            if event_id is not None:
                event_opened_by(session, opened, event_id)
        return opened.actor(self.network)

    @contextmanager
    def writing(self, event_id: int, needed: Permission) -> Iterator[tuple[Session, Event]]:
        """Open a session that writes for the person, and the event, locked. Raises what `actor`
        does."""
        with self.writing_anywhere(event_id, needed) as session:
            yield session, events.event_for_change(session, event_id)

    @contextmanager
    def writing_anywhere(self, event_id: int | None, needed: Permission) -> Iterator[Session]:
        """Open a session that writes for the person, about an event that is not locked, or about
        none. Raises what `actor` does."""
        by = self.required(event_id, needed)
        with installation().database.writing(by=by) as session:
            self.signed_in(session).to(event_id).require(needed)
            yield session

    def required(self, event_id: int | None, needed: Permission) -> Actor:
        """Return what `actor` does, and record RoleTooLow in the log."""
        database = installation().database
        try:
            return self.actor(event_id, needed)
        except RoleTooLow:
            with database.reading() as session:
                who = self.signed_in(session).to(event_id).actor(self.network)
            refusals.note_role(database, who, event_id, needed)
            raise

    def signed_in(self, session: Session) -> SignedIn:
        """Return the person's session and what it opens. Raises NotAllowed."""
        return sessions.signed_in(session, installation().settings, self.sign_in)

    def reach(self, session: Session, event_id: int) -> Reach:
        """Return the networks to which the person may make the program connect."""
        return reach_of(installation().settings, self.signed_in(session).to(event_id))


def reader() -> Viewer:
    """Return the reader, whose rights are checked again when a callback runs or a file is made."""
    return Viewer(sign_in(), network())


def event_names(session: Session) -> list[EventName]:
    """Return the names of the events of the signed-in person."""
    return names_opened_by(session, *session_of_reader(session).accesses)


def path() -> str:
    """The address of the screen that is open, within the console."""
    return urlsplit(st.context.url or "").path.removeprefix(settings().console_path) or "/"


def place(**more: str) -> str:
    """Return the address of the open screen and its query, within the console, with `more` in
    it."""
    return f"{path()}?{urlencode(st.query_params.to_dict() | more)}"


# The event that the screens are about


def choose_event(event_id: int) -> None:
    """Switch to another event, in the address as well."""
    EVENT_ID.set(event_id)
    st.query_params["event"] = str(event_id)


def chosen_event(session: Session) -> Event:
    """Return the event in hand with its account and design, if it is open to the reader.

    Within `in_hand` it is as it was at the start, without a query. Raises EventUnknown, and
    RoleTooLow if the reader may not see the open screen any more.
    """
    if found := _in_hand.get():
        return session.merge(found.event, load=False)
    return _looked_up_again(session).event


@contextmanager
def in_hand(found: InHand | None = None) -> Iterator[None]:
    """Let a run of the script, or of a fragment, keep the event with which it began.

    `found` is what `looked_up` returned; without it, the event is looked up here, once.
    """
    if found is None and _in_hand.get() is None:
        with installation().database.reading() as session:
            found = _looked_up_again(session)
    kept = found or _in_hand.get()
    assert kept is not None
    before = _in_hand.set(kept)
    try:
        with reading_places.for_event(kept.event.id):
            yield
    finally:
        _in_hand.reset(before)


def looked_up(session: Session) -> InHand:
    """Look up the chosen event and the reader's access to it, and return both. Raises
    EventUnknown."""
    opened = signed_in(session)
    return InHand(event_opened_by(session, opened, EVENT_ID.get()), opened)


def _looked_up_again(session: Session) -> InHand:
    """Return what `looked_up` does, for a part of a screen that is drawn long after the rest: the
    reader must still be allowed to see that screen. Raises RoleTooLow and EventUnknown."""
    found = looked_up(session)
    if needed := _NEEDED.get():
        found.access.require(needed)
    return found


@contextmanager
def reading() -> Iterator[tuple[Session, Event]]:
    """Open a session and the chosen event, for reading."""
    with installation().database.reading() as session:
        yield session, chosen_event(session)


def writing(needed: Permission) -> AbstractContextManager[tuple[Session, Event]]:
    """Return a session that writes for the reader, with the chosen event, locked. Raises what
    `Viewer.actor` does."""
    event_id = EVENT_ID.get()
    assert event_id is not None
    return reader().writing(event_id, needed)


def say(sentence: str) -> None:
    """Keep a sentence until its reader has seen it on a screen, perhaps in another tab."""
    announcements.announce(sign_in(), sentence)


def refuse(sentence: str) -> None:
    """Show here why something was not done, and once more to a reader who leaves at once."""
    refusal = announcements.announce(sign_in(), sentence, is_refusal=True)
    st.error(sentence)
    refusal.was_shown()


@contextmanager
def refusing() -> Iterator[None]:
    """End the block at a ProductError, and show its reason here."""
    try:
        yield
    except ProductError as refusal:
        refuse(in_words(refusal))


def is_another_screen(screen: str) -> bool:
    """Return whether the reader comes from another screen than the one named `screen`, or from that
    of another event."""
    here = (screen, EVENT_ID.get())
    is_another = _SCREEN.get(here) != here
    _SCREEN.set(here)
    return is_another


def tell_at(button: str) -> None:
    """Show what the button with this key did, or why not, until the next act or screen."""
    for announcement in announcements.shown(sign_in()):
        if announcement.button == button:
            _show(announcement)


def tell_the_rest(since: float) -> None:
    """Show the announcements that no button has shown since then, in `time.monotonic`."""
    for announcement in announcements.shown(sign_in()):
        if announcement.shown_at < since:
            _show(announcement)


def _show(announcement: announcements.Announcement) -> None:
    # `page.js` has it read aloud.
    with st.container(key=f"session.told.{announcement.made_at}"):
        if announcement.is_refusal:
            st.error(announcement.sentence)
        else:
            st.markdown(announcement.sentence)
    announcement.was_shown()
