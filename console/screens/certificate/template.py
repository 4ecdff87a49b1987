"""The certificate's image: the first one, replacing it, and how it comes out in print."""

from dataclasses import replace
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.group_choice import chosen, shown_design
from console.screens.certificate import gallery, replaced
from console.session import changing, installation, reading
from console.session_key import SessionKey
from console.text import t
from console.widgets.upload import show_upload
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.events.links import sample_link
from shared.language import N_
from shared.rendering.pages.uploaded_page import why_no_page
from shared.rendering.raster.print_size import PrintSize, choices, differs, print_size, usual_dpi
from shared.rendering.raster.uploaded_images import Template, own_template
from shared.rendering.sample import draw_sample_template
from shared.rendering.uploaded_template import accept_upload
from shared.storage.models import Design, Event, Picture

_TEMPLATE = SessionKey[Any]("certificate.template")
_SIZE = SessionKey[float]("certificate.size")
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
            sample = _prepared(own_template(draw_sample_template(event.language)))
        with changing(Permission.CHANGE_DESIGN, t("The sample certificate is in place.")) as (
            session,
            event,
        ):
            designs.store_template(session, event, _change(sample))


def upload(design: Design | None = None) -> None:
    """`design` is what it replaces."""
    if design and not replaced.ask(design):
        return
    show_upload(
        t("Picture of the certificate"),
        _TEMPLATE,
        _accept,
        _take_template,
        Permission.CHANGE_DESIGN,
        types=["png", "jpg", "jpeg", "pdf", "svg"],
    )


def _accept(content: bytes) -> Template:
    return _prepared(accept_upload(content))


def _prepared(template: Template) -> Template:
    with reading() as (session, event):
        designs.prepare_template(session, event, _uploaded(event, template), chosen(event))
    return template


def _take_template(session: Session, event: Event, template: Template) -> str:
    before = shown_design(event)
    designs.store_template(session, event, _uploaded(event, template), chosen(event))
    replaced.note(event, before)
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


def _uploaded(event: Event, template: Template) -> designs.TemplateChange:
    return replace(_change(template), keeps_texts=replaced.keeps_texts(event))


def _change(template: Template) -> designs.TemplateChange:
    return designs.TemplateChange(template, sample_link(installation().settings))


def describe(design: Design, picture: Picture) -> None:
    """How it comes out in print, and on which paper else it could."""
    size = _printed(picture, _dpi(design, picture))
    st.markdown(
        t(
            PRINT_VERDICTS[size.verdict],
            width=picture.width,
            height=picture.height,
            paper=_called(size),
            dpi=round(size.dpi),
        )
    )
    if design.vector_sha256:
        st.markdown(t("PDF certificates carry the page itself, not a picture of it."))
    _choose_size(design, picture)


def _dpi(design: Design, picture: Picture) -> float:
    return design.print_dpi or usual_dpi(picture.width, picture.height, picture.dpi)


def _printed(picture: Picture, dpi: float) -> PrintSize:
    return print_size(picture.width, picture.height, dpi)


def _called(size: PrintSize) -> str:
    return size.paper or f"{size.width_mm:.0f} × {size.height_mm:.0f} mm"


def _choose_size(design: Design, picture: Picture) -> None:
    """The usual size and the one that the file states, if they differ."""
    current = _dpi(design, picture)
    known = choices(picture.width, picture.height, picture.dpi)
    others = [dpi for dpi in known if differs(dpi, current)]
    if not others:
        return
    dpi = st.segmented_control(
        t("Size of PDF certificates"), sorted([current, *others], reverse=True), default=current,
        format_func=lambda dpi: _called(_printed(picture, dpi)), required=True,
        # Of this design: the next one begins with what is stored.
        key=_SIZE.of(design.id).name,
    )  # fmt: skip
    if dpi == current:
        return
    size = _called(_printed(picture, dpi))
    done = t("PDF certificates are {size} from now on; issued ones stay as they are.", size=size)
    with changing(Permission.CHANGE_DESIGN, done) as (session, event):
        designs.set_print_dpi(session, event, dpi, chosen(event))
