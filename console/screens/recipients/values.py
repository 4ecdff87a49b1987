"""Values of a list that are not a number or date as they should be, to correct one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from console.session import changing, installation, may, reading, refuse
from console.session_key import SessionKey
from console.text import plain, sentences, t
from console.widgets.stored_fields import StoredForm
from shared.access.roles import Permission
from shared.addresses import readable_address
from shared.storage.models import Event, ListColumn, Volunteer
from shared.volunteers.lists.column_sums import unread_values
from shared.volunteers.lists.list_parser import LONGEST_COLUMN
from shared.volunteers.people import roster
from shared.volunteers.people.roster import change_value

# How many at a time; the others follow as these are corrected.
_SHOWN = 10
_FIELD = SessionKey[Any]("recipients.values")
# By column and person, the stored value that the window has shown.
_TOLD = SessionKey[dict[int, dict[int, str]]]("recipients.values_told")


@dataclass(frozen=True)
class _Row:
    """A person's value; `is_news` if the window did not show yet that it is stored."""

    person: Volunteer
    stored: str
    key: SessionKey[str]
    is_news: bool

    @property
    def field(self) -> str:
        return str(self.person.id)


def is_shown(column: ListColumn) -> bool:
    """Whether some were shown since the window was opened: others may have corrected them."""
    return bool(_TOLD.get({}).get(column.id))


def forget() -> None:
    """The window is closed."""
    _TOLD.take()


def show_unread(event: Event, column: ListColumn) -> None:
    """Show the first of them. They are left out of sums until they are corrected."""
    st.caption(
        t("They are not in the sum. An empty field says that there is nothing. What was issued "
          "stays as it is.")
    )  # fmt: skip
    form = StoredForm(_FIELD.of(column.id))
    with reading() as (session, _):
        # Those who were shown stay until what is typed for them is stored, or nothing is.
        told_of = _TOLD.keep({})
        told = told_of.get(column.id, {})
        unread = {person.id: (person, value) for person, value in unread_values(session, column)}
        corrected = [session.get(Volunteer, id) for id in told if id not in unread]
        values = unread | {
            one.id: (one, one.columns.get(column.title, "")) for one in corrected if one
        }
        rows: list[_Row] = []
        for id, (person, stored) in sorted(values.items()):
            if id not in told and len(rows) >= _SHOWN:
                continue
            key = form.of(str(id), stored)
            if id in unread or key.get() != stored:
                rows.append(_Row(person, stored, key, told.get(id, stored) != stored))
        told_of[column.id] = {row.person.id: row.stored for row in rows}
    with st.form(f"recipients.values.{event.id}.{column.title}", border=False):
        for row in rows:
            _ask(form, row)
        if column.unread_count > len(rows):
            st.caption(t("The first {count} are shown.", count=_SHOWN))
        is_sent = st.form_submit_button(
            t("Save the corrections"),
            disabled=not may(Permission.CHANGE_LIST),
            key=form.save.name,
        )
    if is_sent:
        _store(column, rows, form)


def _ask(form: StoredForm, row: _Row) -> None:
    called = row.person.name or readable_address(row.person.email)
    whose = f"{plain(called)} ({plain(row.person.number)})"
    st.text_input(whose, max_chars=LONGEST_COLUMN, key=row.key.name)
    if not form.is_overtaken(row.field, row.stored):
        return
    if row.stored:
        told = t("Somebody else has stored “{value}” here meanwhile.", value=plain(row.stored))
    else:
        told = t("Somebody else has emptied this meanwhile.")
    st.caption(sentences(told, t("Saving puts yours in its place.")))


def _store(column: ListColumn, rows: Sequence[_Row], form: StoredForm) -> None:
    """What others changed is replaced only after the window has shown it."""
    typed = [row for row in rows if row.key.get() != row.stored]
    changed = [row for row in typed if not row.is_news]
    waiting = [row for row in typed if row.is_news]
    if waiting and not changed:
        refuse(t("Not saved: somebody else has changed this meanwhile, see above."))
        return
    done = t("Saved.")
    if waiting:
        done = t("Saved, except what somebody else has changed meanwhile.")
    settle = partial(form.settle, *(row.field for row in rows if row not in waiting))
    with changing(Permission.CHANGE_LIST, done, settle) as (session, event):
        for row in changed:
            person = roster.with_id(session, event, row.person.id)
            change_value(session, installation().seal, person, column.title, row.key.get(""))
