"""Before keys, accounts and events are made or ended, people confirm again who they are."""

from base64 import b64decode, b64encode
from html import escape
from urllib.parse import urlencode

import streamlit as st

from console import presses
from console.navigation import show_window
from console.session import (
    EVENT_ID,
    GOES_ON_AT,
    IS_TO_CONFIRM,
    PRESS,
    PRESS_ELSEWHERE,
    installation,
    network,
    path,
    place,
    say,
    session_of_reader,
)
from console.session_key import SessionKey
from console.signin.routes import TOO_MANY_TRIES, may_go_on
from console.text import in_words, t
from shared.access import drafts, sessions
from shared.access.sessions import SignedIn, identity_of, person_of
from shared.errors import NotAllowed
from shared.settings import settings
from shared.storage.models import ConsoleSession
from shared.storage.sealing.tokens import new_token

# The key under which this tab's press waits.
_KEPT_AS = SessionKey[str]("confirmation.kept_as")


def ask_if_needed() -> None:
    """Show a window over the screen after an action that `session.require` did not allow."""
    if IS_TO_CONFIRM.get(False):
        show_window(t("Confirm that it is you"), _ask, _give_up)


def carry_out(reader: SignedIn) -> None:
    """Carry out what a reader pressed who has come back from confirming at their organization."""
    key = st.query_params.pop("confirmed", "")
    if not key or not reader.is_confirmed:
        return
    with installation().database.writing() as session:
        press = drafts.take(session, installation().seal, _binding(reader.row, key))
    if press:
        presses.carry_out(b64decode(press))
        st.toast(t("Confirmed."))
    else:
        st.toast(t("Confirmed. Now repeat your last step."))


def _give_up() -> None:
    for key in (IS_TO_CONFIRM, PRESS, PRESS_ELSEWHERE, GOES_ON_AT, _KEPT_AS):
        key.take()


def _ask() -> None:
    st.markdown(t("For your security, enter your key again."))
    with installation().database.reading() as session:
        row = session_of_reader(session).row
    if identity_of(row):
        # It asks again, and leads back to this screen, which carries out what was pressed.
        key = _KEPT_AS.keep(new_token())
        if press := PRESS_ELSEWHERE.take():
            with installation().database.writing() as session:
                kept = b64encode(press).decode()
                drafts.keep(session, installation().seal, _binding(row, key), kept)
        onward = GOES_ON_AT.get() or place(confirmed=key)
        query = urlencode({"confirm": "1", "next": onward})
        label = t("Confirm with your organization")
        door = f"{settings().console_path}/signin/organization?{escape(query)}"
        st.html(f'<a href="{door}" target="_self">{label}</a>')
    else:
        with st.form("confirmation.form", border=False):
            token = st.text_input(
                t("The key or token that you signed in with"), type="password", max_chars=200
            )
            if st.form_submit_button(t("Confirm"), type="primary"):
                database = installation().database
                try:
                    sessions.confirm(database, row, token.strip())
                except NotAllowed as refusal:
                    # As on the sign-in page: who sits at another's open browser may not guess on.
                    is_counted = may_go_on(database, network())
                    st.error(in_words(refusal) if is_counted else t(TOO_MANY_TRIES))
                    return
                press, place_to_go = PRESS.take(), GOES_ON_AT.get()
                _give_up()
                if place_to_go:
                    # The page leads there by itself: see `page.js`.
                    goal = escape(settings().console_path + place_to_go)
                    link = f'<a class="goes-on" href="{goal}" target="_self">'
                    st.html(f"{link}{t('Continue')}</a>")
                    return
                if press:
                    presses.carry_out(press)
                    say(t("Confirmed."))
                else:
                    say(t("Confirmed. Now repeat your last step."))
                st.rerun()


def _binding(row: ConsoleSession, key: str) -> tuple[str, ...]:
    """A press waits for its person on its screen, under a key that only the address knows: a link
    that somebody else prepared leads to none."""
    return ("press", *person_of(row), path(), str(EVENT_ID.get()), key)
