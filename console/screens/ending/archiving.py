"""Take an event off the list of events, or put it back."""

import streamlit as st

from console.session import changing
from console.text import t
from shared.access.roles import Permission
from shared.events import archive_event, bring_back
from shared.storage.models import Event


def show_archiving(event: Event) -> None:
    st.header(t("Archive"))
    if event.archived_at:
        _offer_return()
    else:
        _offer_archive()


def _offer_archive() -> None:
    st.markdown(
        t(
            "An archived event leaves the list of events. Links and certificates go on working, "
            "and it can be brought back at any time."
        )
    )
    if st.button(t("Archive the event")):
        with changing(Permission.DELETE, t("The event is archived.")) as (session, event):
            archive_event(session, event)


def _offer_return() -> None:
    st.markdown(t("The event is archived: it is not in the list of events."))
    if st.button(t("Bring it back")):
        with changing(Permission.DELETE, t("The event is in the list again.")) as (session, event):
            bring_back(session, event)
