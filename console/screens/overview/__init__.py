"""One event: what is done, what is missing, and its settings."""

import streamlit as st

from console.screens.overview.retention import show_retention
from console.screens.overview.settings import show_settings
from console.screens.overview.steps import show_step, steps
from console.screens.overview.sums import show_sums
from console.session import may, reading
from console.text import plain, t
from console.widgets.first_event import explain_first_event
from console.widgets.new_token import show_new_token
from shared.access.roles import Permission
from shared.events.installation import first_event_id
from shared.volunteers.people.progress import event_progress


def show() -> None:
    with reading() as (session, event):
        progress = event_progress(session, event)
        is_first = event.id == first_event_id(session)
        columns = list(event.known_columns)
    st.title(plain(event.name))
    if is_first:
        explain_first_event()
    if show_new_token():
        st.rerun()
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header(t("Step by step"))
        for step in steps(event, progress):
            show_step(step)
        if progress.came_back:
            counts = {"mailed": f"{progress.mailed:,}", "came_back": f"{progress.came_back:,}"}
            st.caption(
                t("{mailed} mails were taken by mail servers, {came_back} came back.", **counts)
            )
        show_sums(columns)
    with right:
        if may(Permission.CHANGE_TEXTS):
            show_settings(event)
        show_retention(event)
