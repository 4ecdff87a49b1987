"""Everything of the event in one file, to keep."""

import streamlit as st

from console import archives
from console.session import actor, installation, require
from console.session_key import SessionKey
from console.text import t
from shared.access.roles import Permission
from shared.log import audit
from shared.storage.models import Action, Event

_ORDERED = SessionKey[str]("ending.ordered")


def show_keeping(event: Event) -> None:
    st.header(t("Keep everything in one file"))
    st.markdown(
        t(
            "A ZIP with the table of people, every mail, the log of who did what, and all designs "
            "with their pictures and fonts. Links and passwords are not in it."
        )
    )
    with_certificates = st.checkbox(t("Certificates, too; drawing many takes a while"))
    if st.button(t("Make the file")):
        _order(event, with_certificates=with_certificates)
    if _ORDERED.of(event.id).is_set():
        _show_download(event.id)


def _order(event: Event, *, with_certificates: bool) -> None:
    require(Permission.DELETE)
    with installation().database.writing(by=actor()) as session:
        audit.record(session, Action.EXPORTED, event.id, fields=["archive"])
    key = archives.order(event.id, with_certificates=with_certificates)
    _ORDERED.of(event.id).set(key)


@st.fragment(run_every=1)
def _show_download(event_id: int) -> None:
    """The link to the file, and then its progress."""
    key = _ORDERED.of(event_id).get()
    if key is None:
        return
    share = archives.share_of(key)
    if share is None:
        st.link_button(t("Download the file"), f"/archives/{key}", type="primary")
    elif share < 1:
        said = t("The file is written while it is downloaded.")
        st.progress(share, f"{said} {share:.0%}")
    else:
        st.success(t("The file is complete."))
