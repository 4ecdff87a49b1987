"""The colleagues who work on the event, each with a key and a role."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.confirmation import comes_first
from console.foot import foot_to_overview
from console.session import installation, may, reading, signed_in
from console.session_key import SessionKey
from console.text import ROLE_NAMES, ROLE_WORDS, plain, t, tn, written_time
from console.widgets.display import Colour, card
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_paragraph
from shared.access import colleagues
from shared.access.colleagues import (
    GIVEN_ROLES,
    Colleague,
    Pending,
    add_person,
    pending,
    people_of,
    remove_person,
    revoke,
)
from shared.access.roles import Permission, Role
from shared.events.links import join_link
from shared.events.naming import end_of_day
from shared.events.settings import renew_organizer_token
from shared.language import N_
from shared.mail.queue.enqueue import queue_colleague_link
from shared.preflight.checks import is_this_machine
from shared.storage.models import Event, MailState

_ON_ITS_WAY = N_("The link is being sent to {address}")
_MAILED = {
    MailState.SENT: N_("The link was mailed to {address}"),
    MailState.FAILED: N_("The link did not reach {address}: {answer}"),
    MailState.UNSURE: N_("We cannot tell whether the link reached {address}"),
}


@dataclass(frozen=True)
class Secret:
    """A secret of which only the hash is stored, what to do with it, and what it opens."""

    title: str
    what_to_do: str
    text: str
    then: str


_NEW_TOKEN = SessionKey[Secret]("people.new_token")
# The key or link that was made last.
_MADE = SessionKey[Secret]("people.shown_once")
# The fields of the next person.
_ADDED = SessionKey[Any]("people.add")


def show() -> None:
    st.title(t("Team"))
    show_caption(
        "Each colleague has their own key. To hand the event over, add an "
        "organizer, then remove yourself."
    )
    with reading() as (session, event):
        people, invited = people_of(session, event.id), pending(session, event.id)
        mine = signed_in(session).key_id
    show_once(_NEW_TOKEN)
    # A container that is always there, so that what follows keeps its place.
    with st.container():
        show_once(_MADE.of(event.id))
    offer_to_add(event, len(people) + len(invited))
    show_people(event, people, mine)
    show_invited(event, invited)
    offer_new_token()
    foot_to_overview(
        tn("{count} colleague has a key.", "{count} colleagues have keys.", len(people))
    )


def offer_new_token() -> None:
    """Offer the owner to renew the organizer's token. Organizers who renewed it themselves would be
    signed out before they could copy it."""
    if not may(Permission.MANAGE_EVENTS):
        return
    with st.expander(t("Organizer's token"), icon=":material/key:"):
        show_paragraph("The old token stops working at once.")
        act_button(t("Renew the token"), "people.renew_token", _renew, Permission.MANAGE_EVENTS)


def _renew(_: Session, event: Event) -> Callable[[], None]:
    """Renew the token, and return what shows it."""
    title = t("The organizer's token of “{event}”", event=plain(event.name))
    what_to_do = t("Copy it now. It is shown only once, and you can renew it at any time.")
    made = Secret(title, what_to_do, renew_organizer_token(event), _signs_in())
    return lambda: _NEW_TOKEN.set(made)


def show_invited(event: Event, invited: list[Pending]) -> None:
    """Show the unused invitation links, each of which can be revoked."""
    if not invited:
        return
    st.header(t("Invited"))
    for guest in invited:
        invitation, mail = guest.invitation, guest.mail
        badges: dict[str, Colour] = {t(ROLE_NAMES[invitation.role]): "blue"}
        if guest.has_expired:
            badges[t("Expired")] = "red"
        at = written_time(invitation.created_at, event)
        lines = [
            t("Invited {time} by {name}", time=at, name=guest.invited_by)
            if guest.invited_by
            else t("Invited {time} with the owner's or the event's token", time=at),
            t("The link works until {time}", time=written_time(invitation.expires_at, event)),
        ]
        if mail:
            said = _MAILED.get(mail.state, _ON_ITS_WAY)
            lines.append(t(said, address=mail.address, answer=mail.answer))
        with card(invitation.name, badges, lines):
            done = t("The link for {name} no longer works.", name=plain(invitation.name))
            act_button(
                t("Take back the link"), f"people.take_back.{invitation.id}",
                partial(revoke, invitation_id=invitation.id), Permission.MANAGE_KEYS, done,
                icon="link_off",
            )  # fmt: skip


def show_people(event: Event, people: list[Colleague], mine: int | None) -> None:
    """Show the colleagues, each of whom can be removed; `mine` is the id of the reader's own
    key."""
    if not people:
        show_paragraph("You are the only one on this event.")
        return
    for person in people:
        key, is_me = person.key, person.key.id == mine
        badges: dict[str, Colour] = {t(ROLE_NAMES[key.role]): "blue"}
        if is_me:
            badges[t("You")] = "green"
        if person.has_expired:
            badges[t("Expired")] = "red"
        added_at = written_time(key.created_at, event)
        used = written_time(key.last_used_at, event) if key.last_used_at else ""
        lines = [
            t("Signs in with {issuer}", issuer=key.issuer)
            if key.issuer
            else t("Key {hint}", hint=key.hint),
            t("Added {time} by {name}", time=added_at, name=person.added_by)
            if person.added_by
            else t("Added {time} with the owner's or the event's token", time=added_at),
            t("Last used {time}", time=used) if used else t("Never used"),
        ]
        if key.expires_at:
            lines.append(t("Expires {time}", time=written_time(key.expires_at, event)))
        with card(key.name, badges, lines):
            label = t("Remove yourself") if is_me else t("Remove {name}", name=plain(key.name))
            with st.popover(label, icon=":material/person_remove:"):
                if is_me:
                    show_caption("You are signed out, and your key stops working.")
                else:
                    show_caption("Their key and open links stop working at once. Their work stays.")
                sure = t("Yes, remove me") if is_me else t("Yes, remove this person")
                said = t("{name} was removed.", name=plain(key.name))
                act_button(
                    sure, f"people.remove.{key.id}", partial(remove_person, key_id=key.id),
                    Permission.MANAGE_KEYS, said, type="primary",
                )  # fmt: skip


def offer_to_add(event: Event, number: int) -> None:
    """Offer to add somebody by a link that works once, or by a key that is shown once.

    `number` is that of the next person, for whom the form starts empty.
    """
    place = f"people.add.{number}"
    with st.expander(t("Add a colleague"), icon=":material/person_add:"):
        if comes_first("people.add"):
            return
        with st.form(place):
            typed = tuple(
                _ADDED.of(number, name) for name in ("name", "role", "last_day", "address")
            )
            name, role, last_day, address = typed
            st.text_input(t("Full name"), max_chars=200, key=name.name)
            st.radio(
                t("Role"),
                list(GIVEN_ROLES),
                index=list(GIVEN_ROLES).index(Role.HELPER),
                format_func=lambda role: t(ROLE_NAMES[role]),
                captions=[t(ROLE_WORDS[role]) for role in GIVEN_ROLES],
                key=role.name,
            )
            st.date_input(
                t("Last day"),
                None,
                format="YYYY-MM-DD",
                help=t("If empty, the key does not expire."),
                key=last_day.name,
            )
            if event.live_account:
                st.text_input(
                    t("Mail the link to"),
                    max_chars=254,
                    key=address.name,
                    help=t("If empty, you copy and send the link yourself."),
                )
                if is_this_machine(console := installation().settings.console_url):
                    said = t("Links open {page}, which only this computer can reach.", page=console)
                    st.warning(said)
            with st.container(horizontal=True):
                act_button(
                    t("Create a one-time link"), f"{place}.link", _invite, Permission.MANAGE_KEYS,
                    typed=typed, type="primary", in_form=True,
                )  # fmt: skip
                act_button(
                    t("Create the key"), f"{place}.key", _add, Permission.MANAGE_KEYS, typed=typed,
                    in_form=True,
                )  # fmt: skip


def _add(
    session: Session, event: Event, name: str, role: Role, last_day: date | None, _: str | None
) -> Callable[[], None]:
    ends = end_of_day(event, last_day) if last_day else None
    person, key = add_person(session, event, name=name, role=role, expires_at=ends)
    title = t("The key of {name}", name=plain(person.name))
    what_to_do = t("Copy it now and hand it over privately. It is shown only once.")
    made, event_id = Secret(title, what_to_do, key, _signs_in()), event.id
    return lambda: _MADE.of(event_id).set(made)


def _invite(
    session: Session, event: Event, name: str, role: Role, last_day: date | None,
    address: str | None,
) -> str | Callable[[], None]:  # fmt: skip
    """Create a link, which is mailed to the `address` if there is one; return a sentence, or what
    shows the link."""
    served = installation()
    ends = end_of_day(event, last_day) if last_day else None
    invitation, token = colleagues.invite(
        session, served.seal, event, name=name, role=role, access_expires_at=ends
    )
    if to := (address or "").strip():
        queue_colleague_link(session, event, invitation, to)
        return t("The link is being sent to {address}.", address=plain(to))
    title = t("The link for {name}", name=plain(invitation.name))
    what_to_do = t("Copy it now and send it privately. It is shown only once.")
    then = t("It works once, within 7 days, and gives the recipient their own key.")
    made, event_id = Secret(title, what_to_do, join_link(served.settings, token), then), event.id
    return lambda: _MADE.of(event_id).set(made)


def _signs_in() -> str:
    address = installation().settings.console_url
    return t("It signs anyone in at {address} to this event.", address=address)


def show_once(place: SessionKey[Secret]) -> None:
    """Show the secret at this place, until somebody confirms that it is saved."""
    made = place.get()
    if made is None:
        return
    with st.container(border=True):
        st.header(made.title)
        st.markdown(made.what_to_do)
        st.code(made.text, language=None, wrap_lines=True)
        st.caption(made.then)
        if st.button(t("I have saved it"), type="primary", key=place.of("saved").name):
            place.take()
            st.rerun()
