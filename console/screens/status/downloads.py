"""The list and the log of the mails, to take along."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from pandas import DataFrame

from console.session import installation
from console.text import t
from shared.storage.models import Event
from shared.volunteers import export

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show_downloads(event_id: int) -> None:
    # Made when it is asked for: a table of 100 000 rows takes seconds.
    with st.container(horizontal=True):
        label = t("Download as {format}", format="CSV")
        _download(label, "volunteers.csv", lambda: export.to_csv(_people(event_id)))
        label = t("Download as {format}", format="Excel")
        _download(
            label, "volunteers.xlsx", lambda: export.to_xlsx(_people(event_id), _tries(event_id))
        )
        label = t("Mail log (CSV)")
        _download(label, "mails.csv", lambda: export.to_csv(_tries(event_id)))


def _download(label: str, file: str, content: Callable[[], bytes]) -> None:
    """`content` is made when the browser asks for it: no cookies and no session state then."""
    st.download_button(
        label,
        content,
        file,
        MEDIA_TYPES[Path(file).suffix],
        on_click="ignore",
        icon=":material/download:",
        key=f"status.download.{file}",
    )


def _people(event_id: int) -> DataFrame:
    served = installation()
    with served.database.reading() as session:
        return export.statuses(session, served.settings, session.get_one(Event, event_id))


def _tries(event_id: int) -> DataFrame:
    with installation().database.reading() as session:
        return export.ledger(session, session.get_one(Event, event_id))
