"""A new event copied from another; its people's links are shown once, beside its token."""

import streamlit as st

from console import kept_typing
from console.screens.events.new_event import show_as_new
from console.session import actor, installation, refuse, require
from console.session_key import SessionKey
from console.text import in_words, plain, t
from console.widgets.roles import ROLE_NAMES
from shared.access.roles import Permission
from shared.certificates.designs.event_copy import Link, copy_event
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.links import join_link
from shared.storage.models import Event

_NAME = "events.copy.name"
_LINKS = SessionKey[tuple[Link, ...]]("events.copied_links")


def offer_copy(opened: list[Event]) -> None:
    place = st.expander(t("Copy an event"), icon=":material/content_copy:")
    with place, st.form("copy_event", border=False):
        names = {event.id: event.name for event in opened}
        source = st.selectbox(
            t("Event"), list(names), format_func=lambda id: names[id], key="events.copied"
        )
        name = st.text_input(t("Name of the copy"), max_chars=200, key=kept_typing.field(_NAME))
        with_people = st.checkbox(
            t("Invite its people, too: each gets a link of their own"), value=False
        )
        st.caption(
            t("Design, texts, settings and mail account are copied, but nobody of the list.")
        )
        if st.form_submit_button(t("Copy the event"), type="primary"):
            _copy(source, name, with_people=with_people)


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
    _LINKS.set(copied.links)
    show_as_new(copied.event, copied.token)


def are_links_kept() -> bool:
    """Whether there are some that nobody has said they saved."""
    return bool(_LINKS.get(()))


def show_links() -> bool:
    """Show each once: only its hash is stored. Returns whether they were saved just now."""
    links = _LINKS.get(())
    if not links:
        return False
    with st.container(border=True):
        st.header(t("Links for the people of the copy"))
        st.markdown(t("Send each in private. They are shown only this once, and work for 7 days."))
        for link in links:
            st.markdown(f"{plain(link.name)} · {t(ROLE_NAMES[link.role])}")
            address = join_link(installation().settings, link.token)
            st.code(address, language=None, wrap_lines=True)
        are_saved = st.button(t("I have saved them"), type="primary")
    if are_saved:
        _LINKS.take()
    return are_saved
