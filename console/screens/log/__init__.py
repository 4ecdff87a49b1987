"""Who did what on the event: searched, filtered, page by page, and as a file."""

import streamlit as st

from console.screens.log.download import offer_download
from console.screens.log.filters import chosen
from console.screens.log.rows import rows
from console.session import reading
from console.session_key import SessionKey
from console.text import t
from shared.log import audit_log
from shared.log.audit_log import PAGE_SIZE, Place, Wanted
from shared.storage.models import AuditEntry

# Where the pages before the shown one end; None is where the first begins.
_PLACES = SessionKey[list[Place]]("log.places")


def show() -> None:
    st.title(t("Who did what"))
    st.caption(
        t(
            "Every change by a person, every export and every look at personal links. Volunteers "
            "are named by their number, fields without what stands in them; nobody can change "
            "an entry."
        )
    )
    with reading() as (session, event):
        wanted = chosen(session, event)
        places = _places(wanted)
        behind = places.get([])
        found = audit_log.page(session, wanted, behind[-1] if behind else None, PAGE_SIZE + 1)
        shown = rows(session, event, found[:PAGE_SIZE])
    if not shown:
        st.info(t("Nothing of this kind is in the log."))
    else:
        st.dataframe(shown, hide_index=True, alt=t("Who did what"))
    _turn_over(places, found)
    offer_download(wanted)


def _places(wanted: Wanted) -> SessionKey[list[Place]]:
    """The places for this choice: other filters have other pages, so each begins with its
    newest."""
    chosen = {**vars(wanted), "event": wanted.event and wanted.event.id}
    return _PLACES.of(hash(str(chosen)))


def _turn_over(places: SessionKey[list[Place]], found: list[AuditEntry]) -> None:
    """To newer and older entries, at the same cost however long the log is."""
    behind = places.get([])
    has_older = len(found) > PAGE_SIZE
    if not behind and not has_older:
        return
    with st.container(horizontal=True):
        if st.button(t("Newer"), icon=":material/arrow_back:", disabled=not behind):
            places.set(behind[:-1])
            st.rerun()
        if st.button(t("Older"), icon=":material/arrow_forward:", disabled=not has_older):
            places.set([*behind, audit_log.place_of(found[PAGE_SIZE - 1])])
            st.rerun()
