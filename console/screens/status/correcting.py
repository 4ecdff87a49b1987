"""Correcting what the list says about somebody, in their window."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from console.session import changing, installation, may, reading
from console.session_key import SessionKey
from console.text import plain, t
from console.widgets.stored_fields import StoredForm
from shared.access.roles import Permission
from shared.storage.models import Volunteer
from shared.volunteers.lists.list_columns import secret_titles
from shared.volunteers.lists.list_parser import LONGEST_COLUMN
from shared.volunteers.people import roster
from shared.volunteers.people.person_values import change_value

_FIELD = SessionKey[Any]("status.correcting")


def offer_to_correct(person: Volunteer, columns: Mapping[str, str]) -> None:
    """`columns` has masks for secret values, which stay unless another value is entered."""
    if not may(Permission.CHANGE_LIST):
        return
    with reading() as (_, event):
        titles, secret = list(event.list_columns), secret_titles(event)
    if not titles:
        return
    form = StoredForm(_FIELD.of(person.id))
    with (
        st.popover(t("Correct what the list says"), icon=":material/edit_note:"),
        st.form(f"status.correct.{person.id}"),
    ):
        st.caption(t("What was issued stays until it is issued anew."))
        said = {
            title: _asked(form, title, columns.get(title, ""), is_secret=title in secret)
            for title in titles
        }
        if st.form_submit_button(t("Save"), key=form.save.name):
            given = {title: one for title, one in said.items() if one is not None}
            changed = {title: one for title, one in given.items() if one != columns.get(title, "")}
            _store(person, changed, form)


def _asked(form: StoredForm, title: str, value: str, *, is_secret: bool) -> str | None:
    """The new value; None leaves a secret as it is."""
    said = st.text_input(
        plain(title),
        placeholder=value if is_secret else None,
        max_chars=LONGEST_COLUMN,
        key=form.of(title, "" if is_secret else value).name,
    )
    return None if is_secret and not said else said


def _store(person: Volunteer, changed: Mapping[str, str], form: StoredForm) -> None:
    with changing(Permission.CHANGE_LIST, t("Saved."), form.settle) as (session, event):
        volunteer = roster.with_id(session, event, person.id)
        for title, value in changed.items():
            change_value(session, installation().seal, volunteer, title, value)
