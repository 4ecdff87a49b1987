"""The log as a file, as far as the filters select it."""

from functools import partial

import streamlit as st
from pandas import DataFrame

from console.session import actor, installation
from console.text import t
from shared.events import audit, audit_log
from shared.events.actor import Actor
from shared.events.audit_log import Wanted
from shared.storage.models import Action
from shared.volunteers.export import to_csv

FILE = "log.csv"


def offer_download(wanted: Wanted) -> None:
    st.download_button(
        t("Download as {format}", format="CSV"),
        # Made on request, when there are no cookies and no session state.
        partial(exported, wanted, actor()),
        FILE,
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        key="log.download",
    )


def exported(wanted: Wanted, by: Actor) -> bytes:
    """The wanted entries as CSV; the log records who downloaded them."""
    database, event_id = installation().database, wanted.event.id if wanted.event else None
    with database.writing(by=by) as session:
        audit.record(session, Action.EXPORTED, event_id, fields=[FILE])
    with database.reading() as session:
        told = [audit_log.told(entry) for entry in audit_log.entries(session, wanted)]
    return to_csv(DataFrame([one | {"fields": " ".join(one["fields"])} for one in told]))
