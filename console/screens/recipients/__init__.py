"""The list: pasted or uploaded, checked, and only then stored."""

from dataclasses import replace

import streamlit as st
from sqlalchemy.orm import Session

from console.long_work import follow
from console.screens.recipients import kinds, tidying, undoing
from console.screens.recipients.checking import CHECKED, show_check
from console.screens.recipients.columns import read_as_said
from console.screens.recipients.entering import pasted, uploaded
from console.session import reading
from console.text import t, tn
from shared.language import N_
from shared.storage.models import Event
from shared.volunteers.people.listing import Listing


def show() -> None:
    st.title(t("Recipients"))
    with reading() as (session, event):
        known, event_id = _how_many(session, event), event.id
    follow("known", _how_many, _say_how_many, known)
    undoing.show()
    kinds.show_button(event)
    ways = {"paste": N_("Paste"), "upload": N_("Upload a file")}
    way = st.segmented_control(
        t("How to enter the list"), list(ways), default="paste", required=True,
        format_func=lambda way: t(ways[way]), key="recipients.way",
    )  # fmt: skip
    entered = pasted(event_id) if way == "paste" else uploaded()
    draft = read_as_said(event, tidying.taken_out(entered)) if entered else None
    if draft:
        draft = replace(draft, pasted=tidying.corrected(event_id, draft.pasted))
        draft = replace(draft, pasted=tidying.with_taken(draft))
    # Always there: pasted text reaches us only when something else is pressed.
    if st.button(t("Check the list"), type="primary", icon=":material/fact_check:"):
        CHECKED.set(draft.fingerprint if draft else None)
        if entered is None:
            st.info(t("Paste the list first.") if way == "paste" else t("Choose a file first."))
    if draft and CHECKED.get() == draft.fingerprint:
        show_check(draft)


def _how_many(session: Session, event: Event) -> int:
    return Listing(session, event).count


def _say_how_many(known: int) -> None:
    st.caption(
        tn(
            "{count} person is on the list. Adding the same list twice is harmless.",
            "{count} people are on the list. Adding the same list twice is harmless.",
            known,
        )
    )
