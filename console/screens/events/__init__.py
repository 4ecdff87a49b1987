"""All events, the newest first: what each certificate looks like, how far it is, and what waits."""

from html import escape

import streamlit as st

from console.navigation import page
from console.previews import event_picture
from console.screens.events import making
from console.session import installation, may, open_events, session_of_reader
from console.session_key import SessionKey
from console.text import plain, t, tn
from console.widgets.display import explain_first_event
from shared.access.roles import Permission
from shared.events.installation import first_event_id
from shared.storage.models import Event, Status
from shared.volunteers.people.listing import first_names
from shared.volunteers.people.progress import EventProgress, progress_of_each

CARDS_IN_A_ROW = 3
SHOWS_ARCHIVED = SessionKey[bool]("events.shows_archived")


def show() -> None:
    may_make = may(Permission.MANAGE_EVENTS)
    with st.container(horizontal=True, vertical_alignment="center", key="events.head"):
        st.title(t("Events"))
        if may_make and st.button(t("New event"), type="primary", icon=":material/add:"):
            making.open_window()
    with installation().database.reading() as session:
        opened = sorted(open_events(session), key=lambda event: event.id, reverse=True)
        progress, first = progress_of_each(session, opened), first_event_id(session)
        reader = session_of_reader(session)
        with_names = [one.id for one in opened if reader.to(one.id).may(Permission.SEE_TABLE)]
        names = first_names(session, with_names)
        pictures = {one.id: event_picture(one, names.get(one.id, "")) for one in opened}
    making.show_links()
    if may_make:
        making.show_if_open(opened)
    archived = sum(one.archived_at is not None for one in opened)
    label = tn("Show {count} archived event", "Show {count} archived events", archived)
    if not archived or not st.toggle(label, key=SHOWS_ARCHIVED.name):
        opened = [one for one in opened if one.archived_at is None]
    # A row at a time, so that cards of different heights stay side by side.
    for start in range(0, len(opened), CARDS_IN_A_ROW):
        columns = st.columns(CARDS_IN_A_ROW, gap="medium")
        for column, one in zip(columns, opened[start : start + CARDS_IN_A_ROW], strict=False):
            with column, st.container(border=True, height="stretch", key=f"events.card.{one.id}"):
                _show_card(
                    one,
                    progress[one.id],
                    pictures[one.id],
                    is_first=one.id == first,
                    may_make=may_make,
                )


def _show_card(
    event: Event, progress: EventProgress, picture: str, *, is_first: bool, may_make: bool
) -> None:
    if picture:
        # What is on it, the card says.
        st.html(f'<img class="event-picture" src="{picture}" alt="" loading="lazy">')
    else:
        missing = escape(t("No certificate yet"))
        st.html(f'<div class="event-picture">{missing}</div>')
    # It covers the whole card: see `style.css`.
    with st.container(key=f"events.open.{event.id}"):
        st.page_link(
            page("overview"),
            label=f"**{plain(event.name)}**",
            query_params={"event": str(event.id)},
        )
    st.caption(plain(event.organization) or t("No organization entered yet"))
    if is_first:
        explain_first_event()
    mailed = progress.by_status[Status.MAILED]
    st.progress(mailed / progress.total if progress.total else 0.0)
    people = tn("{count} volunteer", "{count} volunteers", progress.total)
    how_far = tn("{count} certificate mailed", "{count} certificates mailed", mailed)
    if progress.by_status[Status.NEW] == progress.total:
        how_far = t("nothing sent yet")
    st.markdown(f":small[{people} · {how_far}]")
    # What the event is, and what waits.
    with st.container(horizontal=True, vertical_alignment="center"):
        if event.archived_at:
            st.badge(t("Archived"), color="gray")
        if event.live_at:
            st.badge(t("Live"), color="green")
        if progress.problems:
            needing = tn("{count} needs you", "{count} need you", progress.problems)
            st.badge(needing, color="red")
        if to_go := sum(progress.all_to_go.values()):
            st.badge(tn("{count} mail to go", "{count} mails to go", to_go), color="orange")
        if may_make:
            making.offer_copy(event)
