"""The list and the log of the mails, to download."""

import streamlit as st

from console.screens.status import taking_all
from console.tables import address_of
from console.text import t


def show_downloads(event_id: int) -> None:
    labels = {
        "volunteers.csv": t("Download as {format}", format="CSV"),
        "volunteers.xlsx": t("Download as {format}", format="Excel"),
        "mails.csv": t("Mail log (CSV)"),
    }
    with st.container(horizontal=True):
        for file, label in labels.items():
            # Not a download button, which keeps the whole file in memory.
            st.link_button(label, address_of(event_id, file), icon=":material/download:")
        taking_all.show_button()
