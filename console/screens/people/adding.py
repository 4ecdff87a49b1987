"""Somebody new, whose key is shown once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from console.session import changing, installation
from console.session_key import SessionKey
from console.text import plain, t
from console.widgets.roles import ROLE_NAMES
from shared.events.people import GIVEN_ROLES, add_person
from shared.events.roles import Permission, Role
from shared.language import N_
from shared.storage.models import Event

ROLE_WORDS = {
    Role.ORGANIZER: N_("Does everything in the event, keys and mail account included."),
    Role.HELPER: N_(
        "Changes the list, sends, sees the table and the mailbox; no account, no keys, no deletion."
    ),
    Role.VIEWER: N_("Sees counts, names and statuses; no addresses, no links."),
}


@dataclass(frozen=True)
class NewKey:
    """A person's key, until somebody says that it is saved."""

    name: str
    key: str


_MADE = SessionKey[NewKey]("people.new_key")


def offer_to_add(number: int) -> None:
    """`number` is that of the next person: with each the form begins anew."""
    place = st.expander(t("Add a person"), icon=":material/person_add:")
    with place, st.form(f"people.add.{number}"):
        name = st.text_input(t("Full name"), max_chars=200)
        role = st.radio(
            t("Role"),
            list(GIVEN_ROLES),
            index=list(GIVEN_ROLES).index(Role.HELPER),
            format_func=lambda role: t(ROLE_NAMES[role]),
            captions=[t(ROLE_WORDS[role]) for role in GIVEN_ROLES],
        )
        last_day = st.date_input(
            t("Last day"),
            None,
            format="YYYY-MM-DD",
            help=t("Empty: the key does not expire."),
        )
        if st.form_submit_button(t("Make the key"), type="primary"):
            _add(name, role, last_day)


def _add(name: str, role: Role, last_day: date | None) -> None:
    with changing(Permission.MANAGE_KEYS) as (session, event):
        ends = _end_of(last_day, event) if last_day else None
        person, key = add_person(session, event, name=name, role=role, expires_at=ends)
        _MADE.of(event.id).set(NewKey(person.name, key))


def show_new_key(event_id: int) -> None:
    """The key, once: only its hash is kept."""
    with st.container():
        made = _MADE.of(event_id).get()
        if made is None:
            return
        with st.container(border=True):
            st.header(t("The key of {name}", name=plain(made.name)))
            st.markdown(t("Copy it now and hand it over in private. It is shown only this once."))
            st.code(made.key, language=None, wrap_lines=True)
            address = installation().settings.console_url
            st.caption(
                t("Whoever has it signs in at {address} and sees this event.", address=address)
            )
            if st.button(t("I have saved it"), type="primary"):
                _MADE.of(event_id).take()
                st.rerun()


def _end_of(day: date, event: Event) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(event.time_zone))
