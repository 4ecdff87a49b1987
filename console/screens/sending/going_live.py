"""Starting a rehearsed event for real: what the rehearsal left is counted, and then removed."""

import streamlit as st

from console.long_work import long_work
from console.session import actor, installation, reading, say
from console.session_key import SessionKey
from console.text import t, tn
from console.windows import show_window
from shared.access.roles import Permission
from shared.acts.begin_for_real import begin_for_real, count_left

_IS_ASKING = SessionKey[bool]("sending.begin_for_real")


def offer_to_begin(event_id: int, rehearsed: int) -> None:
    """For an event that is live now; `rehearsed` people were invited while it was not."""
    st.warning(
        tn(
            "{count} person was invited in rehearsal only: no mail reached them.",
            "{count} people were invited in rehearsal only: no mail reached them.",
            rehearsed,
        ),
        icon=":material/theater_comedy:",
    )
    asking = _IS_ASKING.of(event_id)
    if st.button(t("Begin for real"), type="primary", icon=":material/rocket_launch:"):
        asking.set(True)
    if asking.get(False):
        show_window(t("Begin for real"), lambda: _ask(event_id), lambda: _stop_asking(event_id))


def _stop_asking(event_id: int) -> None:
    _IS_ASKING.of(event_id).take()


def _ask(event_id: int) -> None:
    with reading() as (session, event):
        left = count_left(session, event)
    st.markdown(t("This is forgotten for ever:"))
    forgotten = (
        tn(
            "the status and the link of {count} person",
            "the statuses and the links of {count} people",
            left.people,
        ),
        tn("{count} name that was entered", "{count} names that were entered", left.names),
        tn("{count} certificate", "{count} certificates", left.certificates),
        tn("{count} mail in the mailbox here", "{count} mails in the mailbox here", left.mails),
    )
    st.markdown("\n".join(f"- {one}" for one in forgotten))
    st.caption(t("The list with its names and the design stay; everybody gets a new link."))
    if st.button(
        t("Forget the rehearsal and begin"), type="primary", key=f"sending.begin.{event_id}"
    ):
        _stop_asking(event_id)
        with long_work(Permission.SEND, t("The rehearsal is being forgotten …")) as told:
            begin_for_real(installation().database, event_id, by=actor(), progress=told)
            say(t("The list is as new: now send the invitations."))
