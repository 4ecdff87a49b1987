"""The certificate's image: the first one, replacing it, and how it comes out in print."""

from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.group_choice import chosen
from console.screens.certificate import gallery
from console.session import changing, installation, reading
from console.session_key import SessionKey
from console.text import t
from console.widgets.upload import show_upload
from shared.certificates import designs
from shared.certificates.issuing import sample_link
from shared.events.roles import Permission
from shared.language import N_
from shared.rendering.pages.uploaded_page import why_no_page
from shared.rendering.raster.uploaded_images import (
    PrintSize,
    Template,
    draw_sample_template,
    print_size,
)
from shared.rendering.uploaded_template import accept_upload
from shared.storage.models import Design, Event, Picture

_TEMPLATE = SessionKey[Any]("certificate.template")
# The SHA-256 of what was uploaded, and what was found in it.
_FOUND = SessionKey[tuple[str, tuple[str, ...]]]("certificate.found")

PRINT_VERDICTS = {
    "sharp": N_("{width} × {height} pixels: {paper} at {dpi} dpi, sharp in print."),
    "fair": N_("{width} × {height} pixels: {paper} at {dpi} dpi, fair in print."),
    "soft": N_("{width} × {height} pixels: {paper} at {dpi} dpi, soft in print."),
}


def ask_for_first() -> None:
    st.markdown(
        t(
            "Upload the finished certificate without a name: a PDF or SVG, or a picture (PNG or "
            "JPEG; A4 at 300 dpi is best)."
        )
    )
    upload()
    gallery.offer()
    if st.button(t("Start with the sample certificate"), icon=":material/auto_awesome:"):
        with reading() as (_, event):
            sample = _accept(draw_sample_template(event.language))
        with changing(Permission.CHANGE_DESIGN, t("The sample certificate is in place.")) as (
            session,
            event,
        ):
            designs.store_template(session, event, _change(sample))


def upload() -> None:
    show_upload(
        t("Picture of the certificate"),
        _TEMPLATE,
        _accept,
        _take_template,
        Permission.CHANGE_DESIGN,
        types=["png", "jpg", "jpeg", "pdf", "svg"],
    )


def _accept(content: bytes) -> Template:
    template = accept_upload(content)
    with reading() as (session, event):
        designs.prepare_template(session, event, _change(template), chosen(event))
    return template


def _take_template(session: Session, event: Event, template: Template) -> str:
    designs.store_template(session, event, _change(template), chosen(event))
    _FOUND.of(event.id).set((template.sha256, template.warnings))
    return t("The picture is in place.")


def say_what_was_found(design: Design, picture: Picture) -> None:
    """Say what was found in this tab's upload, as long as it is the template. Other tabs say only
    why PDF certificates do not carry its page."""
    sha256, found = _FOUND.of(design.event_id).get(("", ()))
    if sha256 != design.template_sha256:
        reason = why_no_page(picture.media_type) if design.vector_sha256 is None else None
        found = (reason,) if reason else ()
    if found:
        # A paragraph each: Chinese has no space between sentences.
        st.warning("\n\n".join(map(t, found)), icon=":material/visibility:")


def _change(template: Template) -> designs.TemplateChange:
    return designs.TemplateChange(template, sample_link(installation().settings))


def describe(picture: Picture, *, has_vector: bool) -> None:
    size = print_size(picture.width, picture.height, picture.dpi)
    st.markdown(
        t(
            PRINT_VERDICTS[size.verdict],
            width=picture.width,
            height=picture.height,
            paper=size.paper or _in_millimetres(size),
            dpi=round(size.dpi),
        )
    )
    if has_vector:
        st.markdown(t("PDF certificates carry the page itself, not a picture of it."))


def _in_millimetres(size: PrintSize) -> str:
    return f"{size.width_mm:.0f} × {size.height_mm:.0f} mm"
