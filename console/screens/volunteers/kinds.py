"""The window of the list's columns: their kinds, which are public, who qualifies by them, and
groups by their values."""

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console import group_choice, previews
from console.jobs import acts_button
from console.navigation import leave_window
from console.screens.volunteers import qualifying
from console.session import installation, may, reading
from console.session_key import SessionKey
from console.text import plain, sentences, t, tn
from console.widgets.confirming import offer_to_confirm
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_warning, show_warning_count
from console.widgets.stored_fields import StoredFields, StoredForm
from shared.access.roles import Permission
from shared.acts import Act
from shared.acts.catch_up import CatchUp
from shared.acts.change_value import change_value
from shared.acts.forget_column import begin_forgetting, count_values
from shared.addresses import readable_address
from shared.errors import ProductError
from shared.language import N_
from shared.storage.models import ColumnKind, Event, ListColumn, Volunteer
from shared.volunteers.lists.column_values import suggested
from shared.volunteers.lists.list_columns import (
    LONGEST_UNIT,
    ColumnChange,
    change_column,
    column_samples,
    known_column,
    unread_values,
)
from shared.volunteers.lists.list_parser import LONGEST_COLUMN
from shared.volunteers.people import roster

_FIELD = SessionKey[Any]("volunteers.kind_of")
_SAMPLES = 3
_LONGEST_SAMPLE = 40
KIND_NAMES = {
    ColumnKind.TEXT: N_("Any text"),
    ColumnKind.NUMBER: N_("Number with a unit"),
    ColumnKind.DATE: N_("Date"),
    ColumnKind.SECRET: N_("Secret"),
}
# The number of people with a value in the column, once somebody asked.
_COUNT = SessionKey[int]("volunteers.forget")
_SURE = SessionKey[bool]("volunteers.forget.sure")


def is_offered(event: Event) -> bool:
    return bool(event.list_columns) and may(Permission.SEE_ADDRESSES)


def close() -> None:
    """Note that the window is no longer open."""
    _LISTED.take()
    qualifying.close()


def show() -> None:
    """Fill the window; for lists with further columns, and readers who may see their values."""
    with reading() as (session, event):
        samples = column_samples(session, event, _SAMPLES)
        columns = {title: known_column(event, title) for title in samples}
        may_group = may(Permission.CHANGE_DESIGN) and bool(event.list_columns)
        group_choice.count_values(session, event)
    if may_group:
        with st.expander(t("Groups"), icon=":material/groups:", key="volunteers.groups"):
            group_choice.show_groups()
    with st.expander(t("Who gets one"), icon=":material/rule:", key="volunteers.qualifying"):
        qualifying.show()
    show_caption(
        "Numbers are totalled. Secrets, such as identity card numbers, show a mask. "
        "Only public columns appear on a certificate's page."
    )
    may_change = may(Permission.CHANGE_TEXTS)
    changes, fields = {}, {title: StoredFields(_FIELD.of(event.id, title)) for title in samples}
    for title, column in columns.items():
        with st.container(border=True):
            change = _show_column(column, samples[title], fields[title], is_fixed=not may_change)
            if change:
                changes[title] = change
            # Values that the window has shown stay listed when others correct them.
            if column.unread_count or _LISTED.get({}).get(column.id):
                count, label = column.unread_count, t("Values corrected by somebody else")
                if count and column.kind is ColumnKind.DATE:
                    label = tn("{count} value is not a date", "{count} values are not dates", count)
                elif count:
                    label = tn(
                        "{count} value is not a number", "{count} values are not numbers", count
                    )
                # The key keeps it open when its label changes.
                with st.expander(
                    label, icon=":material/rule:", key=f"volunteers.not_read.{column.id}"
                ):
                    show_unread(event, column)
            if may_change:
                offer_to_forget(event.id, title)
    if may_change:
        _columns_button(changes, fields.values())


def _show_column(
    column: ListColumn, samples: list[str], fields: StoredFields, *, is_fixed: bool
) -> ColumnChange | None:
    """Draw the controls of a column; return what was set and is not stored yet."""
    about, controls = st.columns([2, 3], vertical_alignment="top")
    about.markdown(f"**{plain(column.title)}**  \n{_some_values(column, samples)}")
    found = suggested(column.title)
    if found and column.kind is ColumnKind.TEXT:
        about.caption(t("Possible type: {kind}", kind=t(KIND_NAMES[found.kind])))
    if column.backlog:
        about.caption(t("The values are being checked."))
    with controls:
        place = st.container()
        is_secret = _switch(
            t("Secret"), fields.of("secret", column.kind is ColumnKind.SECRET),
            t("Encrypted. Everybody sees a mask instead of the value."), is_fixed=is_fixed,
        )  # fmt: skip
        kind, said = ColumnKind.SECRET, dict[str, Any]()
        if is_secret:
            said["is_in_full"] = st.checkbox(
                t("Print in full in the person's PDF"),
                key=fields.of("in_full", bool(column.is_in_full)).name, disabled=is_fixed,
                help=t("Only the personal link opens that PDF. Everything else keeps "
                       "the mask."),
            )  # fmt: skip
        else:
            kinds = [kind for kind in KIND_NAMES if kind is not ColumnKind.SECRET]
            stored = column.kind if column.kind in kinds else ColumnKind.TEXT
            kind = place.selectbox(
                t("Type of “{column}”", column=plain(column.title)), kinds,
                key=fields.of("kind", stored).name, disabled=is_fixed,
                format_func=lambda kind: t(KIND_NAMES[kind]),
            )  # fmt: skip
            said["is_public"] = _switch(
                t("Public"), fields.of("public", bool(column.is_public)),
                t(
                    "It appears on the verification page of new certificates. People "
                    "see this on their page first. Publish nothing without consent."
                ), is_fixed=is_fixed,
            )  # fmt: skip
        said["kind"] = kind
        if kind is ColumnKind.NUMBER:
            unit = place.text_input(
                t("Unit"), max_chars=LONGEST_UNIT, disabled=is_fixed, placeholder=t("hours, km …"),
                key=fields.of("unit", column.unit or (found.unit if found else "")).name,
            )  # fmt: skip
            said["unit"] = " ".join(unit.split())
    if kind is not column.kind:
        if kind is ColumnKind.SECRET:
            show_warning(
                "The values are encrypted, also for people already on the list. "
                "Issued certificates then show the mask.",
                icon="lock",
            )
        elif column.kind is ColumnKind.SECRET:
            show_warning("Everybody who sees the list sees the values again.", icon="lock_open")
    changed = {name: value for name, value in said.items() if value != getattr(column, name)}
    return ColumnChange(**changed) if changed else None


def _switch(label: str, key: SessionKey[bool], meaning: str, *, is_fixed: bool) -> bool:
    with st.container(gap=None):
        is_on = st.toggle(label, key=key.name, disabled=is_fixed)
        st.caption(meaning)
    return is_on


def _some_values(column: ListColumn, samples: list[str]) -> str:
    """Return all values of a text with their numbers of people, if they are few, or else samples,
    as Markdown."""

    def short(value: str) -> str:
        return plain(" ".join(value.split())[:_LONGEST_SAMPLE])

    few = group_choice.few_values(column.event_id, column.title)
    if few and column.kind is ColumnKind.TEXT:
        return " ".join(
            f":gray-badge[{short(value.value)} :small[{value.people:,}]]" for value in few
        )
    return f":small[{' · '.join(map(short, samples))}]"


def _columns_button(changes: dict[str, ColumnChange], shown: Iterable[StoredFields]) -> None:
    """Draw the button that stores the changes and updates the list by them."""

    def begin(session: Session, event: Event) -> list[Act]:
        changed = [
            change_column(session, event, title, change) for title, change in changes.items()
        ]
        return [CatchUp(column.id) for column in changed]

    def then() -> None:
        leave_window()
        close()
        for fields in shown:
            fields.settle()
        # Previews of this screen may contain what is now secret.
        previews.forget_all()

    acts_button(
        t("Save"), "volunteers.kinds.save", begin, Permission.CHANGE_TEXTS, then=then,
        type="primary", disabled=not changes,
    )  # fmt: skip


def offer_to_forget(event_id: int, title: str) -> None:
    """Offer to delete a column of the list, after saying how many people have a value in it."""
    kept = _COUNT.of(event_id, title)

    def ask() -> None:
        # Counted once, since this reads the whole list.
        with reading() as (session, event):
            kept.set(count_values(session, event, title))

    if (count := kept.get()) is None:
        st.button(
            t("Delete this column"), icon=":material/delete_forever:", type="tertiary",
            key=f"{kept.name}.ask", on_click=ask,
        )  # fmt: skip
        return
    show_warning_count(
        "This deletes “{column}” of {count} person. Certificates already issued do "
        "not change. You cannot undo this.",
        "This deletes “{column}” of {count} people. Certificates already issued do "
        "not change. You cannot undo this.",
        count,
        column=plain(title),
        icon="delete_forever",
    )
    is_sure = st.checkbox(t("Yes, permanently"), key=_SURE.of(event_id, title).name)
    label = t("Delete “{column}”", column=plain(title))

    def begin(session: Session, event: Event) -> list[Act]:
        return [begin_forgetting(session, event, title, count)]

    def then() -> None:
        leave_window()
        close()
        # Previews of this screen may contain its values.
        previews.forget_all()

    with st.container(horizontal=True):
        offer_to_confirm(
            label, kept, begin, Permission.CHANGE_TEXTS, then, type="primary", disabled=not is_sure
        )


# The number of unreadable values shown at a time; others follow as these are corrected.
_SHOWN_VALUES = 10
_VALUE_FIELD = SessionKey[Any]("volunteers.values")
# The ids of the people whose values the window has shown, by column.
_LISTED = SessionKey[dict[int, list[int]]]("volunteers.values_listed")


def show_unread(event: Event, column: ListColumn) -> None:
    """Show the first values of a column that are not a number or a date, to be corrected. Sums
    leave them out."""
    show_caption(
        "They are not in the total. An empty field means no value. Certificates "
        "already issued do not change."
    )
    form = StoredForm(_VALUE_FIELD.of(column.id))
    with reading() as (session, _):
        # People stay listed until what is typed for them is stored, or nothing is typed.
        listed = _LISTED.keep({})
        before = listed.get(column.id, ())
        unread = {person.id: (person, value) for person, value in unread_values(session, column)}
        corrected = [session.get(Volunteer, id) for id in before if id not in unread]
        values = unread | {
            person.id: (person, person.columns.get(column.title, ""))
            for person in corrected
            if person
        }
        # By id, the person, the stored value, and the place of the field.
        rows: dict[int, tuple[Volunteer, str, SessionKey[str]]] = {}
        for id, (person, stored) in sorted(values.items()):
            if id not in before and len(rows) >= _SHOWN_VALUES:
                continue
            key = form.of(str(id), stored)
            if id in unread or key.get() != stored:
                rows[id] = person, stored, key
        listed[column.id] = list(rows)
    with st.form(f"volunteers.values.{event.id}.{column.title}", border=False):
        for person, stored, key in rows.values():
            _ask(form, person, stored, key)
        if column.unread_count > len(rows):
            show_caption("Showing the first {count}.", count=_SHOWN_VALUES)
        _save_values_button(form, column, {id: stored for id, (_, stored, _) in rows.items()})


def _save_values_button(form: StoredForm, column: ListColumn, shown: dict[int, str]) -> None:
    """Draw the button that stores what is typed in place of the `shown` values."""
    seal = installation().seal

    def save(session: Session, event: Event, typed: dict[str, str]) -> Callable[[], str]:
        values = {id: typed.get(str(id), stored) for id, stored in shown.items()}
        changed = {id: value for id, value in values.items() if value != shown[id]}
        found = {id: roster.with_id(session, event, id) for id in changed}
        # What others changed is replaced only after the window has shown it.
        waiting = {
            id
            for id, person in found.items()
            if person.columns.get(column.title, "") not in (shown[id], changed[id])
        }
        if waiting and waiting == changed.keys():
            raise ProductError(N_("Not saved. Somebody else changed this, see above."))
        for id in changed.keys() - waiting:
            change_value(session, seal, found[id], column.title, changed[id])

        def settle() -> str:
            form.settle(*map(str, shown.keys() - waiting))
            if waiting:
                return t("Saved, except what somebody else changed.")
            # People who are not listed next were corrected here, and by nobody else.
            _LISTED.get({}).pop(column.id, None)
            return t("Saved.")

        return settle

    act_button(
        t("Save the corrections"), form.save.name, save, Permission.CHANGE_LIST, typed=(form,),
        in_form=True, disabled=not may(Permission.CHANGE_LIST),
    )  # fmt: skip


def _ask(form: StoredForm, person: Volunteer, stored: str, key: SessionKey[str]) -> None:
    whose = f"{plain(person.name or readable_address(person.email))} ({plain(person.number)})"
    st.text_input(whose, max_chars=LONGEST_COLUMN, key=key.name)
    if form.is_overtaken(str(person.id), stored):
        said = t("Somebody else emptied this.")
        if stored:
            said = t("Somebody else saved “{value}” here.", value=plain(stored))
        st.caption(sentences(said, t("Save to replace it with yours.")))
