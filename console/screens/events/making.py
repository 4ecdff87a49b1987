"""The windows that make an event, new or as a copy of another, and the links for a copy's team."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from console import kept_typing
from console.navigation import page, show_window
from console.session import (
    EVENT_ID,
    IS_TO_CONFIRM,
    actor,
    choose_event,
    installation,
    refusing,
    require,
)
from console.session_key import SessionKey
from console.text import ROLE_NAMES, language, plain, t, time_zones
from shared import events
from shared.access.roles import Permission
from shared.certificates.designs.event_copy import Link, copy_event
from shared.events import event_for_change
from shared.events.links import join_link
from shared.events.naming import set_naming
from shared.language import LANGUAGE_NAMES, LANGUAGES, N_
from shared.storage.models import Event, Naming

_IS_OPEN = SessionKey[bool]("events.new.is_open")
# The event that is to be copied.
_SOURCE = SessionKey[int]("events.copy.source")
_LINKS = SessionKey[tuple[Link, ...]]("events.copied_links")
_NAME, _WHO, _NAME_OF_COPY = "events.new.name", "events.new.who", "events.copy.name"
_A_WEEK = timedelta(days=7)
_FALLBACK_ZONE = "Asia/Shanghai"
# What may be known of the people, and what follows from it.
_KNOWN = {
    Naming.ASK: (
        N_("Addresses"),
        N_("They enter their names, see the certificate, get it by mail."),
    ),
    Naming.ISSUE: (N_("Names"), N_("Certificates are made and mailed at once.")),
    Naming.CHECK: (
        N_("Names, to be checked"),
        N_("They correct them until a day; then the certificates leave."),
    ),
}


def open_window() -> None:
    _IS_OPEN.set(True)


def offer_copy(event: Event) -> None:
    """A button on the card of an event; whose it is, only screen readers have to be told."""
    copy = t("Copy")
    st.button(
        f"{copy} :small[{plain(event.name)}]", key=f"events.copy.{event.id}", type="tertiary",
        on_click=_SOURCE.set, args=(event.id,),
    )  # fmt: skip


def show_if_open(opened: Sequence[Event]) -> None:
    """`opened`: the events that the reader may copy."""
    # While its reader confirms who they are, that window stands in its place.
    if IS_TO_CONFIRM.get(False):
        return
    if _IS_OPEN.get(False):
        show_window(t("New event"), _show, _close, width="medium")
    source = next((event for event in opened if event.id == _SOURCE.get()), None)
    if source:
        title = t("Copy “{event}”", event=plain(source.name))
        show_window(title, lambda: _show_copying(source.id), _close_copying)


def _close() -> None:
    _IS_OPEN.forget()
    kept_typing.forget(installation(), [_NAME, _WHO])


def _close_copying() -> None:
    _SOURCE.forget()
    kept_typing.forget(installation(), [_NAME_OF_COPY])


def _show() -> None:
    left, right = st.columns([3, 2])
    name = left.text_input(
        t("Its name, as it stands on the certificate"),
        max_chars=200,
        key=kept_typing.field(_NAME),
    )
    who = right.text_input(t("Who thanks"), max_chars=200, key=kept_typing.field(_WHO))
    naming = st.radio(
        t("What do you know?"),
        list(_KNOWN),
        format_func=lambda one: t(_KNOWN[one][0]),
        captions=[t(caption) for _, caption in _KNOWN.values()],
        horizontal=True,
        key="events.new.naming",
    )
    # Language and time zone are folded: mostly they are the reader's own.
    zones, theirs = time_zones(), st.context.timezone or ""
    zone = theirs if theirs in zones else _FALLBACK_ZONE
    change = t("change")
    label = f"{LANGUAGE_NAMES[language()]} · {zone} · {change}"
    with st.expander(label, key="events.new.further"):
        left, right = st.columns(2)
        spoken = left.selectbox(
            t("Language of mails and certificates"),
            LANGUAGES,
            index=LANGUAGES.index(language()),
            format_func=lambda code: LANGUAGE_NAMES[code],
            key="events.new.language",
        )
        zone = right.selectbox(
            t("Time zone"), zones, index=zones.index(zone), key="events.new.zone"
        )
    until: date | None = None
    if naming is Naming.CHECK:
        today = datetime.now(ZoneInfo(zone)).date()
        until = st.date_input(
            t("Last day to check the names"),
            value=today + _A_WEEK,
            min_value=today,
            format="YYYY-MM-DD",
            key="events.new.until",
        )

    if st.button(t("Create and choose the certificate"), type="primary", key="events.new.create"):
        with refusing():
            require(Permission.MANAGE_EVENTS)
            with installation().database.writing(by=actor()) as session:
                event, _ = events.create_event(session, name=name, language=spoken, time_zone=zone)
                if who.strip():
                    events.update_organization(event, name=who)
                set_naming(session, event, naming, until)
                made = event.id
            _close()
            choose_event(made)
            st.switch_page(page("certificate"), query_params={"event": str(made)})


def _show_copying(source_id: int) -> None:
    st.caption(t("Design, texts, settings and mail account are copied, but nobody of the list."))
    name = st.text_input(t("Name of the copy"), max_chars=200, key=kept_typing.field(_NAME_OF_COPY))
    with_people = st.checkbox(
        t("Invite its team, too: each gets a link of their own"), key="events.copy.with_people"
    )

    if st.button(t("Copy the event"), type="primary", key="events.copy.do"):
        with refusing():
            require(Permission.MANAGE_EVENTS)
            with installation().database.writing(by=actor()) as session:
                source, seal = event_for_change(session, source_id), installation().seal
                copied = copy_event(session, seal, source, name=name, with_people=with_people)
                made = copied.event.id
            _close_copying()
            choose_event(made)
            if copied.links:
                _LINKS.set(copied.links)
                st.rerun()
            _go_to(made)


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
        _LINKS.forget()
        event_id = EVENT_ID.get()
        assert event_id is not None
        _go_to(event_id)


def _go_to(event_id: int) -> None:
    st.switch_page(page("overview"), query_params={"event": str(event_id)})
