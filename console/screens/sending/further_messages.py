"""Messages with no other place on the screen: a button for each kind that has an audience."""

import streamlit as st

from console.long_work import long_work
from console.session import actor, installation, reading, say
from console.text import t, tn
from shared.access.roles import Permission
from shared.acts.queue_kind import QueueKind, count_lacking
from shared.acts.run import run
from shared.mail.kinds.registry import Kind, offered


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
                run(installation().database, QueueKind(kind), event_id, by=actor(), progress=told)
                say(t("The messages are on their way."))
