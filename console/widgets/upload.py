"""A file upload: processed once, with its error shown as long as the file is there."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

from console.session import refuse, say, writing
from console.session_key import SessionKey
from console.text import in_words, t
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.storage.models import Event

Accepted = TypeVar("Accepted")
# Processes the file's bytes before the event is locked; returns what to store.
Accept = Callable[[bytes], Accepted]
# Stores it; returns the message for success.
Take = Callable[[Session, Event, Accepted], str]


def show_upload(
    label: str,
    key: SessionKey[Any],
    accept: Accept[Accepted],
    take: Take[Accepted],
    needed: Permission,
    types: Sequence[str] | None = None,
) -> None:
    uploaded = st.file_uploader(label, type=types, key=key.name)
    if uploaded is None:
        return
    # Every rerun shows the same file again.
    last: SessionKey[tuple[str, str]] = key.of("taken")
    taken, refusal = last.get(("", ""))
    if taken != uploaded.file_id:
        last.set((uploaded.file_id, ""))
        try:
            # The largest pictures take several seconds.
            with st.spinner(t("Reading the file …")):
                accepted = accept(uploaded.getvalue())
            _store(take, needed, accepted)
        except ProductError as problem:
            said = in_words(problem)
            last.set((uploaded.file_id, said))
            refuse(said)
    elif refusal:
        st.error(refusal)


def _store(take: Take[Accepted], needed: Permission, accepted: Accepted) -> None:
    with writing(needed) as (session, event):
        said = take(session, event, accepted)
    say(said)
    st.rerun()
