"""The files on which a design is made, stored once under their SHA-256: an image, and perhaps the
same as a vector page."""

import hashlib
from contextlib import suppress

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.rendering.pages.uploaded_page import why_no_page
from shared.rendering.raster.uploaded_images import Template
from shared.storage.models import Base, Picture, VectorPage


def keep_picture(session: Session, template: Template) -> None:
    """Store the image of a template unless it is there. If it was drawn from a page that cannot be
    kept, note why."""
    if known := session.get(Picture, template.sha256):
        if why_no_page(template.media_type):
            known.media_type = template.media_type
        return
    picture = Picture(
        sha256=template.sha256,
        content=template.content,
        media_type=template.media_type,
        width=template.width,
        height=template.height,
        dpi=template.dpi,
    )
    add_unless_there(session, picture)


def keep_vector(session: Session, vector: bytes | None) -> str | None:
    """Store a vector page; returns its SHA-256, or None for None."""
    if vector is None:
        return None
    sha256 = hashlib.sha256(vector).hexdigest()
    if session.get(VectorPage, sha256) is None:
        media_type = "application/pdf" if vector.startswith(b"%PDF") else "image/svg+xml"
        page = VectorPage(sha256=sha256, content=vector, media_type=media_type)
        add_unless_there(session, page)
    return sha256


def add_unless_there(session: Session, row: Base) -> None:
    """Another event may store the same file at the same time; then it is already there."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(row)
