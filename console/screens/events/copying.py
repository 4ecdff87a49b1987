"""Copying an event from its card, and the links for the people who come along."""

from collections.abc import Sequence

import streamlit as st

from console import kept_typing
from console.navigation import page, show_window
from console.session import (
    EVENT_ID,
    IS_TO_CONFIRM,
    actor,
    choose_event,
    installation,
    refuse,
    require,
)
from console.session_key import SessionKey
from console.text import ROLE_NAMES, in_words, plain, t
from shared.access.roles import Permission
from shared.certificates.designs.event_copy import Link, copy_event
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.links import join_link
from shared.storage.models import Event

# The event that is to be copied.
_SOURCE = SessionKey[int]("events.copy.source")
_NAME = "events.copy.name"
_LINKS = SessionKey[tuple[Link, ...]]("events.copied_links")


def offer(event: Event) -> None:
    """A button on the card of an event; whose it is, only screen readers have to be told."""
    copy = t("Copy")
    label = f"{copy} :small[{plain(event.name)}]"
    st.button(
        label,
        key=f"events.copy.{event.id}",
        type="tertiary",
        on_click=_SOURCE.set,
        args=(event.id,),
    )


def show_if_open(opened: Sequence[Event]) -> None:
    source = next((event for event in opened if event.id == _SOURCE.get()), None)
    if source and not IS_TO_CONFIRM.get(False):
        title = t("Copy “{event}”", event=plain(source.name))
        show_window(title, lambda: _show(source.id), _close)


def _close() -> None:
    _SOURCE.take()
    kept_typing.forget(installation(), [_NAME])


def _show(source_id: int) -> None:
    st.caption(t("Design, texts, settings and mail account are copied, but nobody of the list."))
    name = st.text_input(t("Name of the copy"), max_chars=200, key=kept_typing.field(_NAME))
    with_people = st.checkbox(
        t("Invite its team, too: each gets a link of their own"), key="events.copy.with_people"
    )
    if st.button(t("Copy the event"), type="primary", key="events.copy.do"):
        _copy(source_id, name, with_people=with_people)


def _copy(source_id: int, name: str, *, with_people: bool) -> None:
    served = installation()
    try:
        require(Permission.MANAGE_EVENTS)
        with served.database.writing(by=actor()) as session:
            source = event_for_change(session, source_id)
            copied = copy_event(session, served.seal, source, name=name, with_people=with_people)
    except ProductError as refusal:
        refuse(in_words(refusal))
        return
    _close()
    choose_event(copied.event.id)
    if copied.links:
        _LINKS.set(copied.links)
        st.rerun()
    _go_to(copied.event.id)


def show_links() -> None:
    """Show each once, as only its hash is stored; when they are saved, go to the copy."""
    links = _LINKS.get(())
    if not links:
        return
    with st.container(border=True):
        st.header(t("Links for the team of the copy"))
        st.markdown(t("Send each in private. They are shown only this once, and work for 7 days."))
        for link in links:
            st.markdown(f"{plain(link.name)} · {t(ROLE_NAMES[link.role])}")
            address = join_link(installation().settings, link.token)
            st.code(address, language=None, wrap_lines=True)
        are_saved = st.button(t("I have saved them"), type="primary")
    if are_saved:
        _LINKS.take()
        event_id = EVENT_ID.get()
        assert event_id is not None
        _go_to(event_id)


def _go_to(event_id: int) -> None:
    st.switch_page(page("overview"), query_params={"event": str(event_id)})
