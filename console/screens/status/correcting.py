"""Correcting what the list says about somebody, in their window."""

from collections.abc import Mapping

import streamlit as st

from console.session import changing, installation, may, reading
from console.text import t
from shared.events.roles import Permission
from shared.storage.models import Volunteer
from shared.volunteers.list_columns import secret_titles
from shared.volunteers.list_parser import LONGEST_COLUMN
from shared.volunteers.person_values import change_value


def offer_to_correct(person: Volunteer, columns: Mapping[str, str]) -> None:
    """`columns` has masks for secret values, which stay unless another value is entered."""
    if not may(Permission.CHANGE_LIST):
        return
    with reading() as (_, event):
        titles, secret = list(event.list_columns), secret_titles(event)
    if not titles:
        return
    with (
        st.popover(t("Correct what the list says"), icon=":material/edit_note:"),
        st.form(f"status.correct.{person.id}"),
    ):
        st.caption(t("What was issued stays until it is issued anew."))
        said = {
            title: _asked(person, title, columns.get(title, ""), is_secret=title in secret)
            for title in titles
        }
        if st.form_submit_button(t("Save")):
            _store(person, {title: one for title, one in said.items() if one is not None}, columns)


def _asked(person: Volunteer, title: str, value: str, *, is_secret: bool) -> str | None:
    """The new value; None leaves a secret as it is."""
    said = st.text_input(
        title,
        "" if is_secret else value,
        placeholder=value if is_secret else None,
        max_chars=LONGEST_COLUMN,
        # A column may have the same name as another field of the window.
        key=f"status.correct.{person.id}.{title}",
    )
    return None if is_secret and not said else said


def _store(person: Volunteer, said: dict[str, str], before: Mapping[str, str]) -> None:
    changed = {title: one for title, one in said.items() if one != before.get(title, "")}
    with changing(Permission.CHANGE_LIST, t("Saved.")) as (session, _):
        volunteer = session.get_one(Volunteer, person.id)
        for title, value in changed.items():
            change_value(session, installation().seal, volunteer, title, value)
