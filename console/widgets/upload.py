"""File uploads: each file is processed once and gone then, or stays with the reason why not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import streamlit as st

from console.session import refuse, say
from console.session_key import SessionKey
from console.streamlit_edge.names import DeltaGenerator, UploadedFile
from console.text import in_words, t
from shared.errors import ProductError

# How many files an upload has taken: it is part of its key, so that it is empty after each.
_COUNT = SessionKey[int]("upload.count")


def empty_upload(key: SessionKey[Any]) -> None:
    """Let the upload at this place begin without its file."""
    count = _COUNT.of(key.name)
    count.set(count.get(0) + 1)


@contextmanager
def as_button(place: SessionKey[Any], label: str) -> Iterator[None]:
    """Make the upload that is drawn within look like a button with this label, instead of a field
    as wide as the screen."""
    around = f".st-key-{place.name.replace('.', '-')}"
    zone = f"{around} [data-testid=stFileUploaderDropzone]"
    said = label.replace('"', "”")
    st.html(
        f"""<style>
        {around} [data-testid=stWidgetLabel],
        {around} [data-testid=stFileUploaderDropzoneInstructions]
        {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
        {around} [data-testid=stElementContainer] {{ min-width: 0; }}
        {zone} {{ padding: 0; min-height: 0; background: none; border: 0; }}
        {zone} button p {{ font-size: 0; }}
        {zone} button p::after {{ content: " {said}"; font-size: .875rem; }}
        </style>"""
    )
    with st.container(key=place.name, width="content"):
        yield


def show_upload(
    label: str,
    key: SessionKey[Any],
    take: Callable[[bytes], str | None],
    types: Sequence[str] | None = None,
    is_ready: Callable[[UploadedFile], bool] = lambda _: True,
    drawn_in: AbstractContextManager[None] = nullcontext(),
    said_in: DeltaGenerator | None = None,
) -> None:
    """Draw an upload; `take` stores a file's bytes and returns what to say then, or raises
    ProductError, which is shown.

    `is_ready` returns whether all is known that a new file needs, and may ask for it. `drawn_in`
    may be `as_button`. Questions and sentences about the file appear under it, or in `said_in`.
    """
    with drawn_in:
        uploaded = st.file_uploader(label, type=types, key=key.of(_COUNT.of(key.name).get(0)).name)
    if uploaded is None:
        return
    # Every rerun shows the same file again.
    last: SessionKey[tuple[str, str]] = key.of("taken")
    taken, refusal = last.get(("", ""))
    with said_in or st.container():
        if taken == uploaded.file_id:
            if refusal:
                st.error(refusal)
        elif is_ready(uploaded):
            last.set((uploaded.file_id, ""))
            try:
                # The largest pictures take several seconds.
                with st.spinner(t("Reading the file …")):
                    done = take(uploaded.getvalue())
                empty_upload(key)
                if done:
                    say(done)
                st.rerun()
            except ProductError as problem:
                refused = in_words(problem)
                last.set((uploaded.file_id, refused))
                refuse(refused)
