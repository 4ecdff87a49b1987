"""The designs of an event, each a template and a layout: reading them, and making them ready to
draw."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.rendering.design import CompiledDesign, Format, compile_design, find_compiled, key_of
from shared.rendering.drawn_apart import DesignParts, drawn_apart
from shared.rendering.facts import NOTHING, Facts
from shared.rendering.layout import Layout
from shared.rendering.raster.decoded_template import decoded_template, find_template
from shared.rendering.raster.strips import BEST_QUALITY
from shared.rendering.text.own_fonts import cache_font, cached_font
from shared.rendering.text.typesetting import NEW, Typesetting
from shared.storage.models import (
    SMALL_MAIL,
    Certificate,
    Design,
    Event,
    FontFile,
    Group,
    Picture,
    VectorPage,
)

# Bytes of a certificate's JPEG, as long as no mail carries it.
_LARGEST_FILE = 1_000_000


def earlier(session: Session, event: Event, version: int) -> Design | None:
    """A version of the event's designs, unless it was forgotten (see `changes`)."""
    return session.scalar(select(Design).filter_by(event_id=event.id, version=version))


def way_back(session: Session, event: Event, design: Design | None) -> Design | None:
    """What the design replaced, to be brought back; None once a certificate was made with it, or
    if that was forgotten (see `changes`)."""
    if design is None or design.replaced_version is None:
        return None
    issued = select(Certificate.id).where(Certificate.design_id == design.id).limit(1)
    if session.scalar(issued) is not None:
        return None
    return earlier(session, event, design.replaced_version)


def torn_texts(session: Session, event: Event) -> list[str]:
    """Fixed texts of the event's certificates in which a mark tears a word apart, each once: those
    of a stored design stay as they were set until `TextsSetAnew`."""
    found = [compiled(session, design).torn_texts for _, design in all_designs(event)]
    return list(dict.fromkeys(text for texts in found for text in texts))


def all_designs(event: Event) -> list[tuple[Group | None, Design]]:
    """Everybody's design, and those of groups that have their own."""
    owners: list[Group | None] = [None, *(event.groups if event.groups_version else [])]
    return [(group, design) for group in owners if (design := (group or event).design)]


def layout_of(design: Design) -> Layout:
    return Layout.from_json(design.layout)


def compiled(
    session: Session, design: Design, facts: Facts = NOTHING, format: Format | int = "jpg"
) -> CompiledDesign:
    """The design, ready to draw; cached in memory by content, whichever database it is in.

    With `facts`, what their certificate has in common with the others of its event is drawn once:
    the same pixels in less time. A `format` may also be the width of a preview. Pages are printed
    from all texts anyway, by a press that is kept for the design.
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


def drawn_with_refused_font(
    session: Session, design: Design, facts: Facts, wanted: Sequence[Format | int]
) -> list[bytes]:
    """What was issued before the design's font was refused (`compiled` raises FontTooDeep), as
    files of these formats, or previews of so many pixels' width; drawn in a process of its own.

    Raises FontTooDeep if that takes too long, and ReadersBusy.
    """
    layout = layout_of(design)
    page = session.get_one(VectorPage, design.vector_sha256) if design.vector_sha256 else None
    fonts = {sha: session.get_one(FontFile, sha).content for sha in layout.own_fonts}
    parts = DesignParts(
        session.get_one(Picture, design.template_sha256).content,
        page.content if page else None,
        design.print_dpi,
        layout,
        design.jpeg_quality,
        Typesetting.from_json(design.typesetting),
        {sha: session.get_one(Picture, sha).content for sha in pictures_in(layout)},
        fonts,
    )
    return drawn_apart(parts, facts, wanted)


def compiled_draft(
    session: Session,
    template_sha256: str,
    layout: Layout,
    quality: int = BEST_QUALITY,
    typesetting: Typesetting = NEW,
    common: Facts = NOTHING,
    unstored: Mapping[str, bytes] | None = None,
) -> CompiledDesign:
    """A layout that need not be stored (the placing preview) on a stored template, ready to draw;
    cached in memory by content. `unstored`: pictures by SHA-256 that are not stored either."""
    shown = pictures_in(layout)
    # On this machine's disk; only missing ones are read.
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
    return [field.own_picture for field in layout.fields if field.own_picture]


def limit_of_file(limit: int) -> int:
    """How many bytes a certificate's JPEG may have, where mails are limited so: small ones carry
    another one."""
    return _LARGEST_FILE if limit == SMALL_MAIL else limit


def fingerprint(design: Design) -> str:
    """Identifies the look of a design: equal if artwork, layout, quality and typesetting are."""
    layout = json.dumps([design.layout, design.typesetting], sort_keys=True)
    # Without a vector page and a size on paper, the same as before these existed.
    look = (design.template_sha256, design.vector_sha256, design.print_dpi)
    artwork = " ".join(str(one) for one in look if one)
    content = f"{artwork} {design.jpeg_quality} {layout}"
    return hashlib.sha256(content.encode()).hexdigest()
