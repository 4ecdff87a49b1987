"""The people who work on the event besides its owner, each with their own key and role."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from console import kept_typing
from console.foot import foot_to_overview
from console.session import changing, installation, may, reading, say, signed_in
from console.session_key import SessionKey
from console.text import ROLE_NAMES, ROLE_WORDS, plain, t, tn, written_time
from console.widgets.new_token import keep_new_token, show_new_token
from shared import events
from shared.access import colleagues
from shared.access.colleagues import Pending, pending, revoke
from shared.access.people import GIVEN_ROLES, Person, add_person, people_of, remove_person
from shared.access.roles import Permission, Role
from shared.events.links import join_link
from shared.language import N_
from shared.mail.queue.enqueue import queue_colleague_link
from shared.storage.models import Event, Mail, MailState

_ON_ITS_WAY = N_("The link is on its way to {address}")
_MAILED = {
    MailState.SENT: N_("The link was mailed to {address}"),
    MailState.FAILED: N_("The link did not reach {address}: {answer}"),
    MailState.UNSURE: N_("Whether the link reached {address} is not known"),
}


def show() -> None:
    st.title(t("Team"))
    st.caption(
        t(
            "Everybody has a key of their own. To hand the event over, add an organizer and then "
            "remove yourself."
        )
    )
    with reading() as (session, event):
        people, invited = people_of(session, event.id), pending(session, event.id)
        mine = signed_in(session).key_id
    if show_new_token():
        st.rerun()
    show_once(event.id)
    offer_to_add(event, len(people) + len(invited))
    show_people(event, people, mine)
    show_invited(event, invited)
    offer_new_token()
    foot_to_overview(
        tn("{count} colleague has a key.", "{count} colleagues have keys.", len(people))
    )


# Organizers who renewed it themselves would be signed out before they could copy it.
def offer_new_token() -> None:
    if not may(Permission.MANAGE_EVENTS):
        return
    with st.expander(t("Organizer's token"), icon=":material/key:"):
        st.markdown(t("The old one stops working at once."))
        if st.button(t("Renew the token")):
            with changing(Permission.MANAGE_EVENTS) as (_, event):
                keep_new_token(event, events.renew_organizer_token(event))


# The unused invitation links, each of which can be revoked
def show_invited(event: Event, invited: list[Pending]) -> None:
    if not invited:
        return
    st.header(t("Invited"))
    for one in invited:
        with st.container(border=True):
            invitation = one.invitation
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{plain(invitation.name)}**", width="content")
                st.badge(t(ROLE_NAMES[invitation.role]))
                if one.has_expired:
                    st.badge(t("Expired"), color="red")
            st.caption("  \n".join(plain(line) for line in _lines(event, one)))
            if st.button(
                t("Take back the link"),
                key=f"people.take_back.{invitation.id}",
                icon=":material/link_off:",
            ):
                said = t("The link for {name} leads nowhere any more.", name=plain(invitation.name))
                with changing(Permission.MANAGE_KEYS, said) as (session, locked):
                    revoke(session, locked, invitation.id)


def _lines(event: Event, one: Pending) -> list[str]:
    made, ends = one.invitation.created_at, one.invitation.expires_at
    at = written_time(made, event)
    return [
        t("Invited {time} by {name}", time=at, name=one.invited_by)
        if one.invited_by
        else t("Invited {time} with the owner's or the event's token", time=at),
        t("The link works until {time}", time=written_time(ends, event)),
        *([_mailed(one.mail)] if one.mail else []),
    ]


def _mailed(mail: Mail) -> str:
    said = _MAILED.get(mail.state, _ON_ITS_WAY)
    return t(said, address=mail.address, answer=mail.answer)


# The people of the event, each of whom can be removed


def show_people(event: Event, people: list[Person], mine: int | None) -> None:
    """`mine` is the reader's own key, if they have one."""
    if not people:
        st.markdown(t("Nobody else works on this event yet."))
        return
    for person in people:
        with st.container(border=True):
            is_me = person.key.id == mine
            key = person.key
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{plain(key.name)}**", width="content")
                st.badge(t(ROLE_NAMES[key.role]))
                if is_me:
                    st.badge(t("You"), color="green")
                if person.has_expired:
                    st.badge(t("Expired"), color="red")
            st.caption("  \n".join(plain(line) for line in _about_person(event, person)))
            label = t("Remove yourself") if is_me else t("Remove {name}", name=plain(key.name))
            with st.popover(label, icon=":material/person_remove:"):
                if is_me:
                    st.caption(t("You are signed out at once, and your key stops working."))
                else:
                    st.caption(
                        t("Their key and open links stop working at once. What they did stays.")
                    )
                sure = t("Yes, remove me") if is_me else t("Yes, remove this person")
                if st.button(sure, type="primary", key=f"people.remove.{key.id}"):
                    said = t("{name} was removed.", name=plain(key.name))
                    with changing(Permission.MANAGE_KEYS, said) as (session, locked):
                        remove_person(session, locked, key.id)


def _about_person(event: Event, person: Person) -> list[str]:
    """What is known about the key, one line each."""
    key, added_at = person.key, written_time(person.key.created_at, event)
    used = written_time(key.last_used_at, event) if key.last_used_at else ""
    return [
        t("Signs in with the organization {issuer}", issuer=key.issuer)
        if key.issuer
        else t("Key {hint}", hint=key.hint),
        t("Added {time} by {name}", time=added_at, name=person.added_by)
        if person.added_by
        else t("Added {time} with the owner's or the event's token", time=added_at),
        t("Last used {time}", time=used) if used else t("Never used"),
        *(
            [t("Expires {time}", time=written_time(key.expires_at, event))]
            if key.expires_at
            else []
        ),
    ]


# Adding somebody: by a link that works once, or by a key that is shown once


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
    place = f"people.add.{number}"
    with st.expander(t("Add a colleague"), icon=":material/person_add:"), st.form(place):
        entered = Entered(
            name=st.text_input(
                t("Full name"), max_chars=200, key=kept_typing.field(f"{place}.name")
            ),
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
            address=st.text_input(
                t("Mail the link to"),
                max_chars=254,
                key=kept_typing.field(f"{place}.address"),
                help=t("Empty: you copy the link and send it yourself."),
            ).strip()
            if event.live_account
            else "",
        )
        with st.container(horizontal=True):
            invited = st.form_submit_button(t("Make a one-time link"), type="primary")
            added = st.form_submit_button(t("Make the key"))
    if invited:
        _invite(entered)
    elif added:
        with changing(Permission.MANAGE_KEYS) as (session, event):
            ends = entered.ends(event)
            person, key = add_person(
                session, event, name=entered.name, role=entered.role, expires_at=ends
            )
            _MADE.of(event.id).set(Secret(person.name, key, is_link=False))


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
            link = join_link(installation().settings, token)
            _MADE.of(event.id).set(Secret(invitation.name, link, is_link=True))


# Secrets that are shown once: a person's key, or the link by which they get one


@dataclass(frozen=True)
class Secret:
    """A secret and whose it is, kept until somebody confirms that it is saved."""

    name: str
    text: str
    is_link: bool


_MADE = SessionKey[Secret]("people.shown_once")


def show_once(event_id: int) -> None:
    """Show the key or link that was made last: only its hash is stored."""
    # Always there: what is below it keeps its place.
    with st.container():
        made = _MADE.of(event_id).get()
        if made is None:
            return
        name, address = plain(made.name), installation().settings.console_url
        with st.container(border=True):
            if made.is_link:
                title = t("The link for {name}", name=name)
                what_to_do = t("Copy it now and send it in private. It is shown only this once.")
                then = t("It works once, within 7 days: whoever opens it gets a key of their own.")
            else:
                title = t("The key of {name}", name=name)
                what_to_do = t(
                    "Copy it now and hand it over in private. It is shown only this once."
                )
                then = t(
                    "Whoever has it signs in at {address} and sees this event.", address=address
                )
            st.header(title)
            st.markdown(what_to_do)
            st.code(made.text, language=None, wrap_lines=True)
            st.caption(then)
            if st.button(t("I have saved it"), type="primary"):
                _MADE.of(event_id).take()
                st.rerun()
