"""Messages with no other place on the screen: a button for each kind that has an audience."""

import streamlit as st

from console.session import actor, installation, long_work, reading, say
from console.text import t, tn
from shared.access.roles import Permission
from shared.mail.kinds.registry import Kind, offered
from shared.mail.queue.enqueue import count_lacking
from shared.mail.queue.long_commands import enqueue_in_turns


def show_further_messages() -> None:
    for kind in offered():
        with reading() as (session, event):
            count = count_lacking(session, event, kind)
        if count:
            _offer(event.id, kind, count)


def _offer(event_id: int, kind: Kind, count: int) -> None:
    with st.expander(t(kind.title), icon=":material/outgoing_mail:"):
        label = tn("Send to {count} person", "Send to {count} people", count)
        if st.button(label, icon=":material/send:", key=f"sending.further.{kind.name}.{event_id}"):
            with long_work(Permission.SEND, t("The messages are being queued …")) as told:
                enqueue_in_turns(installation().database, event_id, kind, told, actor())
                say(t("The messages are on their way."))
