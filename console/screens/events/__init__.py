"""All events with their counts; creating one, and its organizer's token, shown once."""

from dataclasses import dataclass

import streamlit as st
from sqlalchemy.orm import Session

from console import kept_typing
from console.navigation import page
from console.session import (
    EVENT_ID,
    actor,
    choose_event,
    installation,
    may,
    open_events,
    refuse,
    require,
)
from console.session_key import SessionKey
from console.text import ROLE_NAMES, in_words, language, plain, t, time_zones, tn
from console.widgets import new_token
from console.widgets.new_token import explain_first_event, keep_new_token, show_new_token
from shared import events
from shared.access.roles import Permission
from shared.certificates.designs.event_copy import Link, copy_event
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.installation import first_event_id
from shared.events.links import join_link
from shared.language import LANGUAGE_NAMES, LANGUAGES
from shared.storage.models import Event, Status
from shared.volunteers.people.progress import EventProgress, progress_of_each

CARDS_IN_A_ROW = 3
SHOWS_ARCHIVED = SessionKey[bool]("events.shows_archived")
_NAME = "events.copy.name"
_LINKS = SessionKey[tuple[Link, ...]]("events.copied_links")
_NEW_NAME = "events.new.name"


@dataclass(frozen=True)
class Card:
    """An event as shown among others."""

    event: Event
    progress: EventProgress
    is_first: bool


def show() -> None:
    st.title(t("Events"))
    with installation().database.reading() as session:
        opened = _cards(session)
    if any([show_new_token(), show_links()]):
        # To the new event, when all is saved that is shown only once.
        if new_token.is_kept() or _LINKS.get():
            st.rerun()
        st.switch_page(page("overview"), query_params={"event": str(EVENT_ID.get())})
    if may(Permission.MANAGE_EVENTS):
        offer_new_event()
        place = st.expander(t("Copy an event"), icon=":material/content_copy:")
        with place, st.form("copy_event", border=False):
            names = {card.event.id: card.event.name for card in opened}
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
    _show_cards(_chosen(opened))


def _chosen(opened: list[Card]) -> list[Card]:
    """The events, without archived ones unless they are asked for."""
    archived = sum(card.event.archived_at is not None for card in opened)
    label = tn("Show {count} archived event", "Show {count} archived events", archived)
    if archived and st.toggle(label, key=SHOWS_ARCHIVED.name):
        return opened
    return [card for card in opened if card.event.archived_at is None]


def _show_cards(opened: list[Card]) -> None:
    # A row at a time, so that cards of different heights stay side by side.
    for start in range(0, len(opened), CARDS_IN_A_ROW):
        columns = st.columns(CARDS_IN_A_ROW, gap="medium")
        for position, card in enumerate(opened[start : start + CARDS_IN_A_ROW]):
            with columns[position]:
                event, progress = card.event, card.progress
                with st.container(border=True, height="stretch"):
                    st.header(plain(event.name))
                    if card.is_first:
                        explain_first_event()
                    st.caption(plain(event.organization) or t("No organization entered yet"))
                    mailed = progress.by_status[Status.MAILED]
                    st.progress(mailed / progress.total if progress.total else 0.0)
                    st.markdown(
                        tn("{count} volunteer", "{count} volunteers", progress.total)
                        + " · "
                        + tn("{count} certificate mailed", "{count} certificates mailed", mailed)
                    )
                    if event.archived_at:
                        st.badge(t("Archived"), color="gray")
                    if event.live_at:
                        st.badge(t("Live"), color="green")
                    if progress.problems:
                        st.badge(
                            tn("{count} problem", "{count} problems", progress.problems),
                            color="red",
                        )
                    if st.button(
                        t("Open"), key=f"events.open.{event.id}", width="stretch", type="primary"
                    ):
                        choose_event(event.id)
                        st.switch_page(page("overview"), query_params={"event": str(event.id)})


def _cards(session: Session) -> list[Card]:
    opened = open_events(session)
    progress, first = progress_of_each(session, opened), first_event_id(session)
    return [Card(one, progress[one.id], one.id == first) for one in opened]


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


# A new event, whose organizer's token is shown once


def offer_new_event() -> None:
    with st.expander(t("New event"), icon=":material/add:"), st.form("new_event", border=False):
        name = st.text_input(t("Name"), max_chars=200, key=kept_typing.field(_NEW_NAME))
        left, right = st.columns(2)
        spoken = left.selectbox(
            t("Language of mails and certificates"),
            LANGUAGES,
            index=LANGUAGES.index(language()),
            format_func=lambda code: LANGUAGE_NAMES[code],
        )
        zones = time_zones()
        theirs = st.context.timezone or ""
        zone = right.selectbox(
            t("Time zone"),
            zones,
            index=zones.index(theirs if theirs in zones else "Asia/Shanghai"),
        )
        if st.form_submit_button(t("Create event"), type="primary"):
            try:
                require(Permission.MANAGE_EVENTS)
                with installation().database.writing(by=actor()) as session:
                    event, token = events.create_event(
                        session, name=name, language=spoken, time_zone=zone
                    )
            except ProductError as refusal:
                refuse(in_words(refusal))
                return
            kept_typing.forget(installation(), [_NEW_NAME])
            show_as_new(event, token)


def show_as_new(event: Event, token: str) -> None:
    """Redraw the screen with the new event chosen, and its organizer's token."""
    keep_new_token(event, token)
    choose_event(event.id)
    st.rerun()
