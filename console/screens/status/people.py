"""The people of the list, page by page; choosing a line chooses the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

import streamlit as st
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from console.group_choice import GROUP
from console.long_work import follow
from console.session import installation, reading
from console.session_key import AddressKey, SessionKey
from console.text import t, tn
from console.widgets.table import table_page, with_further
from shared.addresses import readable_address
from shared.certificates.issuing.chosen import withdrawn_among
from shared.storage.models import Event, Status, Volunteer
from shared.storage.models.volunteer import HAS_PROBLEM
from shared.volunteers.lists.list_columns import veiled
from shared.volunteers.people.grouping import WAITED_SECONDS, count_people, go_through
from shared.volunteers.people.listing import IN_NO_GROUP, Listing
from shared.volunteers.people.progress import (
    PROBLEM_NAMES,
    STATUS_NAMES,
    EventProgress,
    event_progress,
)

# Streamlit's state of a table: which lines are ticked.
Table = Mapping[str, Mapping[str, list[int]]]
PERSON = SessionKey[int | None]("status.person")
SHOWN_TABLE = SessionKey[SessionKey[Table]]("status.shown_table")
# Who is ticked, if several may be, and how the table is filtered.
TICKED = SessionKey[list[int]]("status.ticked")
FILTERS = SessionKey["Filters"]("status.filters")
_SEVERAL = SessionKey[bool]("status.several")
_ALL = SessionKey[bool]("status.all")
_TABLE = SessionKey[Table]("status.table")
_PAGE = AddressKey[int]("page")
_SEARCH = AddressKey[str]("search")
_STATUSES = AddressKey[list[str]]("statuses")
_PROBLEMS = AddressKey[bool]("problems")
PAGE_SIZE = 50
# People by status: everybody, and those of each group by its id.
Counts = tuple[dict[Status, int], dict[int, dict[Status, int]]]
# Not a group's name: those have no spaces at their ends.
_NONE = " "


def show_people(progress: EventProgress, in_groups: Mapping[int, Mapping[Status, int]]) -> None:
    """The filtered list, page by page, given its counts; choosing a line chooses the person."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    search = left.text_input(
        t("Search"), placeholder=t("Address, name or number"), key=_SEARCH.name,
        bind="query-params", type="search",
    )  # fmt: skip
    statuses = _statuses()
    problems = right.toggle(t("Only problems"), key=_PROBLEMS.name, bind="query-params")
    chosen: Filters = {
        "search": search or "",
        "statuses": statuses,
        "trait": HAS_PROBLEM if problems else None,
        "group_id": choose_group(),
    }
    FILTERS.set(chosen)
    with reading() as (session, event):
        listing = Listing(session, event, **chosen, counted=progress, in_groups=in_groups)
        page, pages = table_page(_PAGE, listing.count, PAGE_SIZE)
        people = listing.page(page, PAGE_SIZE)
        withdrawn = withdrawn_among(session, [person.id for person in people])
        values = {person.id: veiled(event, person.columns) for person in people}
        groups = {group.id: group.name for group in event.groups}
    st.caption(_how_many(listing))
    further = _further_columns(event)
    several = st.toggle(t("Tick several"), key=_SEVERAL.name)
    # Another page or filter is another table, in which a chosen line number means somebody else.
    table = _TABLE.of(several, hash(tuple(person.id for person in people)))
    SHOWN_TABLE.set(table)
    st.dataframe(
        [
            with_further(_row(person, person.id in withdrawn, groups), values[person.id], further)
            for person in people
        ],
        hide_index=True,
        # As wide as the longest of them: “Certificate mailed” was cut.
        column_config={t("Status"): st.column_config.TextColumn(width=140)},
        on_select=lambda: _choose(people, table, several),
        selection_mode="multi-row" if several else "single-row",
        key=table.name,
        alt=t("Volunteers"),
    )
    if pages > 1:
        st.pagination(pages, key=_PAGE.name, bind="query-params")
    # While long work changes the list, the counts above follow it, and this table is drawn anew at
    # the end: drawn meanwhile, it would lose its ticks. Those elsewhere are not visible.
    TICKED.set(_chosen(people, table) if several and not _are_all(listing, several) else [])
    if several:
        st.caption(
            t("Who is ticked on this page can be acted on together, and their files downloaded.")
        )
    else:
        st.caption(t("Tick a line to see this person's history, and to act."))


def _are_all(listing: Listing, several: bool) -> bool:
    """Whether everybody of this filter is selected, and not only who is ticked on this page."""
    return several and st.checkbox(
        tn(
            "Select the only one of this filter", "Select all {count} of this filter", listing.count
        ),
        key=_ALL.name,
        help=t("“Act on many” and “Certificates” then offer what is possible for all of them."),
    )


def show_names(progress: EventProgress) -> None:
    """The same list for readers who may see no addresses, without choosing or searching.

    A search would reveal whether an address is on the list, and mail servers' answers and the
    list's own columns may contain addresses.
    """
    chosen: Filters = {
        "search": "",
        "statuses": _statuses(),
        "trait": None,
        "group_id": None,
    }
    with reading() as (session, event):
        listing = Listing(session, event, **chosen, counted=progress)
        page, pages = table_page(_PAGE, listing.count, PAGE_SIZE)
        people = listing.page(page, PAGE_SIZE)
    st.caption(_how_many(listing))
    hidden = {t("Address"), t("Details")}
    st.dataframe(
        [{title: told for title, told in _row(one).items() if title not in hidden}
         for one in people],
        hide_index=True,
        alt=t("Volunteers"),
    )  # fmt: skip
    if pages > 1:
        st.pagination(pages, key=_PAGE.name, bind="query-params")


def _how_many(listing: Listing) -> str:
    if listing.has_more:
        return t("More than {count} people: a further word finds fewer.", count=listing.count)
    return tn("{count} person", "{count} people", listing.count)


def _choose(people: list[Volunteer], table: SessionKey[Table], several: bool) -> None:
    chosen = _chosen(people, table)
    if not several:
        PERSON.set(chosen[0] if chosen else None)


def _chosen(people: list[Volunteer], table: SessionKey[Table]) -> list[int]:
    shown = table.get()
    return [people[row].id for row in shown["selection"]["rows"]] if shown else []


class Filters(TypedDict):
    """Which people of the list are shown."""

    search: str
    statuses: list[Status]
    trait: ColumnElement[bool] | None
    group_id: int | None


def _statuses() -> list[Status]:
    names = {str(int(status)): t(name) for status, name in STATUS_NAMES.items()}
    chosen = st.pills(
        t("Status"), list(names), format_func=lambda number: names[number],
        selection_mode="multi", key=_STATUSES.name, bind="query-params", wrap=True,
    )  # fmt: skip
    return [Status(int(number)) for number in chosen]


def _further_columns(event: Event) -> list[str]:
    """Which columns of the list are shown besides ours."""
    if not event.list_columns:
        return []
    # A choice for another event's list is invalid here.
    return st.multiselect(
        t("Further columns"), event.list_columns, key=f"status.further_columns.{event.id}",
        placeholder=t("Columns of your list"),
    )  # fmt: skip


def _row(
    person: Volunteer, is_withdrawn: bool = False, groups: Mapping[int, str] | None = None
) -> dict[str, object]:
    details = [t("Certificate withdrawn")] if is_withdrawn else []
    group = {t("Group"): groups.get(person.group_id or 0, "")} if groups else {}
    return {
        t("Number"): person.number,
        t("Address"): t("Erased") if person.erased_at else readable_address(person.email),
        t("Full name"): person.name,
        **group,
        t("Status"): t(STATUS_NAMES[person.status]),
        t("Problem"): t(PROBLEM_NAMES[person.problem]) if person.problem else "",
        t("Details"): " · ".join([*details, *filter(None, [person.problem_text])]),
    }


# The progress of each group, and the list of one group only


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
