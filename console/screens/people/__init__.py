"""The people who work on the event besides its owner, each with their own key and role."""

import streamlit as st

from console.screens.people import adding
from console.screens.people.adding import show_once
from console.session import changing, reading, signed_in
from console.text import plain, t, written_time
from console.widgets.roles import ROLE_NAMES
from shared.access.colleagues import Pending, pending, revoke
from shared.access.people import Person, people_of, remove_person
from shared.access.roles import Permission
from shared.language import N_
from shared.storage.models import AccessKey, Event, Mail, MailState

_ON_ITS_WAY = N_("The link is on its way to {address}")
_MAILED = {
    MailState.SENT: N_("The link was mailed to {address}"),
    MailState.FAILED: N_("The link did not reach {address}: {answer}"),
    MailState.UNSURE: N_("Whether the link reached {address} is not known"),
}


def show() -> None:
    st.title(t("People"))
    st.caption(
        t(
            "Everybody who works on this event has a key of their own, which can be revoked alone. "
            "Hand the event over by adding an organizer and then removing yourself."
        )
    )
    with reading() as (session, event):
        people, invited = people_of(session, event.id), pending(session, event.id)
        mine = signed_in(session).key_id
    show_once(event.id)
    adding.offer_to_add(event, len(people) + len(invited))
    show_people(event, people, mine)
    show_invited(event, invited)


# The unused invitation links, each of which can be revoked
def show_invited(event: Event, invited: list[Pending]) -> None:
    if not invited:
        return
    st.header(t("Invited"))
    for one in invited:
        with st.container(border=True):
            _show(event, one)


def _show(event: Event, one: Pending) -> None:
    invitation = one.invitation
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(invitation.name)}**", width="content")
        st.badge(t(ROLE_NAMES[invitation.role]))
        if one.has_expired:
            st.badge(t("Expired"), color="red")
    st.caption("  \n".join(plain(line) for line in _lines(event, one)))
    if st.button(
        t("Take back the link"), key=f"people.take_back.{invitation.id}", icon=":material/link_off:"
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
        st.info(t("Nobody has a key of their own yet."))
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
            _offer_to_remove(key, is_me=is_me)


def _offer_to_remove(key: AccessKey, *, is_me: bool) -> None:
    label = t("Remove yourself") if is_me else t("Remove {name}", name=plain(key.name))
    with st.popover(label, icon=":material/person_remove:"):
        if is_me:
            st.caption(t("You are signed out at once, and your key opens nothing from then on."))
        else:
            st.caption(
                t(
                    "The key opens nothing from then on, and no link of theirs that is still open "
                    "does. What this person did stays."
                )
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
