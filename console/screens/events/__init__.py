"""All events with their counts; a new one, and its organizer's token shown once."""

from dataclasses import dataclass

import streamlit as st
from sqlalchemy.orm import Session

from console.navigation import page
from console.session import choose_event, event_names, installation, open_events, signed_in_as_owner
from console.text import in_words, language, plain, t, tn
from console.widgets.first_event import explain_first_event
from console.widgets.new_token import show_new_token
from console.widgets.time_zones import time_zones
from shared import events
from shared.errors import ProductError
from shared.events.installation import first_event_id
from shared.language import LANGUAGE_NAMES, LANGUAGES
from shared.storage.models import Event, Status
from shared.volunteers.progress import EventProgress, progress_of_each

CARDS_IN_A_ROW = 3


@dataclass(frozen=True)
class Card:
    """An event as it is shown among others."""

    event: Event
    progress: EventProgress
    is_first: bool


def show() -> None:
    st.title(t("Events"))
    with installation().database.reading() as session:
        opened = _cards(session)
        is_owner = signed_in_as_owner(session)
    show_new_token()
    if is_owner:
        _new_event()
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
        if event.live_at:
            st.badge(t("Live"), color="green")
        if progress.problems:
            st.badge(tn("{count} problem", "{count} problems", progress.problems), color="red")
        if st.button(t("Open"), key=f"open_{event.id}", width="stretch", type="primary"):
            choose_event(event.id)
            st.switch_page(page("overview"), query_params={"event": str(event.id)})


def _new_event() -> None:
    with st.expander(t("New event"), icon=":material/add:"), st.form("new_event", border=False):
        name = st.text_input(t("Name"), max_chars=200)
        left, right = st.columns(2)
        spoken = left.selectbox(
            t("Language of mails and certificates"),
            LANGUAGES,
            index=LANGUAGES.index(language()),
            format_func=lambda code: LANGUAGE_NAMES[code],
        )
        zone = right.selectbox(t("Time zone"), time_zones(), index=_likely_zone())
        if st.form_submit_button(t("Create event"), type="primary"):
            _create(name, spoken, zone)


def _create(name: str, spoken: str, zone: str) -> None:
    try:
        with installation().database.writing() as session:
            event_names(session)
            event, token = events.create_event(session, name=name, language=spoken, time_zone=zone)
    except ProductError as refusal:
        st.error(in_words(refusal))
        return
    st.session_state["new_token"] = {"event": event.name, "token": token}
    choose_event(event.id)
    st.rerun()


def _likely_zone() -> int:
    zones = time_zones()
    theirs = st.context.timezone or ""
    return zones.index(theirs if theirs in zones else "Asia/Shanghai")
