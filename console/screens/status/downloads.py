"""The list and the log of the mails, to download."""

import streamlit as st

from console.screens.status import taking_all
from console.tables import TableOrder
from console.text import t
from console.widgets.table_download import link_to_table, show_asked

_PLACE = "status"


def show_downloads(event_id: int) -> None:
    labels = {
        "volunteers.csv": t("Download as {format}", format="CSV"),
        "volunteers.xlsx": t("Download as {format}", format="Excel"),
        "mails.csv": t("Mail log (CSV)"),
    }
    with st.container(horizontal=True):
        for file, label in labels.items():
            link_to_table(_PLACE, label, TableOrder(file, event_id))
        taking_all.show_button()
    show_asked(_PLACE)
