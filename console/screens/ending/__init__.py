"""What to do with an event that is over: archive it, download its data, delete it."""

import streamlit as st

from console.navigation import page
from console.screens.ending.archiving import show_archiving
from console.screens.ending.deleting import IS_DELETED, show_deleting
from console.screens.ending.keeping import show_keeping
from console.session import reading
from console.text import t
from shared.events.installation import first_event_id


def show() -> None:
    if IS_DELETED.take():
        st.switch_page(page("events"))
    st.title(t("Archive and delete"))
    with reading() as (session, event):
        is_default = first_event_id(session) == event.id
    show_archiving(event)
    show_keeping(event)
    show_deleting(event, is_default=is_default)
