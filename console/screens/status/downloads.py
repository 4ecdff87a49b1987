"""The list and the log of the mails, to download."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st
from pandas import DataFrame

from console.screens.status import taking_all
from console.session import actor, installation
from console.text import t
from shared.events import audit
from shared.events.actor import Actor
from shared.storage.models import Action, Event
from shared.volunteers import export

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show_downloads(event_id: int) -> None:
    labels = {
        "volunteers.csv": t("Download as {format}", format="CSV"),
        "volunteers.xlsx": t("Download as {format}", format="Excel"),
        "mails.csv": t("Mail log (CSV)"),
    }
    by = actor()
    with st.container(horizontal=True):
        for file, label in labels.items():
            # Made on request, since a table of 100 000 rows takes seconds; there are no cookies and
            # no session state then.
            st.download_button(
                label,
                partial(exported, event_id, file, by),
                file,
                MEDIA_TYPES[Path(file).suffix],
                on_click="ignore",
                icon=":material/download:",
                key=f"status.download.{file}",
            )
        taking_all.show_button()


def exported(event_id: int, file: str, by: Actor) -> bytes:
    """The file of this name; the log records who downloaded it."""
    with installation().database.writing(by=by) as session:
        audit.record(session, Action.EXPORTED, event_id, fields=[file])
    return _CONTENTS[file](event_id)


def _people(event_id: int) -> DataFrame:
    served = installation()
    with served.database.reading() as session:
        return export.statuses(session, served.settings, session.get_one(Event, event_id))


def _workbook(event_id: int) -> bytes:
    """The people with their numbers as numbers, the mails, and the sums."""
    people, tries = _people(event_id), _tries(event_id)
    with installation().database.reading() as session:
        event = session.get_one(Event, event_id)
        return export.to_xlsx(export.with_numbers(event, people), tries, export.sums(event))


def _tries(event_id: int) -> DataFrame:
    with installation().database.reading() as session:
        return export.ledger(session, session.get_one(Event, event_id))


_CONTENTS: dict[str, Callable[[int], bytes]] = {
    "volunteers.csv": lambda event_id: export.to_csv(_people(event_id)),
    "volunteers.xlsx": _workbook,
    "mails.csv": lambda event_id: export.to_csv(_tries(event_id)),
}
