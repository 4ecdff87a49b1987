"""Confirmation by people who they are, before they create or end keys, accounts and events."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from console.navigation import show_window
from console.session import (
    IS_TO_CONFIRM,
    installation,
    network,
    place,
    say,
    session_of_reader,
)
from console.session_key import SessionKey
from console.signin.routes import TOO_MANY_TRIES, may_go_on
from console.text import in_words, t
from console.widgets.spoken import show_caption, show_paragraph
from shared.access import sessions
from shared.access.sessions import identity_of
from shared.errors import NotAllowed
from shared.settings import settings

# The forms that were opened on this screen.
_OPENED = SessionKey[bool]("confirmation.opened")


def ask_if_needed() -> None:
    """Show a window over the screen if its reader has to confirm who they are."""
    if IS_TO_CONFIRM.get(False):
        show_window(t("Confirm it is you"), _ask, IS_TO_CONFIRM.take)


def comes_first(form: str, *, at_once: bool = False) -> bool:
    """Return whether the reader has to confirm who they are before `form` is opened, and ask them
    to; `at_once` opens the window. A form stays open on its screen, so that no typed text is
    lost."""
    opened = _OPENED.of(form)
    with installation().database.reading() as session:
        if opened.get(False) or session_of_reader(session).may_begin:
            opened.set(True)
            return False
    if at_once:
        IS_TO_CONFIRM.set(True)
        st.rerun()
    show_caption("This gives or removes access.")
    st.button(
        t("Confirm it is you"), key=f"confirmation.{form}", icon=":material/lock:",
        on_click=IS_TO_CONFIRM.set, args=(True,),
    )  # fmt: skip
    return True


def close_forms() -> None:
    """Let readers who return from another screen be asked again."""
    _OPENED.forget_below()


def _ask() -> None:
    show_paragraph("For your security, enter your key again.")
    with installation().database.reading() as session:
        row = session_of_reader(session).row
    if identity_of(row):
        # Their organization asks again and returns them to this screen.
        query = urlencode({"confirm": "1", "next": place()})
        label = t("Confirm with your organization")
        address = f"{settings().console_path}/signin/organization?{escape(query)}"
        st.html(f'<a href="{address}" target="_self">{label}</a>')
        return
    with st.form("confirmation.form", border=False):
        token = st.text_input(
            t("The key or token that you signed in with"), type="password", max_chars=200
        )
        if st.form_submit_button(t("Confirm"), type="primary"):
            database = installation().database
            try:
                sessions.confirm(database, row, token.strip())
            except NotAllowed as refusal:
                # As on the sign-in page, so that nobody guesses keys at another's open browser.
                is_counted = may_go_on(database, network())
                st.error(in_words(refusal) if is_counted else t(TOO_MANY_TRIES))
                return
            IS_TO_CONFIRM.take()
            say(t("Confirmed. Continue where you left off."))
            st.rerun()
