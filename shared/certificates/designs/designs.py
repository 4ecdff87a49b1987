"""The certificate of an event: its template, its layout, and the design made of both."""

import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from shared.certificates.designs.artwork import add_unless_there, keep_picture, keep_vector
from shared.certificates.designs.old_designs import forget_old_designs
from shared.certificates.designs.old_names import names_to_remember, old_names, with_placeholders
from shared.errors import DesignChanged, LayoutRefused, NoDesign, ReadersBusy
from shared.events import groups, numbered
from shared.language import N_
from shared.log import audit
from shared.mail.queue import transitions
from shared.rendering import design_keys
from shared.rendering.design import CompiledDesign, Format, design_on, find_compiled
from shared.rendering.drawn_apart import DesignParts, drawn_apart
from shared.rendering.facts import NOTHING, Facts
from shared.rendering.file_size import best_quality
from shared.rendering.first_layout import first_layout
from shared.rendering.gallery.layouts import without_texts
from shared.rendering.layout import Layout, from_old_positions, standard_layout
from shared.rendering.raster.decoded_template import decoded_template, find_template
from shared.rendering.raster.jpeg import BEST_QUALITY
from shared.rendering.raster.uploaded_images import Template
from shared.rendering.text.own_fonts import OwnFont, keep_font, kept_font
from shared.rendering.text.typesetting import NEW, Typesetting
from shared.storage.models import (
    SMALL_MAIL,
    Action,
    Design,
    Event,
    EventFont,
    FontFile,
    Group,
    Picture,
    VectorPage,
    Volunteer,
)

Position = tuple[float, float]
Size = tuple[int, int]
# Samples for judging the file size before anybody's certificate is made.
_SAMPLE_NAME = "欧阳娜娜 Maria"
# Bytes of a certificate's JPEG, as long as no mail carries it.
_LARGEST_FILE = 1_000_000
# The largest template takes 500 MB and some seconds to be made ready.
_one_at_a_time = threading.Lock()
_PATIENCE_SECONDS = 10.0
_SAMPLE_LINK = "https://certificates.example.org/v/Zk3nJw0qT5d7Vb1xUe9aHg"


class Artwork(NamedTuple):
    """What a design is made on: the SHA-256 of the template, and of its vector page, if there is
    one; the pixels per inch of its PDFs (None: see `usual_dpi`)."""

    template_sha256: str
    vector_sha256: str | None
    print_dpi: float | None


@dataclass(frozen=True)
class TemplateChange:
    """A template to make a design with, in place of the one before.

    Only our own designs bring a `layout`; without one, what was placed before stays placed, except
    the texts of one of our designs if they are not to be kept (`keeps_texts`), and a first layout
    gets a QR code that is large enough for `qr_link`, or none if that is empty.
    """

    template: Template
    qr_link: str = ""
    layout: Layout | None = None
    keeps_texts: bool = True


def store_template(
    session: Session, event: Event, change: TemplateChange, group: Group | None = None
) -> Template:
    """Store an uploaded image or page as template, accepted before the event was locked, or one of
    our own designs.

    Here as elsewhere, `group` means that group's own design, which must exist. Raises LayoutRefused
    (what was placed cannot be drawn on this image), with nothing changed.
    """
    template = change.template
    keep_picture(session, template)
    vector = keep_vector(session, template.vector)
    layout = _layout_of_change(change, event, group)
    if group is None:
        event.early_positions = {}
    artwork = Artwork(template.sha256, vector, template.print_dpi)
    new_design(session, event, artwork, layout, group)
    audit.record(session, Action.DESIGN_CHANGED, event.id, fields=["template", *_whose(group)])
    return template


def prepare_template(
    session: Session, event: Event, change: TemplateChange, group: Group | None = None
) -> None:
    """Decode, draw and encode what `store_template` needs, before the event is locked, so that it
    is found in memory and nobody has to wait for it. Raises LayoutRefused, and ReadersBusy if
    others' templates take too long."""
    if not _one_at_a_time.acquire(timeout=_PATIENCE_SECONDS):
        raise ReadersBusy()
    try:
        # Held until a design made of it is cached.
        held = decoded_template(change.template.content)
        layout = _layout_of_change(change, event, group)
        _prepare(session, event, held.sha256, layout, group)
    finally:
        _one_at_a_time.release()


def prepare_layout(
    session: Session, event: Event, layout: Layout, group: Group | None = None
) -> None:
    """Like `prepare_template`, for `set_layout`. Raises NoDesign and LayoutRefused."""
    before = _before(event, group)
    _check_pictures(session, layout)
    _check_fonts(session, event, layout)
    _prepare(session, event, before.template_sha256, layout, group)


def _prepare(
    session: Session, event: Event, template_sha256: str, layout: Layout, group: Group | None
) -> None:
    before = (group or event).design
    _quality(session, event, template_sha256, layout, before)
    _fixed_typesetting(session, template_sha256, layout, before)


def _before(event: Event, group: Group | None) -> Design:
    """The design that is about to be replaced. Raises NoDesign."""
    design = (group or event).design
    if design is None:
        raise NoDesign()
    return design


def _whose(group: Group | None) -> list[str]:
    """For the log."""
    return ["group"] if group else []


def _layout_of_change(change: TemplateChange, event: Event, group: Group | None) -> Layout:
    """The layout that comes with the template, or what was placed on the one before."""
    if change.layout:
        return change.layout
    size, before = (change.template.width, change.template.height), (group or event).design
    layout = layout_of(before) if before else _begun(change.qr_link, size)
    layout = layout if change.keeps_texts else without_texts(layout)
    if not event.early_positions:
        return layout
    return from_old_positions(layout, size, **_as_positions(event.early_positions))


def _begun(qr_link: str, size: Size) -> Layout:
    return first_layout(qr_link, *size) if qr_link else standard_layout()


def store_picture(session: Session, event: Event, inset: Template) -> Template:
    """Store a signature or seal; picture fields may then name it by its SHA-256."""
    keep_picture(session, inset)
    audit.record(session, Action.FILE_UPLOADED, event.id, fields=["picture"])
    return inset


def set_layout(
    session: Session,
    event: Event,
    layout: Layout,
    seen_version: int | None = None,
    group: Group | None = None,
) -> Design:
    """Store a new placement. Issued certificates keep the design with which they were made.

    `seen_version` is that of the design that the person changed. Raises DesignChanged if it is not
    the newest, NoDesign if there is no template yet, and LayoutRefused if it cannot be drawn, or
    the image or font of a field was not uploaded.
    """
    before = _before(event, group)
    if layout_of(before) == layout:
        return before
    if seen_version not in (None, before.version):
        raise DesignChanged()
    _check_pictures(session, layout)
    _check_fonts(session, event, layout)
    audit.record(session, Action.DESIGN_CHANGED, event.id, fields=["layout", *_whose(group)])
    return new_design(session, event, artwork_of(before), layout, group)


def earlier(session: Session, event: Event, version: int) -> Design | None:
    """A version of the event's designs, unless it was forgotten (see `forget_old_designs`)."""
    return session.scalar(select(Design).filter_by(event_id=event.id, version=version))


def bring_back(session: Session, event: Event, version: int, group: Group | None = None) -> Design:
    """Make the template and the placement of an earlier version the newest ones. Raises NoDesign if
    it is no longer there."""
    old = earlier(session, event, version)
    if old is None:
        raise NoDesign()
    audit.record(session, Action.DESIGN_CHANGED, event.id, fields=["template", *_whose(group)])
    return new_design(session, event, artwork_of(old), layout_of(old), group)


def set_print_dpi(session: Session, event: Event, dpi: float, group: Group | None = None) -> Design:
    """Store another size on paper for PDF certificates made from now on, as pixels per inch.
    Raises NoDesign."""
    before = _before(event, group)
    if before.print_dpi == dpi:
        return before
    audit.record(session, Action.DESIGN_CHANGED, event.id, fields=["template", *_whose(group)])
    artwork = artwork_of(before)._replace(print_dpi=dpi)
    return new_design(session, event, artwork, layout_of(before), group)


def torn_texts(session: Session, event: Event) -> list[str]:
    """Fixed texts of the event's certificates in which a mark tears a word apart, each once: those
    of a stored design stay as they were set until `set_texts_anew`."""
    found = [compiled(session, design).torn_texts for _, design in all_designs(event)]
    return list(dict.fromkeys(text for texts in found for text in texts))


def set_texts_anew(session: Session, event: Event) -> None:
    """Store the designs with such texts once more, set by today's rules; what was issued stays."""
    for group, design in all_designs(event):
        if compiled(session, design).torn_texts:
            whose = ["layout", *_whose(group)]
            audit.record(session, Action.DESIGN_CHANGED, event.id, fields=whose)
            new_design(session, event, artwork_of(design), layout_of(design), group)


def limit_mailed_picture(session: Session, event: Event, limit: int) -> None:
    """Limit certificates made from now on to roughly `limit` bytes."""
    event.mailed_picture_limit = limit
    audit.record_change(session, Action.DESIGN_CHANGED, event.id, event)
    for group, design in all_designs(event):
        if _quality_within(session, event, design, limit) != design.jpeg_quality:
            new_design(session, event, artwork_of(design), layout_of(design), group)


def prepare_names(session: Session, event: Event) -> None:
    """Like `prepare_layout`, for `say_names_of_today`."""
    for group, _, layout in _layouts_with_old_names(event):
        prepare_layout(session, event, layout, group)


def say_names_of_today(session: Session, event: Event) -> None:
    """Put placeholders in place of how the event and the organization were called once, in the
    texts of all its designs. Raises LayoutRefused."""
    for group, design, layout in _layouts_with_old_names(event):
        set_layout(session, event, layout, design.version, group)


def _layouts_with_old_names(event: Event) -> list[tuple[Group | None, Design, Layout]]:
    return [
        (group, design, with_placeholders(layout_of(design), found))
        for group, design in all_designs(event)
        if (found := old_names(design, event))
    ]


def prepare_limit(session: Session, event: Event, limit: int) -> None:
    """Like `prepare_layout`, for `limit_mailed_picture`."""
    for _, design in all_designs(event):
        _quality_within(session, event, design, limit)


def all_designs(event: Event) -> list[tuple[Group | None, Design]]:
    """Everybody's design, and those of groups that have their own."""
    owners: list[Group | None] = [None, *(event.groups if event.groups_version else [])]
    return [(group, design) for group in owners if (design := (group or event).design)]


def store_font(session: Session, event: Event, font: OwnFont) -> OwnFont:
    """Store a font file; fields of this event may then use it as their face."""
    if session.get(FontFile, font.sha256) is None:
        stored = FontFile(sha256=font.sha256, content=font.content, family=font.family)
        add_unless_there(session, stored)
    if session.get(EventFont, (event.id, font.sha256)) is None:
        add_unless_there(session, EventFont(event_id=event.id, sha256=font.sha256))
    audit.record(session, Action.FILE_UPLOADED, event.id, fields=["font"])
    return font


def own_fonts(session: Session, event: Event) -> dict[str, str]:
    """The fonts that the event's organizer uploaded: SHA-256 and family, by family."""
    rows = session.execute(
        select(FontFile.sha256, FontFile.family)
        .join(EventFont, EventFont.sha256 == FontFile.sha256)
        .where(EventFont.event_id == event.id)
        .order_by(FontFile.family, FontFile.sha256)
    )
    return {sha256: family for sha256, family in rows}


_sizes: dict[str, Size] = {}


def template_size(connection: Connection, sha256: str) -> Size:
    """Width and height of a template in pixels; read once, since content with a hash never changes.

    SQLite has to read through all the image's bytes to reach them.
    """
    if sha256 not in _sizes:
        size = select(Picture.width, Picture.height).where(Picture.sha256 == sha256)
        width, height = connection.execute(size).one()
        _sizes[sha256] = (width, height)
    return _sizes[sha256]


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
        {sha: session.get_one(Picture, sha).content for sha in _pictures_in(layout)},
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
) -> CompiledDesign:
    """Like `compiled`, for a layout that is not stored (the placing preview)."""
    shown, fonts = _pictures_in(layout), _font_files(session, layout)
    # A template is only read to compile it, which costs more than drawing on it.
    brought = [*shown, *fonts]
    key = design_keys.key_of(template_sha256, layout, brought, quality, typesetting, common)
    if kept := find_compiled(key):
        return kept
    template = find_template(template_sha256) or decoded_template(
        session.get_one(Picture, template_sha256).content
    )
    pictures = {sha256: session.get_one(Picture, sha256).content for sha256 in shown}
    return design_on(template, layout, pictures, fonts, quality, typesetting, common)


def _pictures_in(layout: Layout) -> list[str]:
    return [field.own_picture for field in layout.fields if field.own_picture]


def _check_pictures(session: Session, layout: Layout) -> None:
    if any(session.get(Picture, sha256) is None for sha256 in _pictures_in(layout)):
        raise LayoutRefused(reason=N_("a picture in it was not uploaded here. Upload it first."))


def _check_fonts(session: Session, event: Event, layout: Layout) -> None:
    if layout.own_fonts and not layout.own_fonts <= own_fonts(session, event).keys():
        raise LayoutRefused(reason=N_("a font in it was not uploaded here. Upload it first."))


def _font_files(session: Session, layout: Layout) -> dict[str, Path]:
    """Put a layout's own fonts on this machine's disk; only missing ones are read."""
    return {
        sha256: kept_font(sha256) or keep_font(session.get_one(FontFile, sha256).content)
        for sha256 in sorted(layout.own_fonts)
    }


def artwork_of(design: Design) -> Artwork:
    return Artwork(design.template_sha256, design.vector_sha256, design.print_dpi)


def new_design(
    session: Session, event: Event, artwork: Artwork, layout: Layout, group: Group | None
) -> Design:
    """Store a design for everybody, or for a group; call with the event locked."""
    before = (group or event).design
    quality = _quality(session, event, artwork.template_sha256, layout, before)
    fixed = _fixed_typesetting(session, artwork.template_sha256, layout, before)
    newest = session.scalar(select(func.max(Design.version)).where(Design.event_id == event.id))
    design = Design(
        event_id=event.id,
        version=(newest or 0) + 1,
        **artwork._asdict(),
        layout=json.loads(layout.to_json()),
        jpeg_quality=quality,
        typesetting=fixed.to_json(),
        called=names_to_remember(layout, before or event.design, event),
    )
    session.add(design)
    session.flush()
    (group or event).design = design
    if group:
        groups.note_change(event)
    # Names that did not fit the previous design may fit this one.
    transitions.names_to_try_again(session, Volunteer.event_id == event.id)
    forget_old_designs(session, event, design.version)
    return design


def _fixed_typesetting(
    session: Session, template_sha256: str, layout: Layout, before: Design | None
) -> Typesetting:
    return compiled_draft(session, template_sha256, layout, _quality_of(before)).typesetting


def _quality_within(session: Session, event: Event, design: Design, limit: int) -> int:
    """The JPEG quality at which the event's current certificates have `limit` bytes."""
    return _quality(session, event, design.template_sha256, layout_of(design), design, limit)


def _quality(
    session: Session,
    event: Event,
    template_sha256: str,
    layout: Layout,
    before: Design | None,
    limit: int | None = None,
) -> int:
    """The JPEG quality of the event's certificates; `limit` is the event's unless one is given.

    Raises LayoutRefused.
    """
    # Most placements keep the previous quality; then this is the design that will be used.
    design = compiled_draft(session, template_sha256, layout, _quality_of(before))
    sample = Facts(
        name=_SAMPLE_NAME,
        number=numbered(event.number_pattern, event.next_number),
        date=event.certificate_date,
        link=_SAMPLE_LINK,
        language=event.language,
        event=event.name,
        organization=event.organization,
    )
    design.refuse_unfit(sample)
    return best_quality(design, sample, limit_of_file(limit or event.mailed_picture_limit))


def limit_of_file(limit: int) -> int:
    """How many bytes a certificate's JPEG may have, where mails are limited so: small ones carry
    another one."""
    return _LARGEST_FILE if limit == SMALL_MAIL else limit


def _quality_of(design: Design | None) -> int:
    return design.jpeg_quality if design else BEST_QUALITY


def _as_positions(stored: dict[str, Any]) -> dict[str, Position]:
    return {field: (float(x), float(y)) for field, (x, y) in stored.items()}


def fingerprint(design: Design) -> str:
    """Identifies the look of a design: equal if artwork, layout, quality and typesetting are."""
    layout = json.dumps([design.layout, design.typesetting], sort_keys=True)
    # Without a vector page and a size on paper, the same as before these existed.
    artwork = " ".join(str(one) for one in artwork_of(design) if one)
    content = f"{artwork} {design.jpeg_quality} {layout}"
    return hashlib.sha256(content.encode()).hexdigest()
