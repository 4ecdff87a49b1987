"""A file that a screen is given: taken once, and what was wrong with it said as long as it lies
there."""

from collections.abc import Callable, Sequence

import streamlit as st
from sqlalchemy.orm import Session

from console import desk
from shared.errors import ProductError
from shared.models import Event

# What to do with the file's bytes; gives what is said when it went well.
Take = Callable[[Session, Event, bytes], str]


def show_upload(label: str, key: str, take: Take, types: Sequence[str] | None = None) -> None:
    uploaded = st.file_uploader(label, type=types, key=key)
    if uploaded is None:
        return
    # Every rerun shows the same file again.
    taken, refusal = st.session_state.get(f"{key}_taken", ("", ""))
    if taken != uploaded.file_id:
        _take_once(key, uploaded.file_id, uploaded.getvalue(), take)
    elif refusal:
        st.error(refusal)


def _take_once(key: str, file_id: str, content: bytes, take: Take) -> None:
    st.session_state[f"{key}_taken"] = (file_id, "")
    with desk.changing() as (session, event):
        try:
            st.session_state["said"] = take(session, event, content)
        except ProductError as refusal:
            st.session_state[f"{key}_taken"] = (file_id, desk.in_words(refusal))
            raise
