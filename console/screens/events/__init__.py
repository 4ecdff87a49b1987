"""All events with their counts; a new one, and its organizer's token shown once."""

from zoneinfo import available_timezones

import streamlit as st

from console import desk
from console.desk import t, tn
from shared import events
from shared.errors import ProductError
from shared.events.installation import is_first_event
from shared.language import LANGUAGE_NAMES, LANGUAGES
from shared.storage.models import Event, Status
from shared.volunteers.progress import EventProgress, event_progress

CARDS_IN_A_ROW = 3


def show() -> None:
    st.title(t("Events"))
    with desk.installation().database.reading() as session:
        opened = [(event, event_progress(session, event)) for event in desk.open_events(session)]
        is_owner = desk.signed_in_as_owner(session)
    show_new_token()
    if is_owner:
        _new_event()
    # A row at a time, so that cards of different heights stay side by side.
    for start in range(0, len(opened), CARDS_IN_A_ROW):
        columns = st.columns(CARDS_IN_A_ROW, gap="medium")
        for position, card in enumerate(opened[start : start + CARDS_IN_A_ROW]):
            with columns[position]:
                _card(*card)


def explain_first_event(event: Event) -> None:
    """What the event is for that nobody made."""
    with desk.installation().database.reading() as session:
        is_first = is_first_event(session, event)
    if is_first:
        st.caption(
            t(
                "This event has been here since the first start: to try everything out, or to be "
                "renamed and used. Programs that name no event work on it."
            )
        )


def show_new_token() -> None:
    """The organizer's token, once: only its hash is kept."""
    made = st.session_state.get("new_token")
    if not made:
        return
    with st.container(border=True):
        st.header(t("The organizer's token of “{event}”", event=desk.plain(made["event"])))
        st.markdown(t("Copy it now. It is shown only this once; it can be renewed at any time."))
        st.code(made["token"], language=None, wrap_lines=True)
        address = desk.installation().settings.console_url
        st.caption(t("Whoever has it signs in at {address} and sees this event.", address=address))
        if st.button(t("I have saved it"), type="primary"):
            del st.session_state["new_token"]
            st.rerun()


def _card(event: Event, progress: EventProgress) -> None:
    with st.container(border=True, height="stretch"):
        st.header(desk.plain(event.name))
        explain_first_event(event)
        st.caption(desk.plain(event.organization) or t("No organization entered yet"))
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
            desk.choose_event(event.id)
            st.switch_page(desk.page("overview"), query_params={"event": str(event.id)})


def _new_event() -> None:
    with st.expander(t("New event"), icon=":material/add:"), st.form("new_event", border=False):
        name = st.text_input(t("Name"), max_chars=200)
        left, right = st.columns(2)
        language = left.selectbox(
            t("Language of mails and certificates"),
            LANGUAGES,
            index=LANGUAGES.index(desk.language()),
            format_func=lambda code: LANGUAGE_NAMES[code],
        )
        zone = right.selectbox(t("Time zone"), time_zones(), index=_likely_zone())
        if st.form_submit_button(t("Create event"), type="primary"):
            _create(name, language, zone)


def _create(name: str, language: str, zone: str) -> None:
    try:
        with desk.installation().database.writing() as session:
            desk.open_events(session)
            event, token = events.create_event(
                session, name=name, language=language, time_zone=zone
            )
    except ProductError as refusal:
        st.error(desk.in_words(refusal))
        return
    st.session_state["new_token"] = {"event": event.name, "token": token}
    desk.choose_event(event.id)
    st.rerun()


def time_zones() -> list[str]:
    """The names of the IANA time zone database that are places."""
    return sorted(zone for zone in available_timezones() if "/" in zone and "Etc" not in zone)


def _likely_zone() -> int:
    zones = time_zones()
    theirs = st.context.timezone or ""
    return zones.index(theirs if theirs in zones else "Asia/Shanghai")
