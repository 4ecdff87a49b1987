"""Erasing somebody who asked for it, after saying what that means."""

import streamlit as st

from console import previews
from console.session import changing, installation
from console.session_key import SessionKey
from console.text import plain, t
from shared.access.roles import Permission
from shared.addresses import readable_address
from shared.privacy.erasure import erase
from shared.storage.models import Volunteer

_SURE = SessionKey[bool]("status.erase.sure")


def offer_to_erase(person: Volunteer) -> None:
    with (
        st.popover(t("Erase this person"), icon=":material/delete_forever:"),
        st.container(key=f"status.erase.{person.id}"),
    ):
        st.markdown(
            t(
                "Everything that is known of {address} goes: names, number, columns, mails. Their "
                "link opens nothing any more, their certificate is withdrawn, and this event does "
                "not write to them again. The counts stay. Nobody can undo this.",
                address=plain(readable_address(person.email)),
            )
        )
        is_sure = st.checkbox(t("Yes, for good"), key=_SURE.of(person.id).name)
        if st.button(t("Erase"), type="primary", disabled=not is_sure):
            _erase(person)


def _erase(person: Volunteer) -> None:
    try:
        with changing(Permission.DELETE, t("Erased.")) as (session, event):
            erase(session, installation().seal, event.id, person.id)
    finally:
        previews.forget_all()
        installation().database.empty_journal()
