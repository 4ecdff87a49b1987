"""The certificate's typefaces, and how large its file becomes."""

from typing import Any

import streamlit as st

from console.session import change_design, reading, writing
from console.session_key import SessionKey
from console.text import plain, t
from console.widgets.stored_fields import StoredFields
from console.widgets.upload import show_upload
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.certificates.designs.artwork import own_fonts, store_font
from shared.certificates.designs.changes import LimitChange
from shared.language import N_
from shared.rendering.file_size import QUALITIES
from shared.rendering.text.own_fonts import accept_font
from shared.storage.models import SMALL_MAIL, Event

_FONT = SessionKey[Any]("certificate.font")
_LIMIT = SessionKey[Any]("certificate.limit")

# The choices for the size of an image in a mail, in bytes.
LIMITS = (SMALL_MAIL, 500_000, 1_000_000, 2_000_000, 5_000_000)
SIZE = N_("Certificates will be JPEGs of about {size} (quality {quality}).")
TOO_LARGE = N_(
    "Certificates will be JPEGs of about {size}, even at the lowest quality. Upload a picture with "
    "fewer pixels, or allow larger ones below."
)


def show_own_typefaces() -> None:
    """The organizer's own typefaces, and the upload of another."""
    with reading() as (session, event):
        families = own_fonts(session, event).values()
    if families:
        st.markdown("\n".join(f"- {plain(family)}" for family in families))
    st.caption(
        t(
            "A TTF or OTF file whose licence lets documents carry it. "
            "Characters that it lacks are taken from the built-in typefaces."
        )
    )
    show_upload(t("Font file"), _FONT, _take_font)


def _take_font(content: bytes) -> str:
    font = accept_font(content)
    with writing(Permission.CHANGE_DESIGN) as (session, event):
        store_font(session, event, font)
    return t("The typeface {family} can be chosen now.", family=plain(font.family))


def show_size_limit() -> None:
    """How large the image in a certificate's mail may be."""
    with reading() as (_, event):
        limit = event.mailed_picture_limit
    st.caption(
        t(
            "Large mails are slow to send, and some servers refuse them. 300 KB are for the whole "
            "mail: it carries a picture of 1000 pixels and, if there is room, the PDF, and a link "
            "to the whole picture."
        )
    )
    shown = StoredFields(_LIMIT.of(event.id)).of("limit", limit)
    chosen = st.segmented_control(
        t("Largest picture in a mail"),
        sorted({*LIMITS, limit, shown.get(limit)}),
        format_func=_in_words,
        required=True,
        key=shown.name,
    )
    if chosen and chosen != limit:
        change_design(LimitChange(chosen))


def show_size(size: int, quality: int, event: Event) -> list[str]:
    """Say roughly how large the certificate's file will be; in amber if that is more than
    allowed, otherwise it is returned."""
    details = {"size": _in_words(size), "quality": quality}
    if size > designs.limit_of_file(event.mailed_picture_limit) and quality == min(QUALITIES):
        st.warning(t(TOO_LARGE, **details), icon=":material/weight:")
        return []
    return [t(SIZE, **details)]


def _in_words(size: int) -> str:
    return f"{size / 1e6:.2g} MB" if size >= 1_000_000 else f"{size / 1e3:.0f} KB"
