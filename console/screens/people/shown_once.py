"""Secrets that are shown once: a person's key, or the link by which they get one."""

from dataclasses import dataclass

import streamlit as st

from console.session import installation
from console.session_key import SessionKey
from console.text import plain, t


@dataclass(frozen=True)
class Secret:
    """A secret and whose it is, kept until somebody confirms that it is saved."""

    name: str
    text: str
    is_link: bool


_MADE = SessionKey[Secret]("people.shown_once")


def keep_key(event_id: int, name: str, key: str) -> None:
    _MADE.of(event_id).set(Secret(name, key, is_link=False))


def keep_link(event_id: int, name: str, link: str) -> None:
    _MADE.of(event_id).set(Secret(name, link, is_link=True))


def show_once(event_id: int) -> None:
    """Show the key or link that was made last: only its hash is stored."""
    with st.container():
        made = _MADE.of(event_id).get()
        if made is None:
            return
        with st.container(border=True):
            _show_link(made) if made.is_link else _show_key(made)
            if st.button(t("I have saved it"), type="primary"):
                _MADE.of(event_id).take()
                st.rerun()


def _show_link(made: Secret) -> None:
    st.header(t("The link for {name}", name=plain(made.name)))
    st.markdown(t("Copy it now and send it in private. It is shown only this once."))
    st.code(made.text, language=None, wrap_lines=True)
    st.caption(t("It works once, within 7 days: whoever opens it gets a key of their own."))


def _show_key(made: Secret) -> None:
    st.header(t("The key of {name}", name=plain(made.name)))
    st.markdown(t("Copy it now and hand it over in private. It is shown only this once."))
    st.code(made.text, language=None, wrap_lines=True)
    address = installation().settings.console_url
    st.caption(t("Whoever has it signs in at {address} and sees this event.", address=address))
