"""A list is brought: pasted or uploaded, checked, and only then stored."""

from dataclasses import replace

import streamlit as st

from console.screens.volunteers import tidying
from console.screens.volunteers.checking import CHECKED, show_check
from console.screens.volunteers.columns import read_as_said
from console.screens.volunteers.entering import WAY, pasted, uploaded
from console.session import reading, require
from console.text import t, tn
from shared.access.roles import Permission
from shared.language import N_
from shared.volunteers.people.listing import Listing

# Lines of a file that is compared without being asked to, also while its columns are chosen: a
# fifth of a second.
_CHECKED_AT_ONCE = 5_000


def show() -> None:
    # The window is drawn again without its screen, perhaps long after.
    require(Permission.CHANGE_LIST)
    with reading() as (session, event):
        known, event_id = Listing(session, event).count, event.id
    st.caption(
        tn(
            "{count} person is on the list. Adding the same list twice is harmless.",
            "{count} people are on the list. Adding the same list twice is harmless.",
            known,
        )
    )
    ways = {"paste": N_("Paste"), "upload": N_("Upload a file")}
    WAY.keep("paste")
    way = st.segmented_control(
        t("How to enter the list"), list(ways), required=True,
        format_func=lambda way: t(ways[way]), key=WAY.name,
    )  # fmt: skip
    entered = pasted(event_id) if way == "paste" else uploaded()
    draft = read_as_said(event, tidying.taken_out(entered)) if entered else None
    if draft:
        draft = replace(draft, pasted=tidying.corrected(event_id, draft.pasted))
        draft = replace(draft, pasted=tidying.with_taken(draft))
    if draft and way == "upload" and len(draft.entered.rows) <= _CHECKED_AT_ONCE:
        CHECKED.set(draft.fingerprint)
    # Always there: pasted text reaches us only when something else is pressed.
    if st.button(t("Check the list"), type="primary", icon=":material/fact_check:"):
        CHECKED.set(draft.fingerprint if draft else None)
        if entered is None:
            st.info(t("Paste the list first.") if way == "paste" else t("Choose a file first."))
    if draft and CHECKED.get() == draft.fingerprint:
        show_check(draft)
