"""The designs of an event, each a template and a layout: reading them, compiling them, and their
files, which are stored once for all events."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cached
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.log import audit
from shared.rendering.design import CompiledDesign, Format, compile_design, find_compiled, key_of
from shared.rendering.facts import NOTHING, Facts
from shared.rendering.layout import Layout
from shared.rendering.raster.decoded_template import decoded_template, find_template
from shared.rendering.raster.strips import BEST_QUALITY
from shared.rendering.text.own_fonts import OwnFont, cache_font, cached_font
from shared.rendering.text.typesetting import NEW, Typesetting
from shared.rendering.uploads.template import Template, why_no_page
from shared.storage.models import (
    SMALL_MAIL,
    Action,
    Base,
    Certificate,
    Design,
    Event,
    EventFont,
    FontFile,
    Group,
    Picture,
    VectorPage,
)

# The bytes of a certificate's JPEG if no mail carries it.
_LARGEST_FILE = 1_000_000


def earlier(session: Session, event: Event, version: int) -> Design | None:
    """Return a version of the event's designs, or None if it was removed (see `changes`)."""
    return session.scalar(select(Design).filter_by(event_id=event.id, version=version))


def way_back(session: Session, event: Event, design: Design | None) -> Design | None:
    """Return the design that this one replaced and that can be restored; None once a certificate
    was made with this one, or if the other was removed (see `changes`)."""
    if design is None or design.replaced_version is None:
        return None
    issued = select(Certificate.id).where(Certificate.design_id == design.id).limit(1)
    if session.scalar(issued) is not None:
        return None
    return earlier(session, event, design.replaced_version)


def torn_texts(session: Session, event: Event) -> list[str]:
    """Return the fixed texts of the event's certificates in which a mark tears a word apart. Those
    of a stored design stay like this until `TextsSetAnew`."""
    found = [compiled(session, design).torn_texts for _, design in all_designs(event)]
    return list(dict.fromkeys(text for texts in found for text in texts))


def all_designs(event: Event) -> list[tuple[Group | None, Design]]:
    """Return everybody's design, and those of groups with their own."""
    owners: list[Group | None] = [None, *(event.groups if event.groups_version else [])]
    return [(group, design) for group in owners if (design := (group or event).design)]


def layout_of(design: Design) -> Layout:
    return Layout.from_json(design.layout)


def compiled(
    session: Session, design: Design, facts: Facts = NOTHING, format: Format | int = "jpg"
) -> CompiledDesign:
    """Return the design, ready to draw; cached in memory by content.

    With `facts`, their common part is drawn once for all certificates of the event: the same pixels
    in less time. A `format` may also be the width of a preview. PDFs are printed from all texts
    anyway, by a press that is kept for the design.
    """
    plain = compiled_draft(
        session,
        design.template_sha256,
        layout_of(design),
        design.jpeg_quality,
        Typesetting.from_json(design.typesetting),
        NOTHING if format == "pdf" else facts.common,
    )
    vector = design.vector_sha256
    return plain.printed(
        design.print_dpi, vector, lambda: session.get_one(VectorPage, vector).content
    )


def compiled_draft(
    session: Session,
    template_sha256: str,
    layout: Layout,
    quality: int = BEST_QUALITY,
    typesetting: Typesetting = NEW,
    common: Facts = NOTHING,
    unstored: Mapping[str, bytes] | None = None,
) -> CompiledDesign:
    """Return a layout, which need not be stored, on a stored template, ready to draw; cached in
    memory by content. `unstored` are pictures that are not stored, by SHA-256."""
    shown = pictures_in(layout)
    # From this machine's disk; only missing ones are read from the database.
    fonts = {
        sha256: cached_font(sha256) or cache_font(session.get_one(FontFile, sha256).content)
        for sha256 in sorted(layout.own_fonts)
    }
    # A template is only read to compile it, which costs more than drawing on it.
    brought = [*shown, *fonts]
    key = key_of(template_sha256, layout, brought, quality, typesetting, common)
    if cached := find_compiled(key):
        return cached
    template = find_template(template_sha256) or decoded_template(
        session.get_one(Picture, template_sha256).content
    )
    pictures = {
        sha256: (unstored or {}).get(sha256) or session.get_one(Picture, sha256).content
        for sha256 in shown
    }
    return compile_design(template, layout, pictures, fonts, quality, typesetting, common)


def pictures_in(layout: Layout) -> list[str]:
    """Return the SHA-256 of the pictures that are needed to draw a layout."""
    return [field.own_picture for field in layout.fields if field.own_picture]


def limit_of_file(limit: int) -> int:
    """Return the most bytes of a certificate's JPEG for a limit of mails: small ones carry another
    one."""
    return _LARGEST_FILE if limit == SMALL_MAIL else limit


def fingerprint(design: Design) -> str:
    """Return a hash of a design's look: its artwork, layout, quality and typesetting."""
    layout = json.dumps([design.layout, design.typesetting], sort_keys=True)
    # Without a vector page and a size on paper, it is the same as before these existed.
    look = (design.template_sha256, design.vector_sha256, design.print_dpi)
    artwork = " ".join(str(part) for part in look if part)
    content = f"{artwork} {design.jpeg_quality} {layout}"
    return sha256_of(content.encode())


# Files, each under its SHA-256: templates, their vector pages, pictures placed on them, fonts


Size = tuple[int, int]


class Artwork(NamedTuple):
    """The artwork of a design: the SHA-256 of its template and of its vector page, if any; the
    pixels per inch of its PDFs (None: see `usual_dpi`); and the choices of one of our designs (see
    `gallery`)."""

    template_sha256: str
    vector_sha256: str | None
    print_dpi: float | None
    gallery: dict[str, str] | None = None


def artwork_of(design: Design) -> Artwork:
    return Artwork(design.template_sha256, design.vector_sha256, design.print_dpi, design.gallery)


def keep_picture(session: Session, template: Template) -> None:
    """Store the image of a template unless it is there, with the reason if it was drawn from a page
    that cannot be kept."""
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
    """Add a file's row, unless another event is storing the same file just now."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(row)


def pictures_of(design: Design) -> Iterable[str]:
    """Yield the SHA-256 of a design's template, and of its placed images, hidden ones, too."""
    yield design.template_sha256
    for field in layout_of(design).fields:
        if field.kind == "picture" and field.content:
            yield field.content


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
    """Return the fonts that the event's organizers uploaded: SHA-256 and family, by family."""
    rows = session.execute(
        select(FontFile.sha256, FontFile.family)
        .join(EventFont, EventFont.sha256 == FontFile.sha256)
        .where(EventFont.event_id == event.id)
        .order_by(FontFile.family, FontFile.sha256)
    )
    return {sha256: family for sha256, family in rows}


@cached(LRUCache(10_000), key=lambda connection, sha256: sha256, lock=Lock())
def template_size(connection: Connection, sha256: str) -> Size:
    """Return the width and height of a template in pixels, cached: SQLite reads through all of the
    image's bytes to reach them."""
    size = select(Picture.width, Picture.height).where(Picture.sha256 == sha256)
    width, height = connection.execute(size).one()
    return width, height
