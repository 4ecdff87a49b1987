"""All events, the newest first: what each certificate looks like, how far it is, and what waits."""

from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st
from sqlalchemy.orm import Session

from console.event_picture import address_of
from console.navigation import page
from console.screens.events import copying, making
from console.session import installation, may, open_events, session_of_reader
from console.session_key import SessionKey
from console.text import plain, t, tn
from console.widgets.new_token import explain_first_event
from shared.access.roles import Permission
from shared.events.installation import first_event_id
from shared.storage.models import Event, Status
from shared.volunteers.people.listing import first_names
from shared.volunteers.people.progress import EventProgress, progress_of_each

CARDS_IN_A_ROW = 3
Colour = Literal["gray", "green", "red", "orange"]
SHOWS_ARCHIVED = SessionKey[bool]("events.shows_archived")


@dataclass(frozen=True)
class Card:
    """An event as shown among others."""

    event: Event
    progress: EventProgress
    picture: str
    is_first: bool


def show() -> None:
    may_make = may(Permission.MANAGE_EVENTS)
    with st.container(horizontal=True, vertical_alignment="center", key="events.head"):
        st.title(t("Events"))
        if may_make and st.button(t("New event"), type="primary", icon=":material/add:"):
            making.open_window()
    with installation().database.reading() as session:
        cards = _cards(session)
    copying.show_links()
    if may_make:
        making.show_if_open()
        copying.show_if_open([card.event for card in cards])
    _show_cards(_chosen(cards), may_make=may_make)


def _chosen(cards: list[Card]) -> list[Card]:
    """The events, without archived ones unless they are asked for."""
    archived = sum(card.event.archived_at is not None for card in cards)
    label = tn("Show {count} archived event", "Show {count} archived events", archived)
    if archived and st.toggle(label, key=SHOWS_ARCHIVED.name):
        return cards
    return [card for card in cards if card.event.archived_at is None]


def _cards(session: Session) -> list[Card]:
    opened = sorted(open_events(session), key=lambda event: event.id, reverse=True)
    progress, first = progress_of_each(session, opened), first_event_id(session)
    reader = session_of_reader(session)
    shown = [one.id for one in opened if reader.to(one.id).may(Permission.SEE_TABLE)]
    names = first_names(session, shown)
    return [
        Card(
            one,
            progress[one.id],
            address_of(one, names.get(one.id, "")),
            one.id == first,
        )
        for one in opened
    ]


def _show_cards(cards: list[Card], *, may_make: bool) -> None:
    # A row at a time, so that cards of different heights stay side by side.
    for start in range(0, len(cards), CARDS_IN_A_ROW):
        columns = st.columns(CARDS_IN_A_ROW, gap="medium")
        for column, card in zip(columns, cards[start : start + CARDS_IN_A_ROW], strict=False):
            with (
                column,
                st.container(border=True, height="stretch", key=f"events.card.{card.event.id}"),
            ):
                _show_card(card, may_make=may_make)


def _show_card(card: Card, *, may_make: bool) -> None:
    event, progress = card.event, card.progress
    st.html(_picture(card.picture))
    # It covers the whole card: see `style.css`.
    with st.container(key=f"events.open.{event.id}"):
        st.page_link(
            page("overview"),
            label=f"**{plain(event.name)}**",
            query_params={"event": str(event.id)},
        )
    st.caption(plain(event.organization) or t("No organization entered yet"))
    if card.is_first:
        explain_first_event()
    mailed = progress.by_status[Status.MAILED]
    st.progress(mailed / progress.total if progress.total else 0.0)
    st.markdown(f":small[{_how_far(progress, mailed)}]")
    with st.container(horizontal=True, vertical_alignment="center"):
        for badge, colour in _badges(event, progress):
            st.badge(badge, color=colour)
        if may_make:
            copying.offer(event)


def _how_far(progress: EventProgress, mailed: int) -> str:
    people = tn("{count} volunteer", "{count} volunteers", progress.total)
    if progress.by_status[Status.NEW] == progress.total:
        nothing = t("nothing sent yet")
        return f"{people} · {nothing}"
    certificates = tn("{count} certificate mailed", "{count} certificates mailed", mailed)
    return f"{people} · {certificates}"


def _badges(event: Event, progress: EventProgress) -> list[tuple[str, Colour]]:
    """What the event is, and what waits."""
    to_go = sum(progress.all_to_go.values())
    badges: list[tuple[str, Colour]] = []
    if event.archived_at:
        badges.append((t("Archived"), "gray"))
    if event.live_at:
        badges.append((t("Live"), "green"))
    if progress.problems:
        needing = tn("{count} needs you", "{count} need you", progress.problems)
        badges.append((needing, "red"))
    if to_go:
        badges.append((tn("{count} mail to go", "{count} mails to go", to_go), "orange"))
    return badges


def _picture(address: str) -> str:
    if address:
        # What is on it, the card says.
        return f'<img class="event-picture" src="{address}" alt="" loading="lazy">'
    missing = escape(t("No certificate yet"))
    return f'<div class="event-picture">{missing}</div>'
