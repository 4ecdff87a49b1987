"""The table of the event, one person's history, and the export."""

from functools import partial

import streamlit as st

from console.downloads import Order
from console.long_work import follow
from console.screens.status import many, people
from console.screens.status.people import show_names, show_people
from console.screens.status.person import show_person
from console.session import Reader, installation, may, reader, reading
from console.text import language, t
from console.widgets.bars import mailed_and_back, show_bars, show_numbers
from console.widgets.table import link_to_table, show_asked
from shared.access.roles import Permission
from shared.events import poster as posters
from shared.language import LANGUAGE_NAMES
from shared.storage.models import Event
from shared.volunteers.people.progress import EventProgress, event_progress

_PLACE = "status"
_OTHER_WAYS = "status.other_ways"


def show() -> None:
    st.title(t("Status"))
    with reading() as (session, event):
        progress = event_progress(session, event)
    if not progress.total:
        st.info(t("The list is empty: add recipients first."))
        return
    follow("progress", event_progress, _show_counts, progress)
    in_groups = people.count_groups()
    people.show_groups(progress, in_groups)
    if may(Permission.EXPORT):
        show_downloads(event.id)
    if may(Permission.SEE_ADDRESSES):
        many.show_button()
        show_people(progress, in_groups.people)
        show_person()
    else:
        show_names(progress)
    if may(Permission.EXPORT):
        with st.expander(t("When mail does not arrive"), icon=":material/qr_code_2:"):
            st.caption(
                t("On the poster people ask for their own link by address; it comes by mail.")
            )
            chosen = st.radio(
                t("Language of the poster"),
                list(LANGUAGE_NAMES),
                index=list(LANGUAGE_NAMES).index(language()),
                format_func=LANGUAGE_NAMES.__getitem__,
                horizontal=True,
            )
            with st.container(horizontal=True):
                st.download_button(
                    t("Poster (PDF)"),
                    partial(_poster, event.id, chosen, reader()),
                    "poster.pdf",
                    "application/pdf",
                    on_click="ignore",
                    icon=":material/download:",
                    key="status.download.poster.pdf",
                )
                if may(Permission.CHANGE_TEXTS):
                    order = Order("links.xlsx", event.id)
                    link_to_table(_OTHER_WAYS, t("Personal links (Excel)"), order)
            show_asked(_OTHER_WAYS)


def _show_counts(progress: EventProgress) -> None:
    show_bars(progress)
    if progress.mailed:
        show_numbers(mailed_and_back(progress))


# The list and the log of the mails, to download
def show_downloads(event_id: int) -> None:
    labels = {
        "volunteers.csv": t("Download as {format}", format="CSV"),
        "volunteers.xlsx": t("Download as {format}", format="Excel"),
        "mails.csv": t("Mail log (CSV)"),
    }
    with st.container(horizontal=True):
        for file, label in labels.items():
            link_to_table(_PLACE, label, Order(file, event_id))
        many.show_download_button()
    show_asked(_PLACE)


# Links for people whom mail does not reach: a table for organizers, and a poster


def _poster(event_id: int, chosen: str, asking: Reader) -> bytes:
    """Made for a reader who may still export. Raises NotAllowed, RoleTooLow and EventUnknown."""
    served = installation()
    asking.actor(event_id, Permission.EXPORT)
    with served.database.reading() as session:
        event = session.get_one(Event, event_id)
    return posters.poster(served.settings, event, chosen)
