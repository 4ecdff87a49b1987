"""A signature from a photograph: seen on the sheet before it is kept."""

from typing import Any

import streamlit as st

from console.screens.certificate import preview, saving
from console.screens.certificate.placing import FIELD
from console.session import reading, writing
from console.session_key import SessionKey
from console.text import t
from console.widgets.upload import as_button, show_upload
from shared.access.roles import Permission
from shared.certificates.designs.artwork import store_picture, template_size
from shared.certificates.designs.gallery import accepted_logo
from shared.rendering.facts import Facts
from shared.rendering.gallery.layouts import SIGNED, with_signature
from shared.rendering.layout import Layout
from shared.rendering.raster.uploaded_images import Template, accept_signature
from shared.storage.models import Design

_BUTTON = SessionKey[Any]("certificate.signing.button")
_PHOTO = SessionKey[Any]("certificate.signing.photo")
_COUNT = SessionKey[int]("certificate.signing.count")
# What was cut out of the last photograph, until it is kept or not.
_SEEN = SessionKey[Template]("certificate.signing.seen")


def offer(place: saving.Place) -> None:
    """The upload of a photograph, for which phones offer their camera."""
    count = _COUNT.of(*place)

    def take(photo: bytes) -> None:
        _SEEN.of(*place).set(accept_signature(photo))
        count.set(count.get(0) + 1)

    show_upload(
        t("Photo of a signature"),
        # A new key for each photograph empties it for the next one.
        _PHOTO.of(*place, count.get(0)),
        take,
        # For types, phones offer their camera; not every system knows the type of a .heic.
        ["image/jpeg", "image/png", "image/heic", ".heic", ".heif"],
        drawn_in=as_button(_BUTTON, t("Sign: a photo of your signature")),
    )


def show_on_sheet(place: saving.Place, design: Design, layout: Layout, facts: Facts) -> bool:
    """Show the sheet with a signature that nobody has decided about; False if there is none."""
    seen = _SEEN.of(*place)
    if (ink := seen.get()) is None:
        return False
    with reading() as (session, _):
        width, height = template_size(session.connection(), design.template_sha256)
    signature = accepted_logo(ink)
    preview.show_draft(
        design, with_signature(layout, signature, width / height), facts,
        t("The certificate with your signature"), unstored={ink.sha256: ink.content},
    )  # fmt: skip
    with st.container(horizontal=True):
        if st.button(
            t("Keep it"), type="primary", key="certificate.signing.keep", icon=":material/check:"
        ):
            # Stored on its own first, so that a layout with it can be drawn before the event is
            # locked.
            with writing(Permission.CHANGE_DESIGN) as (session, event):
                store_picture(session, event, ink)
            saving.save(
                lambda layout: with_signature(layout, signature, width / height),
                t("your signature"),
            )
            FIELD.set(SIGNED)
            seen.take()
            st.rerun()
        if st.button(t("Take another photo"), key="certificate.signing.again"):
            seen.take()
            st.rerun()
    return True
