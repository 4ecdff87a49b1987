"""One person's history in a window, and what can be done for them."""

from collections.abc import Mapping

import streamlit as st
from sqlalchemy.orm import Session

from console.screens.status.correcting import offer_to_correct
from console.screens.status.erasing import offer_to_erase
from console.screens.status.grouped import show_group
from console.screens.status.issued import show_issued
from console.screens.status.people import PERSON, SHOWN_TABLE
from console.screens.status.taken_along import forget_link, show_link
from console.session import changing, installation, may, reading, require
from console.session_key import SessionKey
from console.text import plain, t, written_time
from console.widgets.stored_fields import StoredForm
from console.windows import show_window
from shared.access.roles import Permission
from shared.addresses import readable_address
from shared.certificates.corrections import MOST, count_corrections
from shared.mail.queue import invitations
from shared.storage.models import Event, Status, Volunteer
from shared.volunteers.lists.list_columns import veiled
from shared.volunteers.people import roster
from shared.volunteers.people.progress import (
    HistoryEntry,
    history,
)

_ADDRESS = SessionKey[str]("status.address")


def show_person() -> None:
    """In a window: below the table nobody would notice that something happened."""
    with reading() as (session, event):
        person = _person(session, event)
        if person is None:
            return
        entries = history(session, person)
        corrections = count_corrections(session, person)
        columns = veiled(event, person.columns)
    show_window(
        plain(person.name or readable_address(person.email)),
        lambda: _show_history(event, person, columns, entries, corrections),
        _close,
        width="large",
    )


def _close() -> None:
    """Clear the choice, in the table as well."""
    PERSON.set(None)
    forget_link()
    if table := SHOWN_TABLE.get():
        table.set({"selection": {"rows": []}})


def _show_history(
    event: Event,
    person: Volunteer,
    columns: Mapping[str, str],
    entries: list[HistoryEntry],
    corrections: int,
) -> None:
    # The window is drawn again without its screen, perhaps long after.
    require(Permission.SEE_ADDRESSES)
    with reading() as (session, here):
        roster.with_id(session, here, person.id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_columns(columns)
        show_group(person)
        offer_to_correct(person, columns)
        for entry in entries:
            when = written_time(entry.at, event)
            st.markdown(f"`{when}` {plain(t(entry.what, **entry.details))}")
        if corrections:
            st.caption(
                t(
                    "Corrected by this person after mailing: {count} of {most} times",
                    count=corrections,
                    most=MOST,
                )
            )
    with right:
        show_issued(person)
        _actions(person)


def _show_columns(columns: Mapping[str, str]) -> None:
    """What else the list says about this person, secrets as masks."""
    told = [f"**{plain(title)}** {plain(value)}" for title, value in columns.items() if value]
    if told:
        st.markdown("  \n".join(told))


def _person(session: Session, event: Event) -> Volunteer | None:
    """The chosen person, if they are on the current event's list and not erased."""
    person = session.get(Volunteer, PERSON.get() or 0)
    is_here = person and person.event_id == event.id and person.erased_at is None
    return person if is_here else None


def _actions(person: Volunteer) -> None:
    st.subheader(t("Address and link"))
    form = StoredForm(_ADDRESS.of(person.id))
    with st.form(f"address_{person.id}"):
        address = st.text_input(
            t("Address"), type="email", key=form.of("address", person.email).name
        )
        if st.form_submit_button(t("Change the address"), key=form.save.name):
            done = t("The address was changed; what failed there is sent again.")
            with changing(Permission.CHANGE_LIST, done, form.settle) as (session, event):
                seal, volunteer = installation().seal, roster.with_id(session, event, person.id)
                roster.change_address(session, seal, volunteer, address)
    if st.button(t("Send the link again"), icon=":material/forward_to_inbox:"):
        with changing(Permission.SEND, t("The link is on its way.")) as (session, event):
            volunteer = roster.with_id(session, event, person.id)
            invitations.resend_invitation(session, installation().seal, volunteer)
    show_link(person)
    if person.status >= Status.SUBMITTED and st.button(
        t("Let this person enter the name again"), icon=":material/lock_open:"
    ):
        with changing(Permission.CHANGE_LIST, t("The link accepts a name again.")) as (
            session,
            event,
        ):
            roster.reopen(session, roster.with_id(session, event, person.id))
    if person.status == Status.NEW:
        _offer_to_remove(person)
    if may(Permission.DELETE):
        offer_to_erase(person)


def _offer_to_remove(person: Volunteer) -> None:
    with (
        st.popover(t("Remove from the list"), icon=":material/person_remove:"),
        st.container(key=f"status.remove.{person.id}"),
    ):
        st.caption(t("Only somebody to whom nothing was sent can be removed."))
        if st.button(t("Yes, remove this person"), type="primary"):
            with changing(Permission.CHANGE_LIST, t("Removed from the list.")) as (session, event):
                roster.remove(session, roster.with_id(session, event, person.id))
