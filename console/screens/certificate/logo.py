"""A logo for a gallery design; it is stored only as part of the design's image."""

from typing import Any

import streamlit as st

from console.session_key import SessionKey
from console.text import in_words, t
from shared.errors import PictureRefused, ReadersBusy
from shared.rendering.raster.uploaded_images import accept_inset

_UPLOAD = SessionKey[Any]("certificate.gallery.logo")
# The file that was last read, and the result.
_ACCEPTED = SessionKey[tuple[str, bytes]]("certificate.gallery.accepted_logo")


def ask(event_id: int) -> bytes | None:
    """The uploaded logo as PNG; errors are shown."""
    uploaded = st.file_uploader(
        t("Logo (PNG or JPEG)"), ["png", "jpg", "jpeg"], key=_UPLOAD.of(event_id).name
    )
    if uploaded is None:
        return None
    accepted = _ACCEPTED.of(event_id)
    if accepted.get(("", b""))[0] != uploaded.file_id:
        try:
            accepted.set((uploaded.file_id, accept_inset(uploaded.getvalue()).content))
        except (PictureRefused, ReadersBusy) as refusal:
            st.error(in_words(refusal))
            return None
    return accepted.get(("", b""))[1]
