"""The certificate's files: the upload of its template, its print quality, own typefaces, and the
size limit of a picture in a mail."""

from threading import Lock
from typing import Any

import streamlit as st
from cachetools import TTLCache, cached

from console.design_changes import store_change, telling_at
from console.group_choice import chosen_id
from console.screens.certificate import gallery
from console.screens.certificate.gallery import Gallery
from console.session import installation, reading, refusing, tell_at, writing
from console.session_key import SessionKey
from console.streamlit_edge.names import DeltaGenerator, UploadedFile
from console.text import plain, t, written_size
from console.widgets.spoken import show_caption, show_info, show_paragraph
from console.widgets.stored_fields import saved_at_once
from console.widgets.upload import as_button, empty_upload, show_upload
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.certificates.designs.changes import LimitChange, PrintSizeChange, TemplateChange
from shared.certificates.designs.designs import own_fonts, sha256_of, store_font
from shared.errors import ProductError
from shared.events.links import sample_link
from shared.language import N_
from shared.rendering.gallery.layouts import is_of_a_design
from shared.rendering.raster.print_size import choices, differs, print_size, usual_dpi
from shared.rendering.text.own_fonts import accept_font
from shared.rendering.uploads.accepted import accept_upload, is_page
from shared.rendering.uploads.picture_reader import FLATTENED
from shared.rendering.uploads.template import Template, why_no_page
from shared.storage.models import SMALL_MAIL, Design, Picture

_TEMPLATE = SessionKey[Any]("certificate.template")
_OWN = SessionKey[Any]("certificate.own-takes-drops")
_SIZE = SessionKey[float]("certificate.size")
_KEPT = SessionKey[bool]("certificate.keeps_texts")
_FONT = SessionKey[Any]("certificate.font")
_LIMIT = SessionKey[Any]("certificate.limit")
# The choices for the size of an image in a mail, in bytes.
LIMITS = (SMALL_MAIL, 500_000, 1_000_000, 2_000_000, 5_000_000)
# Whether somebody said that a file that looks like a logo is the certificate.
_IS_CERTIFICATE = SessionKey[bool]("certificate.template.is_certificate")
# The long by the short side of ISO 216 and of Letter; and the least pixels on the long side of
# other sheets.
_PAPERS, _FEWEST_PIXELS = (2**0.5, 11 / 8.5), 1000
# The SHA-256 of an uploaded template, and what was found in it.
_FOUND = SessionKey[tuple[str, tuple[str, ...]]]("certificate.found")

PRINT_VERDICTS = {
    "sharp": N_("{width} × {height} pixels: {paper} at {dpi} dpi prints sharp."),
    "fair": N_("{width} × {height} pixels: {paper} at {dpi} dpi prints fairly well."),
    "soft": N_("{width} × {height} pixels: {paper} at {dpi} dpi prints soft."),
}


def upload(wishes: Gallery, said_in: DeltaGenerator) -> None:
    """Draw the upload of a template. Before a file is taken, ask whether a picture that looks like
    a logo is one, and what becomes of the texts of the design that it replaces."""
    design = wishes.design
    # A new key for each design empties it for the next file.
    key = _TEMPLATE.of(design.version if design else 0)
    show_upload(
        t("Picture of the certificate"),
        key,
        _take_template,
        ["png", "jpg", "jpeg", "heic", "heif", "pdf", "svg"],
        is_ready=lambda file: (
            _is_certificate(wishes, file, key) and (design is None or _is_answered(design))
        ),
        drawn_in=as_button(_OWN, t("Your own file")),
        said_in=said_in,
    )


def _is_certificate(wishes: Gallery, file: UploadedFile, key: SessionKey[Any]) -> bool:
    """Return whether the file is a certificate; ask if it looks like a logo, which is easily
    dropped here."""
    is_confirmed = _IS_CERTIFICATE.of(file.file_id)
    if is_confirmed.get():
        return True
    with st.spinner(t("Reading the file …")):
        try:
            template = _read(sha256_of(file.getvalue()), file.getvalue())
        except ProductError:
            # The upload refuses it with a reason.
            return True
    # A certificate is opaque, and has the shape of paper, or is nearly so and large.
    short, long = sorted((template.width, template.height))
    is_paper = any(abs(long / short - ratio) < 0.02 for ratio in _PAPERS)
    is_sheet = is_paper or (long >= _FEWEST_PIXELS and 1.2 * short <= long <= 1.9 * short)
    if is_sheet and FLATTENED not in template.warnings:
        return True
    show_info("This looks like a logo.", icon="image_search")
    with st.container(horizontal=True):
        is_logo = st.button(t("Use as our logo"), type="primary", key="certificate.is_logo")
        st.button(
            t("Use as the certificate"), key="certificate.is_certificate",
            on_click=is_confirmed.set, args=(True,),
        )  # fmt: skip
    if is_logo:
        # A page becomes the image that was drawn of it.
        content = template.content if is_page(file.getvalue()) else file.getvalue()
        with st.spinner(t("Reading the file …")), refusing():
            gallery.make_ours(wishes, content)
            empty_upload(key)
            st.rerun()
    return False


@cached(
    TTLCache(64_000_000, 600, getsizeof=lambda template: template.octets),
    key=lambda sha256, content: sha256,
    lock=Lock(),
)
def _read(sha256: str, content: bytes) -> Template:
    """Read an upload once, for the questions about it and for the change. Raises ProductError."""
    return accept_upload(content)


def _take_template(content: bytes) -> str:
    """Store the template, and return what to say. Raises ProductError."""
    template = _read(sha256_of(content), content)
    link = sample_link(installation().settings)
    with reading() as (_, event):
        # Without a question there is nothing to remove.
        keeps_texts = _KEPT.of(event.id).get(True) is not False
        group_id = chosen_id(event)
    store_change(TemplateChange(template, link, keeps_texts=keeps_texts, group_id=group_id))
    _FOUND.of(event.id).set((template.sha256, template.warnings))
    return t("The picture is in place.")


def _is_answered(design: Design) -> bool:
    """Ask what becomes of the texts of a design of the gallery, if it has some; return whether that
    is answered."""
    if not any(map(is_of_a_design, designs.layout_of(design).fields)):
        return True
    words = {False: N_("Remove them. My file says it all."), True: N_("Keep them on my file")}
    answer = st.radio(
        t("Keep the design's texts, such as its title?"), list(words), index=None,
        format_func=lambda kept: t(words[kept]), key=_KEPT.of(design.event_id).name,
    )  # fmt: skip
    return answer is not None


def say_what_was_found(design: Design, picture: Picture) -> None:
    """Say what was found in this tab's upload while it is the template. Other tabs say only why PDF
    certificates do not contain its page."""
    sha256, found = _FOUND.of(design.event_id).get(("", ()))
    if sha256 != design.template_sha256:
        reason = why_no_page(picture.media_type) if design.vector_sha256 is None else None
        found = (reason,) if reason else ()
    if found:
        # Each is a paragraph, since Chinese has no space between sentences.
        st.warning("\n\n".join(map(t, found)), icon=":material/visibility:")


def describe(design: Design, picture: Picture) -> None:
    """Show the print quality of the design, and offer other sizes of paper."""
    # The usual size and the one that the file states, if they differ.
    current = design.print_dpi or usual_dpi(picture.width, picture.height, picture.dpi)
    known = choices(picture.width, picture.height, picture.dpi)
    others = [dpi for dpi in known if differs(dpi, current)]
    sizes = {dpi: print_size(picture.width, picture.height, dpi) for dpi in (current, *others)}
    called = {
        dpi: size.paper or f"{size.width_mm:.0f} × {size.height_mm:.0f} mm"
        for dpi, size in sizes.items()
    }
    size = sizes[current]
    show_paragraph(
        PRINT_VERDICTS[size.verdict],
        width=picture.width,
        height=picture.height,
        paper=called[current],
        dpi=round(size.dpi),
    )
    if design.vector_sha256:
        show_paragraph("PDF certificates carry the page itself, not a picture of it.")
    if not others:
        return
    with reading() as (_, event):
        group_id = chosen_id(event)

    def print_in(dpi: float) -> str:
        store_change(PrintSizeChange(dpi, group_id=group_id))
        return t(
            "New PDF certificates are {size}. Certificates already issued do not change.",
            size=called[dpi],
        )

    told = _SIZE.of(design.event_id, "told").name
    st.segmented_control(
        t("Size of PDF certificates"), sorted(sizes, reverse=True), required=True,
        format_func=called.__getitem__,
        # The key contains the design, so that the next one begins with what is stored.
        **saved_at_once(_SIZE.of(design.id), current, telling_at(told, print_in)),
    )  # fmt: skip
    tell_at(told)


def show_own_typefaces() -> None:
    """Show the organizer's own typefaces, and the upload of another."""
    with reading() as (session, event):
        families = own_fonts(session, event).values()
    if families:
        st.markdown("\n".join(f"- {plain(family)}" for family in families))
    show_caption(
        "A TTF or OTF file whose licence allows embedding in documents. The "
        "built-in typefaces fill in missing characters."
    )
    show_upload(t("Font file"), _FONT, _take_font)


def _take_font(content: bytes) -> str:
    """Store the typeface, and return what to say. Raises ProductError."""
    font = accept_font(content)
    with writing(Permission.CHANGE_DESIGN) as (session, event):
        store_font(session, event, font)
    return t("You can now choose the typeface {family}.", family=plain(font.family))


def show_size_limit() -> None:
    """Ask for the largest image in a certificate's mail, in bytes, and store it."""
    with reading() as (_, event):
        limit = event.mailed_picture_limit
    show_caption(
        "Some servers refuse large mails. 300 KB fits a picture of 1000 pixels and "
        "a link to the original."
    )
    told = _LIMIT.of(event.id, "told").name

    def limit_to(most: int) -> None:
        store_change(LimitChange(most))

    st.segmented_control(
        t("Largest picture in a mail"), sorted({*LIMITS, limit}), required=True,
        format_func=written_size,
        **saved_at_once(_LIMIT.of(event.id), limit, telling_at(told, limit_to)),
    )  # fmt: skip
    tell_at(told)
