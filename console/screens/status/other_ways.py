"""Links for people whom mail does not reach: a table for organizers, and a poster."""

from functools import partial

import streamlit as st

from console.session import Reader, installation, may, reader
from console.tables import TableOrder
from console.text import language, t
from console.widgets.table_download import link_to_table, show_asked
from shared.access.roles import Permission
from shared.certificates import posters
from shared.language import LANGUAGE_NAMES
from shared.storage.models import Event

_PLACE = "status.other_ways"


def show(event_id: int) -> None:
    with st.expander(t("When mail does not arrive"), icon=":material/qr_code_2:"):
        st.caption(t("On the poster people ask for their own link by address; it comes by mail."))
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
                partial(_poster, event_id, chosen, reader()),
                "poster.pdf",
                "application/pdf",
                on_click="ignore",
                icon=":material/download:",
                key="status.download.poster.pdf",
            )
            if may(Permission.CHANGE_TEXTS):
                order = TableOrder("links.xlsx", event_id)
                link_to_table(_PLACE, t("Personal links (Excel)"), order)
        show_asked(_PLACE)


def _poster(event_id: int, chosen: str, asking: Reader) -> bytes:
    """Made for a reader who may still export. Raises NotAllowed, RoleTooLow and EventUnknown."""
    served = installation()
    asking.actor(event_id, Permission.EXPORT)
    with served.database.reading() as session:
        event = session.get_one(Event, event_id)
    return posters.poster(served.settings, event, chosen)
