"""Before keys, accounts and events are made or ended, people confirm again who they are."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from console.session import (
    IS_TO_CONFIRM,
    installation,
    network,
    place,
    say,
    session_of_reader,
)
from console.signin.wrong_tokens import TOO_MANY_TRIES, may_go_on
from console.text import in_words, t
from console.windows import show_window
from shared.errors import NotAllowed
from shared.events import sessions
from shared.events.sessions import identity_of


def ask_if_needed() -> None:
    """Show a window over the screen after an action that `session.require` did not allow."""
    if IS_TO_CONFIRM.get(False):
        show_window(t("Confirm that it is you"), _ask, _give_up)


def _give_up() -> None:
    IS_TO_CONFIRM.take()


def _ask() -> None:
    st.markdown(
        t(
            "This makes or ends what gives access. It is asked for again ten minutes after you "
            "last showed that it is you."
        )
    )
    with installation().database.reading() as session:
        is_by_organization = identity_of(session_of_reader(session).row) is not None
    if is_by_organization:
        _send_to_organization()
    else:
        _ask_for_key()


def _send_to_organization() -> None:
    """It asks again, and leads back to this screen, where what was typed is lost."""
    query = urlencode({"confirm": "1", "next": place()})
    label = t("Confirm with your organization")
    st.html(f'<a href="/signin/organization?{escape(query)}" target="_self">{label}</a>')


def _ask_for_key() -> None:
    with st.form("confirmation.form", border=False):
        token = st.text_input(
            t("The key or token that you signed in with"), type="password", max_chars=200
        )
        if st.form_submit_button(t("Confirm"), type="primary"):
            _confirm(token.strip())


def _confirm(token: str) -> None:
    database = installation().database
    try:
        with database.reading() as session:
            row = session_of_reader(session).row
        sessions.confirm(database, row, token)
    except NotAllowed as refusal:
        # As on the sign-in page: somebody at another's open browser gets no more guesses.
        is_counted = may_go_on(database, network())
        st.error(in_words(refusal) if is_counted else t(TOO_MANY_TRIES))
        return
    IS_TO_CONFIRM.take()
    say(t("Confirmed. Now do again what you wanted to do."))
    st.rerun()
