"""The table of the event, one person's history, and the export."""

import streamlit as st

from console.long_work import follow
from console.screens.status import by_group, many, other_ways
from console.screens.status.downloads import show_downloads
from console.screens.status.people import show_names, show_people
from console.screens.status.person import show_person
from console.session import may, reading
from console.text import t
from console.widgets.bars import mailed_and_back, show_bars, show_numbers
from shared.access.roles import Permission
from shared.volunteers.people.progress import EventProgress, event_progress


def show() -> None:
    st.title(t("Status"))
    with reading() as (session, event):
        progress = event_progress(session, event)
    if not progress.total:
        st.info(t("The list is empty: add recipients first."))
        return
    follow("progress", event_progress, _show_counts, progress)
    in_groups = by_group.count_groups()
    by_group.show_groups(progress, in_groups)
    if may(Permission.EXPORT):
        show_downloads(event.id)
    if may(Permission.SEE_ADDRESSES):
        many.show_button()
        show_people(progress, in_groups.people)
        show_person()
    else:
        show_names(progress)
    if may(Permission.EXPORT):
        other_ways.show(event.id)


def _show_counts(progress: EventProgress) -> None:
    show_bars(progress)
    if progress.mailed:
        show_numbers(mailed_and_back(progress))
