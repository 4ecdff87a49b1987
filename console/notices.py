"""Above every screen: changes by others to account and keys, until the reader has seen them."""

import streamlit as st

from console.session import actor, changing, reading
from console.text import plain, t, written_time
from console.widgets.actions import action_name, actor_name, field_names
from shared.access.roles import Permission
from shared.log import notices
from shared.storage.models import AuditEntry, Event


def show_notices() -> None:
    """For readers who may see the log; call with the event in hand."""
    with reading() as (session, event):
        found = notices.unread(session, event, actor())
    if not found:
        return
    with st.container(border=True, key="notices.box"):
        title = t("Changed by others")
        st.markdown(f":material/notifications: **{title}**")
        st.markdown("\n".join(f"- {_told(event, entry)}" for entry in found))
        if st.button(t("I have seen this"), key=f"notices.seen.{event.id}"):
            with changing(Permission.SEE_LOG) as (session, locked):
                notices.dismiss(session, locked)


def _told(event: Event, entry: AuditEntry) -> str:
    said = (written_time(entry.at, event), actor_name(entry), action_name(entry.action))
    return " · ".join(plain(part) for part in (*said, field_names(entry)) if part)
