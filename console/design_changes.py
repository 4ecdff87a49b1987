"""Changes to the certificate from a screen: prepared first, then stored while the event is
locked."""

from typing import Any

import streamlit as st

from console.session import EVENT_ID, installation, reading, refusing, say, writing
from console.widgets.pressed import act_button
from shared.access.roles import Permission
from shared.certificates.designs.changes import Change, CheckedChange, prepare, store
from shared.storage.models import Design, Event


def store_change(change: Change) -> Design:
    """Store the change, and return the design that it made.

    Raises RoleTooLow, EventUnknown, and the errors of the change.
    """
    with reading() as (session, event):
        prepared = prepare(session, event, change)
    with writing(Permission.CHANGE_DESIGN) as (session, event):
        store(session, event, prepared)
        return change.current(event)


def change_button(label: str, key: str, change: Change, done: str, **looks: Any) -> None:
    """Draw a button that stores the change."""
    event_id = EVENT_ID.get()

    def prepared() -> CheckedChange:
        with installation().database.reading() as session:
            return prepare(session, session.get_one(Event, event_id), change)

    act_button(label, key, store, Permission.CHANGE_DESIGN, done, first=prepared, **looks)


def change_design(change: Change, done: str = "") -> None:
    """Store the change, say that it is `done`, and redraw the screen; a refusal is shown in
    place."""
    with refusing():
        store_change(change)
        if done:
            say(done)
        st.rerun()
