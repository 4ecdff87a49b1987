"""One event: what is done, what is missing, and its settings."""

from dataclasses import dataclass, field

import streamlit as st

from console.navigation import is_open, page
from console.session import reading
from console.text import language, plain, t, tn
from console.widgets.new_token import explain_first_event, show_new_token
from shared.certificates.designs.old_names import old_names
from shared.events.installation import first_event_id
from shared.events.naming import said_by
from shared.language import N_
from shared.storage.models import ColumnKind, Event, ListColumn, Naming, Status
from shared.volunteers.lists.column_sums import total_of
from shared.volunteers.lists.column_values import written_number
from shared.volunteers.people.progress import EventProgress, event_progress


def show() -> None:
    with reading() as (session, event):
        progress = event_progress(session, event)
        is_first = event.id == first_event_id(session)
        columns = list(event.known_columns)
    st.title(plain(event.name))
    if is_first:
        explain_first_event()
    if show_new_token():
        st.rerun()
    with st.container():
        st.header(t("Step by step"))
        for step in steps(event, progress):
            with st.container(border=True, gap="xxsmall"):
                icon = (
                    ":material/check_circle:"
                    if step.is_done
                    else ":material/radio_button_unchecked:"
                )
                if is_open(step.screen):
                    st.page_link(page(step.screen), label=f"**{t(step.title)}**", icon=icon)
                else:
                    st.markdown(f"{icon} **{t(step.title)}**")
                if step.is_done:
                    st.badge(t("Done"), color="green")
                if not step.is_done or step.screen == "names":
                    st.caption(t(step.missing, **step.details))
        if progress.came_back:
            counts = {"mailed": f"{progress.mailed:,}", "came_back": f"{progress.came_back:,}"}
            st.caption(
                t("{mailed} mails were taken by mail servers, {came_back} came back.", **counts)
            )
        show_sums(columns)


# The sums of the list's numbers: hours, kilometres
def show_sums(columns: list[ListColumn]) -> None:
    """One line per column of numbers; nothing if the list has none."""
    numbers = [one for one in columns if one.kind is ColumnKind.NUMBER]
    if not numbers:
        return
    st.header(t("Sums"))
    for one in numbers:
        total = f"{written_number(total_of(one), language())} {plain(one.unit)}".strip()
        people = tn("{count} person", "{count} people", one.read_count)
        told = [people]
        if one.unread_count:
            told.append(
                tn(
                    "{count} value is no number: correct it under *Recipients*, *Columns*",
                    "{count} values are no numbers: correct them under *Recipients*, *Columns*",
                    one.unread_count,
                )
            )
        if one.backlog:
            told.append(t("still being summed up"))
        st.markdown(f"**{plain(one.title)}** {total}  \n:small[{' · '.join(told)}]")


# What an organizer does for an event, in order, and whether it is done


@dataclass(frozen=True)
class Step:
    """One line of the checklist; `screen` is where it is done."""

    title: str
    screen: str
    is_done: bool
    missing: str
    details: dict[str, object] = field(default_factory=dict)


def steps(event: Event, progress: EventProgress) -> list[Step]:
    """What an organizer does for an event, in order, and whether it is done."""
    # Who decides the names; done once that is settled, at the latest by the first mails.
    is_settled = progress.total > progress.by_status[Status.NEW]
    missing, details = said_by(event)
    return [
        _certificate(event),
        Step(
            N_("Organization"),
            "organization",
            bool(event.organization),
            N_("Say who thanks the volunteers."),
        ),
        Step(
            N_("Mail account"),
            "account",
            event.live_at is not None,
            N_("Not yet: mails stay in the rehearsal mailbox, which is fine for trying.")
            if event.account is None
            else N_("Entered, but not checked: mails stay in the rehearsal mailbox."),
        ),
        Step(
            N_("Recipients"),
            "recipients",
            progress.total > 0,
            N_("Paste or upload the list of addresses."),
        ),
        Step(N_("Names"), "names", is_settled, missing, details),
        _sending(event, progress),
        Step(
            N_("Certificates mailed"),
            "status",
            progress.total > 0 and progress.by_status[Status.MAILED] == progress.total,
            N_("See who has what, and why something failed."),
        ),
    ]


def _certificate(event: Event) -> Step:
    """Done once there is one that says what the event is called today."""
    missing, details = N_("Choose a design or upload yours, and place the name on it."), {}
    old = old_names(event.design, event) if event.design else []
    if old:
        missing = N_("It says “{name}”; today it is called “{today}”. “Send” offers to change it.")
        details = {"name": old[0].name, "today": old[0].today}
    is_done = event.design is not None and not old
    return Step(N_("Certificate"), "certificate", is_done, missing, dict(details))


def _sending(event: Event, progress: EventProgress) -> Step:
    """Done when nobody is waiting for a mail, not when the first ones have left."""
    invited = progress.total - progress.by_status[Status.NEW]
    missing = N_("Send the invitations; volunteers enter their names themselves.")
    if event.naming is Naming.ISSUE:
        missing = N_("Send the certificates; whoever has no name on the list is asked.")
    elif event.naming is Naming.CHECK:
        missing = N_("Send the links; people check the names that you have, or enter theirs.")
    if invited:
        missing = N_("{invited} of {total} invited")
        if event.naming is Naming.ISSUE:
            missing = N_("{invited} of {total} written to")
    details: dict[str, object] = {"invited": f"{invited:,}", "total": f"{progress.total:,}"}
    return Step(N_("Send"), "send", 0 < invited == progress.total, missing, details)
