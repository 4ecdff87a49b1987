"""The people of the event, each of whom can be removed."""

import streamlit as st

from console.session import changing
from console.text import plain, t, written_time
from console.widgets.roles import ROLE_NAMES
from shared.access.people import Person, remove_person
from shared.access.roles import Permission
from shared.storage.models import AccessKey, Event


def show_people(event: Event, people: list[Person], mine: int | None) -> None:
    """`mine` is the reader's own key, if they have one."""
    if not people:
        st.info(t("Nobody has a key of their own yet."))
        return
    for person in people:
        with st.container(border=True):
            _show(event, person, is_me=person.key.id == mine)


def _show(event: Event, person: Person, *, is_me: bool) -> None:
    key = person.key
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(key.name)}**", width="content")
        st.badge(t(ROLE_NAMES[key.role]))
        if is_me:
            st.badge(t("You"), color="green")
        if person.has_expired:
            st.badge(t("Expired"), color="red")
    st.caption("  \n".join(plain(line) for line in _lines(event, person)))
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


def _lines(event: Event, person: Person) -> list[str]:
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
