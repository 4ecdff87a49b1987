"""Adding somebody: by a link that works once, or by a key that is shown once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy.orm import Session

from console import kept_typing
from console.screens.people.shown_once import keep_key, keep_link
from console.session import changing, installation, say
from console.text import plain, t
from console.widgets.roles import ROLE_NAMES, ROLE_WORDS
from shared.access import colleagues
from shared.access.people import GIVEN_ROLES, add_person
from shared.access.roles import Permission, Role
from shared.events.links import join_link
from shared.mail.queue.enqueue import queue_colleague_link
from shared.storage.models import Event


@dataclass(frozen=True)
class Entered:
    """The form's values; `address` is where to mail the link; if empty, it is copied."""

    name: str
    role: Role
    last_day: date | None
    address: str

    def ends(self, event: Event) -> datetime | None:
        if self.last_day is None:
            return None
        after = self.last_day + timedelta(days=1)
        return datetime.combine(after, time(), ZoneInfo(event.time_zone))


def offer_to_add(event: Event, number: int) -> None:
    """`number` is that of the next person, for whom the form starts empty."""
    place = st.expander(t("Add a person"), icon=":material/person_add:")
    with place, st.form(f"people.add.{number}"):
        entered = _entered(event, f"people.add.{number}")
        with st.container(horizontal=True):
            invited = st.form_submit_button(t("Make a one-time link"), type="primary")
            added = st.form_submit_button(t("Make the key"))
    if invited:
        _invite(entered)
    elif added:
        _add(entered)


def _entered(event: Event, place: str) -> Entered:
    return Entered(
        name=st.text_input(t("Full name"), max_chars=200, key=kept_typing.field(f"{place}.name")),
        role=st.radio(
            t("Role"),
            list(GIVEN_ROLES),
            index=list(GIVEN_ROLES).index(Role.HELPER),
            format_func=lambda role: t(ROLE_NAMES[role]),
            captions=[t(ROLE_WORDS[role]) for role in GIVEN_ROLES],
        ),
        last_day=st.date_input(
            t("Last day"),
            None,
            format="YYYY-MM-DD",
            help=t("Empty: the key does not expire."),
        ),
        address=_address(place) if event.live_account else "",
    )


def _address(place: str) -> str:
    return st.text_input(
        t("Mail the link to"),
        max_chars=254,
        key=kept_typing.field(f"{place}.address"),
        help=t("Empty: you copy the link and send it yourself."),
    ).strip()


def _invite(entered: Entered) -> None:
    with changing(Permission.MANAGE_KEYS) as (session, event):
        invitation, token = colleagues.invite(
            session,
            installation().seal,
            event,
            name=entered.name,
            role=entered.role,
            access_expires_at=entered.ends(event),
        )
        if entered.address:
            queue_colleague_link(session, event, invitation, entered.address)
            say(t("The link is on its way to {address}.", address=plain(entered.address)))
        else:
            keep_link(event.id, invitation.name, join_link(installation().settings, token))


def _add(entered: Entered) -> None:
    with changing(Permission.MANAGE_KEYS) as (session, event):
        _add_person(session, event, entered)


def _add_person(session: Session, event: Event, entered: Entered) -> None:
    ends = entered.ends(event)
    person, key = add_person(session, event, name=entered.name, role=entered.role, expires_at=ends)
    keep_key(event.id, person.name, key)
