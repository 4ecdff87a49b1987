"""The table of the event, one person's history, and the export."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TypedDict

import streamlit as st
from pandas import DataFrame
from sqlalchemy.orm import Session

from console.previews import preview_url
from console.session import changing, installation, reading
from console.text import plain, t, tn, written_time
from console.widgets.bars import show_bars
from console.widgets.table import table_page, with_further
from shared.certificates import designs
from shared.certificates.corrections import MOST, count_corrections
from shared.certificates.issuing import current_certificate, facts_of
from shared.errors import NameProblem
from shared.mail.queue import controls
from shared.storage.models import Event, Status, Volunteer
from shared.volunteers import export, roster
from shared.volunteers.listing import Listing
from shared.volunteers.progress import (
    PROBLEM_NAMES,
    STATUS_NAMES,
    EventProgress,
    Moment,
    event_progress,
    history,
)

PAGE_SIZE = 50
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show() -> None:
    st.title(t("Status"))
    with reading() as (session, event):
        progress = event_progress(session, event)
    if not progress.total:
        st.info(t("The list is empty: add recipients first."))
        return
    show_bars(progress)
    _export(event.id)
    _table(progress)
    _show_person()


def _export(event_id: int) -> None:
    # Made when it is asked for: a table of 100 000 rows takes seconds.
    with st.container(horizontal=True):
        label = t("Download as {format}", format="CSV")
        _download(label, "volunteers.csv", lambda: export.to_csv(_people(event_id)))
        label = t("Download as {format}", format="Excel")
        _download(
            label, "volunteers.xlsx", lambda: export.to_xlsx(_people(event_id), _tries(event_id))
        )
        label = t("Mail log (CSV)")
        _download(label, "mails.csv", lambda: export.to_csv(_tries(event_id)))


def _download(label: str, file: str, content: Callable[[], bytes]) -> None:
    """`content` is made when the browser asks for it: no cookies and no session state then."""
    st.download_button(
        label,
        content,
        file,
        MEDIA_TYPES[Path(file).suffix],
        on_click="ignore",
        icon=":material/download:",
        key=f"download_{file}",
    )


def _people(event_id: int) -> DataFrame:
    served = installation()
    with served.database.reading() as session:
        return export.statuses(session, served.settings, session.get_one(Event, event_id))


def _tries(event_id: int) -> DataFrame:
    with installation().database.reading() as session:
        return export.ledger(session, session.get_one(Event, event_id))


def _table(progress: EventProgress) -> None:
    """The filtered list, a page at a time; choosing a line chooses the person."""
    chosen = _filters()
    with reading() as (session, event):
        listing = Listing(session, event, **chosen, counted=progress)
        page, pages = table_page("page", listing.count, PAGE_SIZE)
        people = listing.page(page, PAGE_SIZE)
    st.caption(_how_many(listing))
    further = _further_columns(event)
    # Another page or filter is another table: a line chosen before is no longer the same.
    key = f"people_{hash(tuple(person.id for person in people))}"
    st.session_state["people_table"] = key
    st.dataframe(
        [with_further(_row(person), person.columns, further) for person in people],
        hide_index=True,
        on_select=lambda: _choose(people, st.session_state[key]["selection"]["rows"]),
        selection_mode="single-row",
        key=key,
        alt=t("Volunteers"),
    )
    if pages > 1:
        st.pagination(pages, key="page", bind="query-params")
    st.caption(t("Tick a line to see this person's history, and to act."))


def _how_many(listing: Listing) -> str:
    if listing.has_more:
        return t("More than {count} people: a further word finds fewer.", count=listing.count)
    return tn("{count} person", "{count} people", listing.count)


def _choose(people: list[Volunteer], rows: list[int]) -> None:
    st.session_state["person"] = people[rows[0]].id if rows else None


class Filters(TypedDict):
    """Which people of the list are shown."""

    search: str
    statuses: list[Status]
    problems_only: bool


def _filters() -> Filters:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    search = left.text_input(
        t("Search"), placeholder=t("Address, name or number"), key="search", bind="query-params",
        type="search",
    )  # fmt: skip
    names = {str(int(status)): t(name) for status, name in STATUS_NAMES.items()}
    chosen = st.pills(
        t("Status"), list(names), format_func=lambda number: names[number],
        selection_mode="multi", key="statuses", bind="query-params", wrap=True,
    )  # fmt: skip
    problems = right.toggle(t("Only problems"), key="problems", bind="query-params")
    return {
        "search": search or "",
        "statuses": [Status(int(number)) for number in chosen],
        "problems_only": problems,
    }


def _further_columns(event: Event) -> list[str]:
    """Which columns of the list are shown beside ours."""
    if not event.list_columns:
        return []
    # What was chosen for another event's list is no choice here.
    return st.multiselect(
        t("Further columns"), event.list_columns, key=f"further_columns_{event.id}",
        placeholder=t("Columns of your list"),
    )  # fmt: skip


def _row(person: Volunteer) -> dict[str, object]:
    return {
        t("Number"): person.number,
        t("Address"): person.email,
        t("Full name"): person.name,
        t("Status"): t(STATUS_NAMES[person.status]),
        t("Problem"): t(PROBLEM_NAMES[person.problem]) if person.problem else "",
        t("Details"): person.problem_text,
    }


# One person


def _show_person() -> None:
    """In a window of their own: below the table nobody would see that something happened."""
    with reading() as (session, event):
        person = _person(session, event)
        if person is None:
            return
        moments = history(session, person)
        corrections = count_corrections(session, person)
        picture = _picture_of(session, person)
    window = st.dialog(plain(person.name or person.email), width="large", on_dismiss=_close)
    window(lambda: _show_history(event, person, moments, picture, corrections))()


def _close() -> None:
    """Nobody is chosen any more, in the table neither."""
    st.session_state["person"] = None
    st.session_state[st.session_state["people_table"]] = {"selection": {"rows": []}}


def _show_history(
    event: Event, person: Volunteer, moments: list[Moment], picture: str, corrections: int
) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_columns(person)
        for moment in moments:
            when = written_time(moment.at, event)
            st.markdown(f"`{when}` {plain(t(moment.what, **moment.details))}")
        if corrections:
            st.caption(
                t(
                    "Corrected by this person after mailing: {count} of {most} times",
                    count=corrections,
                    most=MOST,
                )
            )
    with right:
        if picture:
            alt = escape(t("Certificate of {name}", name=person.name))
            st.html(f'<img class="certificate" src="{picture}" alt="{alt}">')
        _actions(person)


def _show_columns(person: Volunteer) -> None:
    """What else the list says about this person."""
    told = [
        f"**{plain(title)}** {plain(value)}" for title, value in person.columns.items() if value
    ]
    if told:
        st.markdown("  \n".join(told))


def _picture_of(session: Session, person: Volunteer) -> str:
    """Where the person's certificate is seen; empty while there is none."""
    certificate = current_certificate(session, person)
    if certificate is None:
        return ""
    facts = facts_of(installation().settings, certificate)
    try:
        return preview_url(designs.compiled(session, certificate.design), facts)
    except NameProblem:
        # Its problem stands in the table and in the history.
        return ""


def _person(session: Session, event: Event) -> Volunteer | None:
    """Who was chosen, if they are on the list of the event in hand."""
    person = session.get(Volunteer, st.session_state.get("person") or 0)
    return person if person and person.event_id == event.id else None


def _actions(person: Volunteer) -> None:
    with st.form(f"address_{person.id}"):
        address = st.text_input(t("Address"), person.email, type="email")
        if st.form_submit_button(t("Change the address")):
            done = t("The address was changed; what failed there is sent again.")
            with changing(done) as (session, _):
                roster.change_address(session, session.get_one(Volunteer, person.id), address)
    if st.button(t("Send the link again"), icon=":material/forward_to_inbox:"):
        with changing(t("The link is on its way.")) as (session, _):
            seal = installation().seal
            controls.resend_invitation(session, seal, session.get_one(Volunteer, person.id))
    if person.status >= Status.SUBMITTED and st.button(
        t("Let this person enter the name again"), icon=":material/lock_open:"
    ):
        with changing(t("The link accepts a name again.")) as (session, _):
            roster.reopen(session, session.get_one(Volunteer, person.id))
    if person.status == Status.NEW:
        _offer_to_remove(person)


def _offer_to_remove(person: Volunteer) -> None:
    with (
        st.popover(t("Remove from the list"), icon=":material/person_remove:"),
        st.container(key=f"remove_{person.id}"),
    ):
        st.caption(t("Only somebody to whom nothing was sent can be removed."))
        if st.button(t("Yes, remove this person"), type="primary"):
            with changing(t("Removed from the list.")) as (session, _):
                roster.remove(session, session.get_one(Volunteer, person.id))
