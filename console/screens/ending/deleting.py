"""Deleting the event, after its name was typed."""

import streamlit as st

from console.session import EVENT_ID, changing, event_names, may, reading
from console.session_key import SessionKey
from console.text import plain, t
from shared.access.roles import Permission
from shared.events import event_for_change
from shared.events.installation import choose_default
from shared.privacy.deletion import delete_event
from shared.storage.models import Event

# Nobody should land where the next event can be deleted.
IS_DELETED = SessionKey[bool]("ending.is_deleted")


def show_deleting(event: Event, *, is_default: bool) -> None:
    st.header(t("Delete"))
    st.markdown(
        t(
            "Everything goes: people, links, mails, certificates and their verification, keys and "
            "designs. This cannot be undone. The log of who did what stays."
        )
    )
    if not is_default:
        _ask_for_name(event)
    elif may(Permission.MANAGE_EVENTS):
        _ask_for_another(event)
    else:
        st.info(
            t(
                "Programs that name no event work on this one. Ask the owner of this installation "
                "to choose another event for them first."
            )
        )


def _ask_for_name(event: Event) -> None:
    with st.form("ending.delete"):
        typed = st.text_input(
            t("To delete it, type its name: {name}", name=plain(event.name)), max_chars=200
        )
        kept = st.checkbox(t("I have the file with everything, or I do not need it"))
        if st.form_submit_button(t("Delete the event for good"), type="primary"):
            if kept:
                _delete(event.name, typed)
            else:
                st.error(t("Confirm first that you need nothing of the event."))


def _delete(name: str, typed: str) -> None:
    said = t("“{name}” is deleted.", name=plain(name))
    with changing(Permission.DELETE, said) as (session, event):
        delete_event(session, event, typed)
        # The screens are about no event from now on.
        EVENT_ID.set(None)
        IS_DELETED.set(True)
        st.query_params.pop("event", None)


def _ask_for_another(event: Event) -> None:
    with reading() as (session, _):
        names = {one.id: one.name for one in event_names(session) if one.id != event.id}
    st.info(t("Programs that name no event work on this one. Choose another event for them first."))
    other = st.selectbox(
        t("Event for programs that name none"),
        list(names),
        format_func=lambda id: names[id],
        key="ending.another",
    )
    if other and st.button(t("Let them work on that one")):
        name = plain(names[other])
        said = t("Programs that name no event work on “{name}” from now on.", name=name)
        with changing(Permission.MANAGE_EVENTS, said) as (session, _):
            choose_default(session, event_for_change(session, other))
