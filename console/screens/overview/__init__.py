"""One event: the next step, how far it is, what is done, and what happened."""

import streamlit as st

from console.event_picture import address_of
from console.navigation import is_open, link_to
from console.screens.overview import happened
from console.screens.overview.steps import Next, Step, next_step, steps
from console.session import may, reading, signed_in
from console.text import language, plain, t, tn
from console.widgets.bars import show_numbers
from console.widgets.new_token import explain_first_event
from shared.access.roles import Permission
from shared.events.installation import first_event_id
from shared.events.naming import said_by
from shared.storage.models import ColumnKind, Event, ListColumn, Status
from shared.volunteers.lists.column_sums import total_of
from shared.volunteers.lists.column_values import written_number
from shared.volunteers.people.listing import first_name
from shared.volunteers.people.progress import EventProgress, event_progress, is_sending

# Numbers that change while mails leave are drawn anew each so many seconds.
_EVERY = 2.0


def show() -> None:
    with reading() as (session, event):
        is_first = event.id == first_event_id(session)
        columns = list(event.known_columns)
        is_moving = is_sending(session, event)
    st.title(plain(event.name))
    st.caption(" · ".join(_about(event)))
    if is_first:
        explain_first_event()
    st.fragment(_show_state, run_every=_EVERY if is_moving else None)()
    show_sums(columns)
    if may(Permission.SEE_LOG):
        happened.show()


def _about(event: Event) -> list[str]:
    """Who thanks, who decides the names, and whether mails leave."""
    said, details = said_by(event)
    who = [plain(event.organization)] if event.organization else []
    names = t(said, **details).rstrip(".。")
    return [*who, names, t("Live") if event.live_at else t("Rehearsal")]


def _show_state() -> None:
    """What the database says now: it is drawn anew by itself while mails leave."""
    with reading() as (session, event):
        progress = event_progress(session, event)
        sees_names = signed_in(session).may(Permission.SEE_TABLE)
        is_moving = is_sending(session, event)
        picture = address_of(event, first_name(session, event) if sees_names else "")
    all_steps = steps(event, progress)
    _show_next(event, picture, next_step(event, progress, all_steps, is_moving=is_moving))
    entered = progress.total - progress.by_status[Status.NEW] - progress.by_status[Status.INVITED]
    show_numbers(
        [
            (t("Volunteers"), progress.total),
            (t("Certificates mailed"), progress.by_status[Status.MAILED]),
            (t("Names entered"), entered),
            (t("Needs you"), progress.problems),
        ]
    )
    _say_what_came_back(progress)
    _show_steps(all_steps)


def _show_next(event: Event, picture: str, step: Next) -> None:
    """The next step in words, beside the certificate, with the way there and perhaps another."""
    with st.container(border=True, key="overview.next"):
        words = st.container()
        if picture:
            with words:
                left, words = st.columns([1, 2], gap="medium", vertical_alignment="center")
            left.html(f'<img class="certificate" src="{picture}" alt="">')
        with words:
            st.caption(t("Next step"))
            st.header(step.title)
            if step.detail:
                st.markdown(step.detail)
            with st.container(horizontal=True, key="overview.ways"):
                for number, (screen, label) in enumerate(step.ways):
                    if is_open(screen):
                        with st.container(key=f"overview.way.{number}", width="content"):
                            link_to(screen, label)


def _say_what_came_back(progress: EventProgress) -> None:
    if progress.came_back:
        counts = {"mailed": f"{progress.mailed:,}", "came_back": f"{progress.came_back:,}"}
        st.caption(t("{mailed} mails were taken by mail servers, {came_back} came back.", **counts))


def _show_steps(all_steps: list[Step]) -> None:
    """What is done and what is missing, folded."""
    done = sum(step.is_done for step in all_steps)
    label = t("Done: {done} of {total}", done=done, total=len(all_steps))
    with st.expander(label, key="overview.steps"):
        for step in all_steps:
            icon = ":material/check:" if step.is_done else ":material/radio_button_unchecked:"
            said = t("Done") if step.is_done else t(step.missing, **step.details)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                if is_open(step.screen):
                    link_to(step.screen, f"**{t(step.title)}**", icon)
                else:
                    st.markdown(f"{icon} **{t(step.title)}**", width="content")
                st.caption(said)


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
                    "{count} value is no number: correct it under *Volunteers*, "
                    "*Columns and groups*",
                    "{count} values are no numbers: correct them under *Volunteers*, "
                    "*Columns and groups*",
                    one.unread_count,
                )
            )
        if one.backlog:
            told.append(t("still being summed up"))
        st.markdown(f"**{plain(one.title)}** {total}  \n:small[{' · '.join(told)}]")
