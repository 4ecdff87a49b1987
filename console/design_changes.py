"""Changing the certificate from a screen."""

import streamlit as st

from console.session import reading, refusing, say, writing
from shared.access.roles import Permission
from shared.certificates.designs.changes import Change, prepare, store
from shared.storage.models import Design


def store_change(change: Change) -> Design:
    """Prepare the change before the event is locked, and store it; the design that it made.

    Raises RoleTooLow, EventUnknown, and what the change raises.
    """
    with reading() as (session, event):
        prepared = prepare(session, event, change)
    with writing(Permission.CHANGE_DESIGN) as (session, event):
        store(session, event, prepared)
        return change.current(event)


def change_design(change: Change, done: str = "") -> None:
    """Store the change, say that it is `done`, and draw the screen anew; a refusal is shown in
    place."""
    with refusing():
        store_change(change)
        if done:
            say(done)
        st.rerun()
