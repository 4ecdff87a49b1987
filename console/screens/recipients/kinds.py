"""A window to set what the columns of the event's list hold, and which are public."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from console import previews
from console.long_work import long_work
from console.screens.recipients import values
from console.session import actor, installation, may, reading, refuse, say, writing
from console.session_key import SessionKey
from console.text import in_words, plain, t, tn
from console.widgets.stored_fields import StoredFields
from console.windows import show_window
from shared.access.roles import Permission
from shared.acts.forget_column import count_values, forget_column
from shared.certificates.issuing import column_backlog
from shared.errors import ProductError
from shared.language import N_
from shared.storage.models import ColumnKind, Event, ListColumn
from shared.volunteers.lists.column_kinds import suggested
from shared.volunteers.lists.list_columns import (
    LONGEST_UNIT,
    ColumnChange,
    change_column,
    column_samples,
    known_column,
)

_IS_OPEN = SessionKey[bool]("recipients.kinds")
_FIELD = SessionKey[Any]("recipients.kind_of")
_SAMPLES = 3
_LONGEST_SAMPLE = 40
KIND_NAMES = {
    ColumnKind.TEXT: N_("Any text"),
    ColumnKind.NUMBER: N_("Number with a unit"),
    ColumnKind.DATE: N_("Date"),
    ColumnKind.SECRET: N_("Secret"),
}
# How many people have a value, once somebody asked.
_COUNT = SessionKey[int]("recipients.forget")
_SURE = SessionKey[bool]("recipients.forget.sure")


@dataclass(frozen=True)
class _Shown:
    """A column as stored, and some of its values."""

    column: ListColumn
    samples: list[str]


def show_button(event: Event) -> None:
    """For lists with further columns, and readers who may see their values."""
    if not event.list_columns or not may(Permission.SEE_ADDRESSES):
        return
    if st.button(t("Columns"), icon=":material/view_column:", key="recipients.kinds.open"):
        _IS_OPEN.set(True)
    if _IS_OPEN.get():
        show_window(t("Columns of the list"), _show, _close, width="large")


def _close() -> None:
    _IS_OPEN.take()
    values.forget()


def _show() -> None:
    with reading() as (session, event):
        samples = column_samples(session, event, _SAMPLES)
        columns = [_Shown(known_column(event, title), some) for title, some in samples.items()]
    st.caption(
        t(
            "Numbers are summed up. A secret, such as the number of an identity card, is sealed, "
            "and everybody sees a mask. What is public stands on the page that verifies a "
            "certificate: nothing is, unless you say so and the people agree."
        )
    )
    may_change = may(Permission.CHANGE_TEXTS)
    changes, fields = {}, {title: StoredFields(_FIELD.of(event.id, title)) for title in samples}
    for shown in columns:
        title = shown.column.title
        with st.container(border=True):
            change = _show_column(shown, fields[title], is_fixed=not may_change)
            if change:
                changes[title] = change
            _show_not_read(event, shown.column)
            if may_change:
                offer_to_forget(event.id, title, _close)
    if may_change and st.button(
        t("Save"), type="primary", disabled=not changes, key="recipients.kinds.save"
    ):
        _save(changes, fields.values())


def _show_column(shown: _Shown, fields: StoredFields, *, is_fixed: bool) -> ColumnChange | None:
    """The controls of one column; returns what was set and is not stored yet."""
    column = shown.column
    samples = " · ".join(plain(one[:_LONGEST_SAMPLE]) for one in shown.samples)
    about, controls = st.columns([2, 3], vertical_alignment="top")
    about.markdown(f"**{plain(column.title)}**  \n:small[{samples}]")
    _hint(about, column)
    with controls:
        kind = st.selectbox(
            t("What “{column}” holds", column=plain(column.title)), list(KIND_NAMES),
            key=fields.of("kind", column.kind).name, disabled=is_fixed,
            format_func=lambda one: t(KIND_NAMES[one]),
        )  # fmt: skip
        said = {"kind": kind, **_further(column, kind, fields, is_fixed=is_fixed)}
    # What a change of the kind means for what is stored.
    if kind is not column.kind:
        if kind is ColumnKind.SECRET:
            st.warning(
                t(
                    "What stands there is sealed, also for people who are on the list already. "
                    "Certificates that were issued show the mask from then on."
                ),
                icon=":material/lock:",
            )
        elif column.kind is ColumnKind.SECRET:
            st.warning(
                t("The values stand in the clear again, for everybody who sees the list."),
                icon=":material/lock_open:",
            )
    changed = {name: value for name, value in said.items() if value != getattr(column, name)}
    return ColumnChange(**changed) if changed else None


def _further(
    column: ListColumn, kind: ColumnKind, fields: StoredFields, *, is_fixed: bool
) -> dict[str, Any]:
    """The settings that only a column of this kind has."""
    if kind is ColumnKind.SECRET:
        label = t("Print in full in the person's own PDF")
        return {
            "is_in_full": st.checkbox(
                label, key=fields.of("in_full", bool(column.is_in_full)).name, disabled=is_fixed,
                help=t("It opens by the personal link alone. Everything else keeps the mask."),
            )
        }  # fmt: skip
    said: dict[str, Any] = {}
    if kind is ColumnKind.NUMBER:
        found = suggested(column.title)
        unit = st.text_input(
            t("Unit"), max_chars=LONGEST_UNIT, disabled=is_fixed, placeholder=t("hours, km …"),
            key=fields.of("unit", column.unit or (found.unit if found else "")).name,
        )  # fmt: skip
        said["unit"] = " ".join(unit.split())
    said["is_public"] = st.checkbox(
        t("Public"), key=fields.of("public", bool(column.is_public)).name, disabled=is_fixed,
        help=t(
            "It stands on the verification page of certificates that are issued from now on, and "
            "people are told on their page before. Nothing is to be published without consent."
        ),
    )  # fmt: skip
    return said


def _hint(place: st.delta_generator.DeltaGenerator, column: ListColumn) -> None:
    found = suggested(column.title)
    if found and column.kind is ColumnKind.TEXT:
        kind = t(KIND_NAMES[found.kind])
        place.caption(t("By its title it may be: {kind}", kind=kind))
    if column.backlog:
        place.caption(t("The values are being gone through."))


def _show_not_read(event: Event, column: ListColumn) -> None:
    if not column.unread_count and not values.is_shown(column):
        return
    # With a key it stays open when it is called otherwise, or the window is drawn anew.
    with st.expander(
        _not_read(column), icon=":material/rule:", key=f"recipients.not_read.{column.id}"
    ):
        values.show_unread(event, column)


def _not_read(column: ListColumn) -> str:
    if not column.unread_count:
        return t("Values that somebody else has corrected")
    if column.kind is ColumnKind.DATE:
        return tn("{count} value is no date", "{count} values are no dates", column.unread_count)
    return tn("{count} value is no number", "{count} values are no numbers", column.unread_count)


def _save(changes: dict[str, ColumnChange], shown: Iterable[StoredFields]) -> None:
    """Store the settings, and update short lists at once; the worker does the rest."""
    try:
        with writing(Permission.CHANGE_TEXTS) as (session, event):
            said = [
                change_column(session, event, title, change).id for title, change in changes.items()
            ]
    except ProductError as refusal:
        refuse(in_words(refusal))
        return
    _close()
    for fields in shown:
        fields.settle()
    # Previews shown here may contain what is now secret.
    previews.forget_all()
    with long_work(Permission.CHANGE_TEXTS, t("The values are being gone through.")) as tell:
        for place, column_id in enumerate(said):
            told = partial(_tell_part, tell, place, len(said))
            column_backlog.catch_up(installation().database, installation().seal, column_id, told)
        say(t("Saved."))


def _tell_part(tell: Callable[[float], None], place: int, count: int, share: float) -> None:
    """Report the progress of one column of several."""
    tell((place + share) / count)


# Forgetting a column of the list, after saying how many people it is about


def offer_to_forget(event_id: int, title: str, close: Callable[[], None]) -> None:
    """A button, and behind it what would go, and for how many; `close` ends the window."""
    kept, place = _COUNT.of(event_id, title), st.empty()
    if not kept.is_set():
        is_asked = place.button(
            t("Forget this column"), icon=":material/delete_forever:", type="tertiary",
            key=f"{kept.name}.ask",
        )  # fmt: skip
        if not is_asked:
            return
        place.empty()
        # Once, for it reads the whole list.
        with reading() as (session, event):
            kept.set(count_values(session, event, title))
    count = kept.get(0)
    st.warning(
        tn(
            "What is stored in “{column}” goes, for {count} person. Certificates that were issued "
            "keep what they were made with. Nobody can undo this.",
            "What is stored in “{column}” goes, for {count} people. Certificates that were issued "
            "keep what they were made with. Nobody can undo this.",
            count,
            column=plain(title),
        ),
        icon=":material/delete_forever:",
    )
    is_sure = st.checkbox(t("Yes, for good"), key=_SURE.of(event_id, title).name)
    with st.container(horizontal=True):
        is_pressed = st.button(
            t("Forget “{column}”", column=plain(title)), key=f"{kept.name}.do", type="primary",
            disabled=not is_sure,
        )  # fmt: skip
        st.button(t("Cancel"), key=f"{kept.name}.not", on_click=_withdraw, args=(event_id, title))
    if is_pressed:
        _withdraw(event_id, title)
        close()
        _forget(event_id, title)


def _withdraw(event_id: int, title: str) -> None:
    """The question is answered, or nobody's any more."""
    _COUNT.of(event_id, title).take()


def _forget(event_id: int, title: str) -> None:
    with long_work(Permission.CHANGE_TEXTS, t("The column is being forgotten …")) as told:
        count = forget_column(installation().database, event_id, title, told, actor())
        # Previews shown here may contain its values.
        previews.forget_all()
        say(
            tn(
                "The column is forgotten, and what {count} person had in it.",
                "The column is forgotten, and what {count} people had in it.",
                count,
            )
        )
