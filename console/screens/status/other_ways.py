"""Links for people whom mail does not reach: a table for organizers, and a poster."""

from functools import partial

import streamlit as st

from console.session import actor, installation, may
from console.tables import XLSX
from console.text import language, t
from shared.certificates import link_sheets, posters
from shared.events import audit
from shared.events.actor import Actor
from shared.events.roles import Permission
from shared.language import LANGUAGE_NAMES
from shared.storage.models import Action, Event


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
            _offer(
                "poster.pdf",
                t("Poster (PDF)"),
                partial(_poster, event_id, chosen),
                "application/pdf",
            )
            # Anybody with a link is taken for its person.
            if may(Permission.CHANGE_TEXTS):
                table = partial(_links, event_id, actor())
                _offer(link_sheets.FILE, t("Personal links (Excel)"), table, XLSX)


def _offer(file: str, label: str, made: "partial[bytes]", media_type: str) -> None:
    st.download_button(
        label,
        made,
        file,
        media_type,
        on_click="ignore",
        icon=":material/download:",
        key=f"status.download.{file}",
    )


def _poster(event_id: int, chosen: str) -> bytes:
    served = installation()
    with served.database.reading() as session:
        event = session.get_one(Event, event_id)
    return posters.poster(served.settings, event, chosen)


def _links(event_id: int, by: Actor) -> bytes:
    served = installation()
    with served.database.writing(by=by) as session:
        audit.record(session, Action.EXPORTED, event_id, fields=[link_sheets.FILE])
    with served.database.reading() as session:
        event = session.get_one(Event, event_id)
        return link_sheets.link_sheet(session, served.settings, served.seal, event)
