"""The progress of each group, and the list of one group only."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st
from sqlalchemy.orm import Session

from console.group_choice import GROUP
from console.long_work import follow
from console.session import installation, reading
from console.text import t
from shared.storage.models import Event, Status
from shared.volunteers.people.grouping import WAITED_SECONDS, count_people, go_through
from shared.volunteers.people.listing import IN_NO_GROUP
from shared.volunteers.people.progress import STATUS_NAMES, EventProgress, event_progress

# People by status: everybody, and those of each group by its id.
Counts = tuple[dict[Status, int], dict[int, dict[Status, int]]]
# Not a group's name: those have no spaces at their ends.
_NONE = " "


@dataclass(frozen=True)
class InGroups:
    """The people of each group by status, by the groups' ids; `is_whole`: all are in theirs."""

    people: dict[int, dict[Status, int]]
    is_whole: bool = True


def choose_group() -> int | None:
    """The group whose people the table shows, by its id; None: everybody's."""
    with reading() as (_, event):
        ids = {group.name: group.id for group in event.groups}
    if not ids:
        return None
    ids[_NONE] = IN_NO_GROUP
    # Another event's group, or one that was removed, must not stay chosen.
    if GROUP.get("") not in ids:
        GROUP.take()
    labels = {"": t("Everybody"), _NONE: t("In no group")}
    chosen = st.selectbox(
        t("Group"), ["", *ids], key=GROUP.name, bind="query-params", width=320,
        format_func=lambda name: labels.get(name, name),
    )  # fmt: skip
    return ids.get(chosen or "")


def count_groups() -> InGroups:
    """Counted once for the whole screen, after looking up who is in which group for a while."""
    with reading() as (_, event):
        if not event.groups:
            return InGroups({})
    is_whole = go_through(installation().database, event.id, WAITED_SECONDS)
    with reading() as (session, event):
        return InGroups(count_people(session, event), is_whole)


def show_groups(progress: EventProgress, counted: InGroups) -> None:
    """A line per group with its people by status, and one for people in no group."""
    if not counted.people:
        return
    with reading() as (_, event):
        names = {group.id: group.name for group in event.groups}
    with st.expander(t("Groups"), icon=":material/groups:"):
        if not counted.is_whole:
            st.caption(t("The list is long: who is in which group is still being looked up."))
        follow("groups", _count, partial(_show_table, names), (progress.by_status, counted.people))


def _count(session: Session, event: Event) -> Counts:
    return event_progress(session, event).by_status, count_people(session, event)


def _show_table(names: Mapping[int, str], counts: Counts) -> None:
    everybody, in_groups = counts
    rest = {
        status: count - sum(one[status] for one in in_groups.values())
        for status, count in everybody.items()
    }
    rows = [*((names[id], count) for id, count in in_groups.items()), (t("In no group"), rest)]
    st.dataframe(
        [
            {
                t("Group"): name,
                t("Volunteers"): sum(count.values()),
                **{t(STATUS_NAMES[status]): people for status, people in count.items()},
            }
            for name, count in rows
        ],
        hide_index=True,
        alt=t("Groups"),
    )
