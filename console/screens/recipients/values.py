"""Values of a list that are not a number or date as they should be, to correct one by one."""

from typing import Any

import streamlit as st

from console.session import changing, installation, may, reading
from console.session_key import SessionKey
from console.text import plain, t
from console.widgets.stored_fields import StoredForm
from shared.events.roles import Permission
from shared.storage.models import Event, ListColumn, Volunteer
from shared.volunteers.column_sums import unread_values
from shared.volunteers.list_parser import LONGEST_COLUMN
from shared.volunteers.person_values import change_value

# How many at a time; the others follow as these are corrected.
_SHOWN = 10
_FIELD = SessionKey[Any]("recipients.values")


def show_unread(event: Event, column: ListColumn) -> None:
    """Show the first of them. They are left out of sums until they are corrected."""
    st.caption(
        t("They are not in the sum. An empty field says that there is nothing. What was issued "
          "stays as it is.")
    )  # fmt: skip
    with reading() as (session, _):
        found = unread_values(session, column)
    form = StoredForm(_FIELD.of(column.id))
    with st.form(f"recipients.values.{event.id}.{column.title}", border=False):
        corrected = {person.id: _asked(form, person, value) for person, value in found[:_SHOWN]}
        if len(found) > _SHOWN:
            st.caption(t("The first {count} are shown.", count=_SHOWN))
        is_sent = st.form_submit_button(
            t("Save the corrections"),
            disabled=not may(Permission.CHANGE_LIST),
            key=form.save.name,
        )
    if is_sent:
        before = {person.id: value for person, value in found}
        changed = {id: new for id, new in corrected.items() if new != before[id]}
        _store(column.title, changed, form)


def _asked(form: StoredForm, person: Volunteer, value: str) -> str:
    whose = f"{plain(person.name or person.email)} ({plain(person.number)})"
    key = form.of(str(person.id), value)
    return st.text_input(whose, max_chars=LONGEST_COLUMN, key=key.name)


def _store(title: str, corrected: dict[int, str], form: StoredForm) -> None:
    with changing(Permission.CHANGE_LIST, t("Saved."), form.settle) as (session, _):
        for person_id, value in sorted(corrected.items()):
            person = session.get_one(Volunteer, person_id)
            change_value(session, installation().seal, person, title, value)
