"""The group that a screen is about, chosen at its top and kept in the page's address."""

from functools import partial

import streamlit as st
from sqlalchemy.orm import Session

from console.navigation import go_to_window, leave_window, open_window, show_window
from console.session import installation, may, reading
from console.session_key import AddressKey, SessionKey
from console.text import plain, t
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_info, show_paragraph, show_warning_count
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.events import groups
from shared.events.groups import GROUP_UNKNOWN, design_of
from shared.storage.models import Design, Event, Group
from shared.volunteers.lists.list_columns import secret_titles
from shared.volunteers.people.grouping import (
    MOST_VALUES,
    WAITED_SECONDS,
    Value,
    count_people,
    go_through,
    share_done,
    values_of,
)
from shared.volunteers.people.listing import Listing

# The group's name, in the page's address.
GROUP = AddressKey[str]("group")
# The name of the window of groups.
_WINDOW = "groups"
# The values of a column, once somebody asked: counting a long list takes seconds.
_VALUES = SessionKey[list[Value]]("group_choice.values")
_COLUMN = SessionKey[str]("group_choice.column")
_NAME = SessionKey[str]("group_choice.name")
_VALUE = SessionKey[str | None]("group_choice.value")
# Values of longer lists are counted once somebody asks; more values than these are a list.
_FEW_PEOPLE = 2_000
_MOST_CHIPS = 12
# A value that is not on the list: those have no spaces at their ends.
_ANOTHER = " "


def show_choice() -> None:
    """Offer to choose everybody or one of the event's groups; nothing if there are none."""
    with reading() as (_, event):
        names = [group.name for group in event.groups]
        event_id, is_known = event.id, event.grouped_until is None
    # Another event's group, or one that was removed, must not stay chosen.
    if GROUP.get("") not in names:
        GROUP.take()
    if names:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                t("Used for"), ["", *names], key=GROUP.name, bind="query-params", width=320,
                format_func=lambda name: name or t("Everybody"),
            )  # fmt: skip
            show_button()
    if not is_known:
        # Go through a short list at once; the worker does long ones, and the progress is shown.
        if go_through(installation().database, event_id, WAITED_SECONDS):
            return
        with reading() as (session, event):
            share = share_done(session, event)
        st.progress(share, t("Sorting people into groups: {share}", share=f"{share:.0%}"))


def offer_first() -> None:
    """Offer the window of groups at the end of a screen if the event has none yet, as most."""
    with reading() as (_, event):
        has_groups = bool(event.groups)
    if not has_groups:
        show_button()


def chosen(event: Event) -> Group | None:
    """Return the chosen group; None means everybody.

    Raises ProductError if it was removed since: what is meant for it is for nobody else.
    """
    name = GROUP.get("")
    found = next((group for group in event.groups if group.name == name), None)
    if name and found is None:
        raise ProductError(GROUP_UNKNOWN)
    return found


def shown_design(event: Event) -> Design | None:
    """Return the design for certificates of the chosen group, or of everybody."""
    return design_of(event, chosen(event))


def own_value(event: Event) -> dict[str, str]:
    """Return the column and the value that everybody in the chosen group has, if one is chosen."""
    group = chosen(event)
    return {group.column_title: group.value} if group else {}


def chosen_id(event: Event) -> int | None:
    """Return the id of the chosen group; None means everybody."""
    group = chosen(event)
    return group.id if group else None


def show_button() -> None:
    """Draw the button of the window of groups, and the window if it is open."""
    if not may(Permission.CHANGE_DESIGN):
        return
    st.button(
        t("Groups"), icon=":material/groups:", key="group_choice.open", on_click=go_to_window,
        args=(_WINDOW,),
    )  # fmt: skip
    if open_window() == _WINDOW:
        show_window(t("Groups"), show_groups, width="medium")


def _close() -> None:
    # The groups are also shown in the window of the list's columns, which stays open.
    if open_window() == _WINDOW:
        leave_window()


def count_values(session: Session, event: Event) -> list[str]:
    """Return the titles of all columns that are not secret, and count their values unless the list
    is long."""
    secret = secret_titles(event)
    titles = [title for title in event.list_columns if title not in secret]
    if Listing(session, event).count <= _FEW_PEOPLE:
        for title in titles:
            _VALUES.of(event.id, title).set(values_of(session, event, title))
    return titles


def few_values(event_id: int, title: str) -> list[Value]:
    """Return the values of a column if they were counted and are few; otherwise none."""
    values = _VALUES.of(event_id, title).get([])
    return values if len(values) <= _MOST_CHIPS else []


def show_groups() -> None:
    """Show the groups with their people, and the ways to add and remove one."""
    show_paragraph(
        "A group is everybody with the same value in a column, such as “speaker” in "
        "“role”. It can have its own certificate and mail texts."
    )
    with reading() as (session, event):
        known = list(event.groups)
        people = count_people(session, event) if known else {}
        titles, event_id = count_values(session, event), event.id
    # Columns that make groups have few values.
    titles = sorted(titles, key=lambda title: len(_VALUES.of(event_id, title).get([])))
    counts = {group.id: sum(people[group.id].values()) for group in known}
    if known:
        st.markdown("\n".join(f"- {_described(group, counts[group.id])}" for group in known))
    if titles:
        st.subheader(t("Add a group"))
        title = st.pills(
            t("Column of your list"), titles, default=titles[0], required=True, key=_COLUMN.name
        )
        place = _VALUES.of(event_id, title)
        if not place.is_set() and st.button(
            t("Show the values"), icon=":material/format_list_numbered:"
        ):
            with reading() as (session, event), st.spinner(t("Counting")):
                place.set(values_of(session, event, title))
        value = _choose_value(title, place.get())
        st.text_input(t("Group name"), placeholder=value, max_chars=200, key=_NAME.name)
        act_button(
            t("Add this group"), "group_choice.add",
            lambda session, event, name: groups.add_group(session, event, title, value, name),
            Permission.CHANGE_DESIGN, t("The group was added."), typed=(_NAME,), then=_close,
            type="primary", disabled=not value.strip(),
        )  # fmt: skip
    else:
        show_info("The list has no more columns. Add a list with a column such as “role”.")
    if known:
        _offer_to_remove(known, counts)


def _described(group: Group, people: int) -> str:
    """Return a group as Markdown: its value, its number of people, and what it has of its own."""
    of = f":gray-badge[{plain(group.column_title)}: {plain(group.value)} :small[{people:,}]]"
    own = [t("Own certificate")] if group.design_id else []
    own += [t("Own mail texts")] if group.wording else []
    return f"**{plain(group.name)}** {of} :small[{' · '.join(own)}]"


def _choose_value(title: str, values: list[Value] | None) -> str:
    """Ask for a value of the column, one on the list or another; "" if none is chosen."""
    if values is None:
        return st.text_input(t("Value"), key=f"group_choice.typed.{title}", max_chars=200)
    people = {value.value: value.people for value in values}
    if len(people) == MOST_VALUES:
        show_caption("Showing the {count} most frequent. You can type others.", count=MOST_VALUES)
    field = _VALUE.of(title)
    if 0 < len(people) <= _MOST_CHIPS:
        labels = {value: f"{plain(value)} :small[{count:,}]" for value, count in people.items()}
        labels[_ANOTHER] = t("Another value")
        chosen = st.pills(t("Value"), list(labels), key=field.name, format_func=labels.__getitem__)
        if chosen != _ANOTHER:
            return chosen or ""
        return st.text_input(t("Another value"), key=f"group_choice.typed.{title}", max_chars=200)
    chosen = st.selectbox(
        t("Value"), list(people), index=None, accept_new_options=True,
        placeholder=t("Choose or type one"), key=field.name,
        format_func=lambda value: f"{value} ({people[value]})" if value in people else value,
    )  # fmt: skip
    return chosen or ""


def _offer_to_remove(known: list[Group], counts: dict[int, int]) -> None:
    with st.expander(t("Remove a group"), icon=":material/group_remove:"):
        names = {group.id: group.name for group in known}
        id = st.selectbox(
            t("Group"), list(names), format_func=lambda id: names[id], key="group_choice.removed"
        )
        show_warning_count(
            "{count} person will get the general certificate and mails. "
            "Certificates already issued do not change. The group's own certificate "
            "and texts are deleted.",
            "{count} people will get the general certificate and mails. "
            "Certificates already issued do not change. The group's own certificate "
            "and texts are deleted.",
            counts[id],
        )
        label = t("Yes, remove {group}", group=plain(names[id]))
        act_button(
            label, "group_choice.remove", partial(_remove, id), Permission.CHANGE_DESIGN,
            t("The group was removed."), then=_close,
        )  # fmt: skip


def _remove(id: int, session: Session, event: Event) -> None:
    if group := groups.with_id(event, id):
        groups.remove_group(session, event, group)
