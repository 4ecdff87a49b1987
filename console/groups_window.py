"""A window with the groups of an event: who is in them, adding and removing groups."""

import streamlit as st

from console.session import changing, may, reading
from console.session_key import SessionKey
from console.text import plain, t, tn
from console.windows import show_window
from shared.access.roles import Permission
from shared.events import groups
from shared.storage.models import Group
from shared.volunteers.lists.list_columns import secret_titles
from shared.volunteers.people.grouping import MOST_VALUES, Value, count_people, values_of

_IS_OPEN = SessionKey[bool]("groups_window.is_open")
# The values of a column, once requested: a long list takes seconds.
_VALUES = SessionKey[list[Value]]("groups_window.values")
_COLUMN = SessionKey[str]("groups_window.column")


def show_button() -> None:
    if not may(Permission.CHANGE_DESIGN):
        return
    if st.button(t("Groups"), icon=":material/groups:", key="groups_window.open"):
        _IS_OPEN.set(True)
    if _IS_OPEN.get():
        show_window(t("Groups"), _show, _close, width="medium")


def _close() -> None:
    _IS_OPEN.take()


def _show() -> None:
    st.markdown(
        t(
            "A group is everybody with a certain value in a column of the list, such as “speaker” "
            "under “role”. It can have a certificate and mail texts of its own."
        )
    )
    with reading() as (session, event):
        known = list(event.groups)
        people = count_people(session, event) if known else {}
        secret = secret_titles(event)
        titles = [title for title in event.list_columns if title not in secret]
        event_id = event.id
    counts = {group.id: sum(people[group.id].values()) for group in known}
    if known:
        _table(known, counts)
    if titles:
        _offer_to_add(event_id, titles)
    else:
        st.info(t("The list has no further columns yet. Bring one with a column such as “role”."))
    if known:
        _offer_to_remove(known, counts)


def _table(known: list[Group], counts: dict[int, int]) -> None:
    rows = [
        {
            t("Group"): group.name,
            t("Column"): group.column_title,
            t("Value"): group.value,
            t("Volunteers"): counts[group.id],
            t("Own certificate"): group.design_id is not None,
            t("Own mail texts"): len(group.wording),
        }
        for group in known
    ]
    st.dataframe(rows, hide_index=True, alt=t("Groups"))


def _offer_to_add(event_id: int, titles: list[str]) -> None:
    st.subheader(t("Add a group"))
    title = st.selectbox(t("Column of your list"), titles, key=_COLUMN.name)
    place = _VALUES.of(event_id, title)
    if st.button(t("Show what stands there"), icon=":material/format_list_numbered:"):
        with reading() as (session, event), st.spinner(t("Counting")):
            place.set(values_of(session, event, title))
    value = _choose_value(title, place.get())
    name = st.text_input(t("Name of the group"), placeholder=value, max_chars=200)
    if st.button(t("Add this group"), type="primary", disabled=not value.strip()):
        with changing(Permission.CHANGE_DESIGN, t("The group was added.")) as (session, event):
            groups.add_group(session, event, title, value, name)
            _close()


def _choose_value(title: str, values: list[Value] | None) -> str:
    """One of those on the list, or a typed value."""
    if values is None:
        return st.text_input(t("Value"), key=f"groups_window.typed.{title}", max_chars=200)
    people = {one.value: one.people for one in values}
    if len(people) == MOST_VALUES:
        st.caption(
            t("The most frequent {count} are shown; others can be typed.", count=MOST_VALUES)
        )
    chosen = st.selectbox(
        t("Value"), list(people), index=None, accept_new_options=True,
        placeholder=t("Choose or type one"), key=f"groups_window.value.{title}",
        format_func=lambda value: f"{value} ({people[value]})" if value in people else value,
    )  # fmt: skip
    return chosen or ""


def _offer_to_remove(known: list[Group], counts: dict[int, int]) -> None:
    with st.expander(t("Remove a group"), icon=":material/group_remove:"):
        names = {group.id: group.name for group in known}
        id = st.selectbox(
            t("Group"), list(names), format_func=lambda id: names[id], key="groups_window.removed"
        )
        st.warning(_warning(counts[id]))
        label = t("Yes, remove {group}", group=plain(names[id]))
        if st.button(label, key="groups_window.remove"):
            _remove(id)


def _warning(count: int) -> str:
    return tn(
        "{count} person will get the certificate and the mails that everybody gets. What was "
        "issued stays as it is; the group's own certificate and texts are gone.",
        "{count} people will get the certificate and the mails that everybody gets. What was "
        "issued stays as it is; the group's own certificate and texts are gone.",
        count,
    )


def _remove(group_id: int) -> None:
    with changing(Permission.CHANGE_DESIGN, t("The group was removed.")) as (session, event):
        if group := groups.with_id(event, group_id):
            groups.remove_group(session, event, group)
        _close()
