"""The group of a person, the value that decides it, and changing that value."""

from typing import Any

import streamlit as st

from console.session import changing, installation, may, reading
from console.session_key import SessionKey
from console.text import plain, t
from console.widgets.stored_fields import StoredForm
from shared.access.roles import Permission
from shared.certificates.issuing import current_certificate
from shared.events.groups import group_of, with_id
from shared.storage.models import Event, Group, Volunteer
from shared.volunteers.people import roster
from shared.volunteers.people.person_values import change_value

_FIELD = SessionKey[Any]("status.grouped")


def show_group(person: Volunteer) -> None:
    """Shows nothing if the event has no groups."""
    with reading() as (session, event):
        if not event.groups:
            return
        person = roster.with_id(session, event, person.id)
        group, certificate = group_of(person), current_certificate(session, person)
        titles = list(dict.fromkeys(one.column_title for one in event.groups))
        is_other = certificate is not None and certificate.group_id != (group and group.id)
        before = with_id(event, certificate.group_id) if certificate else None
    st.markdown(t("Group: **{group}**", group=_name(group)))
    if is_other:
        st.info(
            t(
                "The certificate was issued for: {group}. It stays as it is until it is issued "
                "anew.",
                group=_name(before),
            )
        )
    if may(Permission.CHANGE_LIST):
        _offer_other_values(event, person, titles)


def _name(group: Group | None) -> str:
    return plain(group.name) if group else t("In no group")


def _offer_other_values(event: Event, person: Volunteer, titles: list[str]) -> None:
    form = StoredForm(_FIELD.of(person.id))
    with (
        st.popover(t("Another group"), icon=":material/edit:"),
        st.form(f"status.group.{person.id}"),
    ):
        st.caption(t("By what the list says. What was issued stays until it is issued anew."))
        said = {
            title: st.text_input(
                plain(title), key=form.of(title, person.columns.get(title, "")).name
            )
            for title in titles
        }
        if st.form_submit_button(t("Save"), key=form.save.name):
            with changing(Permission.CHANGE_LIST, t("Saved."), form.settle) as (session, locked):
                found = roster.with_id(session, locked, person.id)
                for title, value in said.items():
                    if value != found.columns.get(title, ""):
                        change_value(session, installation().seal, found, title, value)
