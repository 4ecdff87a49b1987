"""Starting a rehearsed event for real: what the rehearsal left is removed."""

import streamlit as st

from console.session import actor, installation, long_work, say
from console.text import t, tn
from shared.events.roles import Permission
from shared.mail.rehearsal.rehearsed import forget_rehearsal


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
    if st.button(t("Begin for real"), type="primary", icon=":material/rocket_launch:"):
        with long_work(Permission.SEND, t("The rehearsal is being forgotten …")) as told:
            forget_rehearsal(installation().database, event_id, told, actor())
            say(t("The list is as new: now send the invitations."))
    st.caption(
        t(
            "What the rehearsal left is forgotten: statuses, names that were entered, and "
            "certificates. The list with its names and the design stay; everybody gets a new link."
        )
    )
