"""Adding somebody: by a link that works once, or by a key that is shown once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from console import kept_typing
from console.session import changing, installation, say
from console.session_key import SessionKey
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
        ends = entered.ends(event)
        person, key = add_person(
            session, event, name=entered.name, role=entered.role, expires_at=ends
        )
        keep_key(event.id, person.name, key)


# Secrets that are shown once: a person's key, or the link by which they get one


@dataclass(frozen=True)
class Secret:
    """A secret and whose it is, kept until somebody confirms that it is saved."""

    name: str
    text: str
    is_link: bool


_MADE = SessionKey[Secret]("people.shown_once")


def keep_key(event_id: int, name: str, key: str) -> None:
    _MADE.of(event_id).set(Secret(name, key, is_link=False))


def keep_link(event_id: int, name: str, link: str) -> None:
    _MADE.of(event_id).set(Secret(name, link, is_link=True))


def show_once(event_id: int) -> None:
    """Show the key or link that was made last: only its hash is stored."""
    with st.container():
        made = _MADE.of(event_id).get()
        if made is None:
            return
        with st.container(border=True):
            _show_link(made) if made.is_link else _show_key(made)
            if st.button(t("I have saved it"), type="primary"):
                _MADE.of(event_id).take()
                st.rerun()


def _show_link(made: Secret) -> None:
    st.header(t("The link for {name}", name=plain(made.name)))
    st.markdown(t("Copy it now and send it in private. It is shown only this once."))
    st.code(made.text, language=None, wrap_lines=True)
    st.caption(t("It works once, within 7 days: whoever opens it gets a key of their own."))


def _show_key(made: Secret) -> None:
    st.header(t("The key of {name}", name=plain(made.name)))
    st.markdown(t("Copy it now and hand it over in private. It is shown only this once."))
    st.code(made.text, language=None, wrap_lines=True)
    address = installation().settings.console_url
    st.caption(t("Whoever has it signs in at {address} and sees this event.", address=address))
