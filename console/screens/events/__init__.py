"""All events with their counts; creating one, and its organizer's token, shown once."""

from dataclasses import dataclass

import streamlit as st
from sqlalchemy.orm import Session

from console.navigation import page
from console.screens.events.copying import are_links_kept, offer_copy, show_links
from console.screens.events.new_event import offer_new_event
from console.session import EVENT_ID, choose_event, installation, may, open_events
from console.session_key import SessionKey
from console.text import plain, t, tn
from console.widgets import new_token
from console.widgets.first_event import explain_first_event
from console.widgets.new_token import show_new_token
from shared.access.roles import Permission
from shared.events.installation import first_event_id
from shared.storage.models import Event, Status
from shared.volunteers.people.progress import EventProgress, progress_of_each

CARDS_IN_A_ROW = 3
SHOWS_ARCHIVED = SessionKey[bool]("events.shows_archived")


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
        _go_on()
    if may(Permission.MANAGE_EVENTS):
        offer_new_event()
        offer_copy([card.event for card in opened])
    _show_cards(_chosen(opened))


def _go_on() -> None:
    """To the new event, when all is saved that is shown only once."""
    if new_token.is_kept() or are_links_kept():
        st.rerun()
    st.switch_page(page("overview"), query_params={"event": str(EVENT_ID.get())})


def _chosen(opened: list[Card]) -> list[Card]:
    """The events, without archived ones unless they are asked for."""
    archived = sum(card.event.archived_at is not None for card in opened)
    if archived and _asks_for_archived(archived):
        return opened
    return [card for card in opened if card.event.archived_at is None]


def _asks_for_archived(count: int) -> bool:
    label = tn("Show {count} archived event", "Show {count} archived events", count)
    return st.toggle(label, key=SHOWS_ARCHIVED.name)


def _show_cards(opened: list[Card]) -> None:
    # A row at a time, so that cards of different heights stay side by side.
    for start in range(0, len(opened), CARDS_IN_A_ROW):
        columns = st.columns(CARDS_IN_A_ROW, gap="medium")
        for position, card in enumerate(opened[start : start + CARDS_IN_A_ROW]):
            with columns[position]:
                _show_card(card)


def _cards(session: Session) -> list[Card]:
    opened = open_events(session)
    progress, first = progress_of_each(session, opened), first_event_id(session)
    return [Card(one, progress[one.id], one.id == first) for one in opened]


def _show_card(card: Card) -> None:
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
            st.badge(tn("{count} problem", "{count} problems", progress.problems), color="red")
        if st.button(t("Open"), key=f"events.open.{event.id}", width="stretch", type="primary"):
            choose_event(event.id)
            st.switch_page(page("overview"), query_params={"event": str(event.id)})
