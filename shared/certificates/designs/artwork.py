"""The files of designs, each stored once under its SHA-256: templates, their vector pages, pictures
placed on them, fonts."""

import hashlib
from contextlib import suppress
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cached
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.log import audit
from shared.rendering.text.own_fonts import OwnFont
from shared.rendering.uploads.accepted import Template, why_no_page
from shared.storage.models import (
    Action,
    Base,
    Design,
    Event,
    EventFont,
    FontFile,
    Picture,
    VectorPage,
)

Size = tuple[int, int]


class Artwork(NamedTuple):
    """What a design is made on: the SHA-256 of the template, and of its vector page, if there is
    one; the pixels per inch of its PDFs (None: see `usual_dpi`); and which of our own designs it is
    (see `gallery`), if it is one."""

    template_sha256: str
    vector_sha256: str | None
    print_dpi: float | None
    gallery: dict[str, str] | None = None


def artwork_of(design: Design) -> Artwork:
    return Artwork(design.template_sha256, design.vector_sha256, design.print_dpi, design.gallery)


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
    _add_unless_there(session, picture)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep_vector(session: Session, vector: bytes) -> None:
    """Store a vector page unless it is there."""
    sha256 = sha256_of(vector)
    if session.get(VectorPage, sha256) is None:
        media_type = "application/pdf" if vector.startswith(b"%PDF") else "image/svg+xml"
        page = VectorPage(sha256=sha256, content=vector, media_type=media_type)
        _add_unless_there(session, page)


def _add_unless_there(session: Session, row: Base) -> None:
    """Another event may store the same file at the same time; then it is already there."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(row)


def store_picture(session: Session, event: Event, inset: Template) -> None:
    """Store a signature or seal; picture fields may then name it by its SHA-256."""
    keep_picture(session, inset)
    audit.record(session, Action.FILE_UPLOADED, event.id, fields=["picture"])


def store_font(session: Session, event: Event, font: OwnFont) -> None:
    """Store a font file; fields of this event may then use it as their face."""
    if session.get(FontFile, font.sha256) is None:
        stored = FontFile(sha256=font.sha256, content=font.content, family=font.family)
        _add_unless_there(session, stored)
    if session.get(EventFont, (event.id, font.sha256)) is None:
        _add_unless_there(session, EventFont(event_id=event.id, sha256=font.sha256))
    audit.record(session, Action.FILE_UPLOADED, event.id, fields=["font"])


def own_fonts(session: Session, event: Event) -> dict[str, str]:
    """The fonts that the event's organizer uploaded: SHA-256 and family, by family."""
    rows = session.execute(
        select(FontFile.sha256, FontFile.family)
        .join(EventFont, EventFont.sha256 == FontFile.sha256)
        .where(EventFont.event_id == event.id)
        .order_by(FontFile.family, FontFile.sha256)
    )
    return {sha256: family for sha256, family in rows}


@cached(LRUCache(10_000), key=lambda connection, sha256: sha256, lock=Lock())
def template_size(connection: Connection, sha256: str) -> Size:
    """Width and height of a template in pixels; read once, since content with a hash never changes.

    SQLite has to read through all the image's bytes to reach them.
    """
    size = select(Picture.width, Picture.height).where(Picture.sha256 == sha256)
    width, height = connection.execute(size).one()
    return width, height
