"""The people of the list, page by page, to be found, sorted, ticked, opened and corrected."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from console.group_choice import GROUP
from console.people_table import Done, Head, TableCell, TablePage, TableRow, show_table
from console.screens.volunteers.cells import heads_of, may_be_edited, rows_of, state_of
from console.session import installation, reading, refusing, say, writing
from console.session_key import AddressKey, SessionKey
from console.text import t, tn
from console.widgets.spoken import show_caption
from console.widgets.table import table_page
from shared.access.roles import Permission
from shared.acts.change_value import change_value
from shared.acts.rename import Rename
from shared.acts.run import apply_to
from shared.certificates.issuing.current import current_certificate
from shared.errors import ProductError
from shared.language import N_
from shared.storage.models import Event, Status
from shared.volunteers.people import roster
from shared.volunteers.people.grouping import WAITED_SECONDS, count_people, go_through
from shared.volunteers.people.listing import (
    AS_ADDED,
    EVERYBODY,
    FILTERS,
    IN_NO_GROUP,
    NEEDS_YOU,
    OUR_COLUMNS,
    Listing,
    Order,
    Selection,
    count_each,
)
from shared.volunteers.people.progress import (
    STATUS_NAMES,
    EventProgress,
)

PERSON = SessionKey[int | None]("volunteers.person")
# The person to whose row the focus returns.
FOCUS = SessionKey[dict[str, int]]("volunteers.focus")
# The ids of ticked people, and the filter of which all were ticked, by the event.
TICKED = SessionKey[set[int]]("volunteers.ticked")
ALL = SessionKey[Selection]("volunteers.all")
_DONE = SessionKey[Done]("volunteers.done")
_ORDER = SessionKey[Order]("volunteers.order")
_COLUMNS = SessionKey[list[str]]("volunteers.further_columns")
_PAGE = AddressKey[int]("page")
_SEARCH = AddressKey[str]("search")
_FILTER = AddressKey[str]("filter")
PAGE_SIZE = 50
# The number of further columns shown until somebody chooses others.
_FIRST_COLUMNS = 2
# The choice of people in no group; names of groups have no spaces at their ends.
_NONE = " "
_NOT_EDITABLE = N_("Correct it in the person's window, because a certificate was issued with it.")


def selected(event_id: int) -> Selection | None:
    """Return the ticked people, or all of a filter; None if nobody is ticked."""
    if everybody := ALL.of(event_id).get():
        return everybody
    ticked = TICKED.of(event_id).get(set())
    return Selection(ids=tuple(sorted(ticked))) if ticked else None


def tick_nobody(event_id: int) -> None:
    TICKED.of(event_id).take()
    ALL.of(event_id).take()


def show_filters(progress: EventProgress) -> Selection:
    """Draw the filters with their counts, and the search; return whom they select."""
    with reading() as (session, event):
        counts = count_each(session, event, progress)
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    with left:
        chosen = _choose_filter(
            {name: f"{t(declared.label)} {counts[name]:,}" for name, declared in FILTERS.items()},
            # A filter without people is not offered, but stays if it was chosen.
            lambda name: name == EVERYBODY or counts[name] > 0,
        )
    search = right.text_input(
        t("Search"), placeholder=t("Address, name or number"), key=_SEARCH.name,
        bind="query-params", type="search", label_visibility="collapsed",
    )  # fmt: skip
    return Selection(search or "", chosen, choose_group())


def _choose_filter(
    names: dict[str, str], is_offered: Callable[[str], bool] = lambda _: True
) -> str:
    # Earlier links chose statuses, or only problems.
    asked = st.query_params.get_all("statuses")
    if "problems" in st.query_params:
        _FILTER.set(NEEDS_YOU)
    elif asked:
        statuses = {int(status) for status in asked if status.isdecimal()}
        alike = (
            name for name, declared in FILTERS.items() if {*map(int, declared.statuses)} >= statuses
        )
        _FILTER.set(next((name for name in alike if FILTERS[name].statuses), EVERYBODY))
    for old in ("statuses", "problems"):
        if old in st.query_params:
            del st.query_params[old]
    wanted = _FILTER.get(st.query_params.get(_FILTER.name, ""))
    offered = [name for name in names if name == wanted or is_offered(name)]
    chosen = st.pills(
        t("Filter"), offered, default=EVERYBODY, required=True, key=_FILTER.name,
        format_func=names.__getitem__, label_visibility="collapsed", bind="query-params", wrap=True,
    )  # fmt: skip
    return chosen or EVERYBODY


def show_people(
    shown: Selection, progress: EventProgress, in_groups: Mapping[int, Mapping[Status, int]]
) -> None:
    """Show a page of the filtered list; a click on a row opens the person."""
    carry_out(_DONE.take())
    with reading() as (session, event):
        event_id = event.id
        further = shown_columns(event)
        order = _ORDER.of(event_id).get(AS_ADDED)
        if not order.column and order.title not in further:
            # The list is not sorted by a column that is not shown.
            order = AS_ADDED
        listing = shown.listing(session, event, order=order, counted=progress, in_groups=in_groups)
        page, pages = table_page(_PAGE, listing.count, PAGE_SIZE)
        people = listing.page(page, PAGE_SIZE)
        rows = rows_of(session, event, people, further)
    if ALL.of(event_id).get() not in (None, shown):
        ALL.of(event_id).take()
    ids = [person.id for person in people]
    ticked = TICKED.of(event_id).get(set())
    ids_ticked = ids if ALL.of(event_id).is_set() else [id for id in ids if id in ticked]
    show_table(
        TablePage(
            heads_of(event, further, order),
            rows,
            ids_ticked,
            _words(listing.count),
            may_tick=True,
            may_open=True,
            all_ticked=ALL.of(event_id).is_set(),
            others=listing.count - len(rows),
            focus=FOCUS.get(),
        ),
        partial(tick, event_id),
        partial(_take, event_id, shown),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_how_many(listing), width="content")
        if pages > 1:
            st.pagination(pages, key=_PAGE.name, bind="query-params")


def tick(event_id: int, on_the_page: Collection[int], ticked: Collection[int]) -> None:
    """Keep who is ticked on a page. After one of all was unticked, the others of the page are."""
    ALL.of(event_id).take()
    known = TICKED.of(event_id).get(set())
    TICKED.of(event_id).set((known - set(on_the_page)) | set(ticked))


def _take(event_id: int, shown: Selection, did: Done) -> None:
    """Act on what was done in the table."""
    match did["what"]:
        case "all":
            ALL.of(event_id).set(shown)
        case "open":
            PERSON.set(int(did["id"]))
        case "sort":
            before, column = _ORDER.of(event_id).get(AS_ADDED), str(did["column"])
            ours, title = (column, "") if column in OUR_COLUMNS else ("", column.removeprefix("c:"))
            is_same = (before.column, before.title) == (ours, title)
            # Ascending, descending, then in the order of the list.
            if is_same and before.is_descending:
                _ORDER.of(event_id).take()
            else:
                _ORDER.of(event_id).set(Order(ours, title, is_descending=is_same))
        case "edit":
            _DONE.set(did)


def carry_out(did: Done | None) -> None:
    """Store what was entered into a cell, unless a certificate was issued since."""
    if did is None:
        return
    with refusing():
        with writing(Permission.CHANGE_LIST) as (session, event):
            person = roster.with_id(session, event, int(did["id"]))
            if not may_be_edited(person, current_certificate(session, person) is not None):
                raise ProductError(_NOT_EDITABLE)
            if did["column"] == "name":
                apply_to(session, Rename(person.listed_name, did["value"], only=person.id), person)
            else:
                title = str(did["column"]).removeprefix("c:")
                change_value(session, installation().seal, person, title, str(did["value"]))
        say(t("Saved."))
        st.rerun()


def show_names(progress: EventProgress) -> None:
    """Show the list to readers who may see no addresses, without ticks or a search.

    A search would reveal whether an address is on the list, and answers of mail servers and
    further columns may contain addresses.
    """
    names = {
        name: t(declared.label) for name, declared in FILTERS.items() if declared.trait is None
    }
    shown = Selection(filter=_choose_filter(names))
    with reading() as (session, event):
        listing = shown.listing(session, event, counted=progress)
        page, pages = table_page(_PAGE, listing.count, PAGE_SIZE)
        people = listing.page(page, PAGE_SIZE)
    heads = [
        Head("name", t("Full name"), "name", None),
        Head("status", t("Status"), "state", None),
        Head("number", t("Number"), "number", None),
    ]
    rows = []
    for person in people:
        state = state_of(person, is_withdrawn=False)
        cells = [TableCell(person.name), state, TableCell(person.number)]
        rows.append(TableRow(person.id, person.name, cells))
    page_of_names = TablePage(
        heads, rows, [], _words(listing.count), may_tick=False, may_open=False
    )
    show_table(page_of_names, lambda *_: None, lambda _: None)
    st.caption(_how_many(listing))
    if pages > 1:
        st.pagination(pages, key=_PAGE.name, bind="query-params")


def _how_many(listing: Listing) -> str:
    """Return the number of people in words."""
    if listing.has_more:
        return t(
            "More than {count} people match. Add a word to narrow the search.", count=listing.count
        )
    return tn("{count} person", "{count} people", listing.count)


def _words(count: int) -> dict[str, str]:
    """Return the words of a table of `count` people."""
    return {
        "title": t("Volunteers"),
        "tick": t("Tick {name}", name="{name}"),
        "tick_page": t("Tick everybody on this page"),
        "tick_all": t("Tick all {count}", count=f"{count:,}"),
        "all_ticked": t("All {count} are ticked.", count=f"{count:,}"),
        "help": t(
            "Arrow keys move from cell to cell, Enter opens the person, Space ticks, F2 changes a "
            "cell of somebody who has no certificate."
        ),
    }


def shown_columns(event: Event) -> list[str]:
    """Return the titles of the further columns that are shown."""
    chosen = _COLUMNS.of(event.id).get(event.list_columns[:_FIRST_COLUMNS])
    return [title for title in chosen if title in event.list_columns]


def choose_columns(event: Event) -> None:
    """Let the reader choose the further columns that are shown."""
    # A choice for another event's list is invalid here.
    _COLUMNS.of(event.id).set(shown_columns(event))
    with st.popover(t("Columns shown"), icon=":material/visibility:"):
        st.multiselect(
            t("More columns"), event.list_columns, key=_COLUMNS.of(event.id).name,
            placeholder=t("Columns of your list"),
        )  # fmt: skip


@dataclass(frozen=True)
class InGroups:
    """The number of people of each group by status, by the groups' ids; it `is_whole` once all
    people are sorted into groups."""

    people: dict[int, dict[Status, int]]
    is_whole: bool = True


def choose_group() -> int | None:
    """Ask for the group whose people the table shows, and return its id; None means everybody."""
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
    """Count the people of each group, once for the whole screen, after sorting people into groups
    for a while."""
    with reading() as (_, event):
        if not event.groups:
            return InGroups({})
    is_whole = go_through(installation().database, event.id, WAITED_SECONDS)
    with reading() as (session, event):
        return InGroups(count_people(session, event), is_whole)


def show_groups(progress: EventProgress, counted: InGroups) -> None:
    """Show a row for each group with its people by status, and one for people in no group."""
    if not counted.people:
        return
    with reading() as (_, event):
        names = {group.id: group.name for group in event.groups}

    rest = {
        status: count - sum(by_status[status] for by_status in counted.people.values())
        for status, count in progress.by_status.items()
    }
    rows = [
        *((names[id], count) for id, count in counted.people.items()),
        (t("In no group"), rest),
    ]
    shown = [
        {
            t("Group"): name,
            t("Volunteers"): sum(count.values()),
            **{t(STATUS_NAMES[status]): people for status, people in count.items()},
        }
        for name, count in rows
    ]
    with st.expander(t("Groups"), icon=":material/groups:"):
        if not counted.is_whole:
            show_caption("The list is long. People are still being sorted into groups.")
        st.dataframe(shown, hide_index=True, alt=t("Groups"))
