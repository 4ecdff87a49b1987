"""The certificate of an event: its template, its layout, and the design that both make."""

import hashlib
import json
from contextlib import suppress
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.errors import LayoutRefused, NoDesign
from shared.language import N_
from shared.models import Design, Event, Picture
from shared.rendering.design import CompiledDesign, compile_design
from shared.rendering.layout import Layout, from_old_positions, standard_layout
from shared.rendering.pictures import Template, accept_template

Position = tuple[float, float]


def set_template(session: Session, event: Event, upload: bytes) -> Template:
    """Take an uploaded picture; what was placed on the one before stays placed.

    Raises PictureRefused, which says what to do, with nothing changed.
    """
    template = accept_template(upload)
    _keep_picture(session, template)
    layout = layout_of(event.design) if event.design else standard_layout()
    if event.early_positions:
        size = (template.width, template.height)
        layout = from_old_positions(layout, size, **_as_positions(event.early_positions))
        event.early_positions = {}
    _new_design(session, event, template.sha256, layout)
    return template


def set_layout(session: Session, event: Event, layout: Layout) -> Design:
    """Place the fields anew. Certificates that were issued keep the design they were made with.

    Raises NoDesign when there is no picture yet, LayoutRefused when one of a field is missing.
    """
    if event.design is None:
        raise NoDesign()
    if layout_of(event.design) == layout:
        return event.design
    _check_pictures(session, layout)
    return _new_design(session, event, event.design.template_sha256, layout)


def place_by_positions(session: Session, event: Event, positions: dict[str, Position]) -> None:
    """Positions in template pixels, as the old API gives them: name (centre, top), number, date.

    Before there is a picture they are kept for it.
    """
    if event.design is None:
        event.early_positions = {
            **event.early_positions,
            **{k: list(v) for k, v in positions.items()},
        }
        return
    picture = session.get_one(Picture, event.design.template_sha256)
    size = (picture.width, picture.height)
    set_layout(session, event, from_old_positions(layout_of(event.design), size, **positions))


def layout_of(design: Design) -> Layout:
    return Layout.from_json(design.layout)


def compiled(session: Session, design: Design) -> CompiledDesign:
    """The design ready to draw; kept in memory by its content, whichever database it lies in."""
    return compiled_draft(session, design.template_sha256, layout_of(design))


def compiled_draft(session: Session, template_sha256: str, layout: Layout) -> CompiledDesign:
    """Like `compiled`, for a layout that is not stored (the placing preview)."""
    template = session.get_one(Picture, template_sha256)
    pictures = {sha256: session.get_one(Picture, sha256).content for sha256 in _pictures_in(layout)}
    return compile_design(template.content, layout, pictures)


def _pictures_in(layout: Layout) -> list[str]:
    return [field.content for field in layout.fields if field.kind == "picture" and field.shown]


def _check_pictures(session: Session, layout: Layout) -> None:
    if any(session.get(Picture, sha256) is None for sha256 in _pictures_in(layout)):
        raise LayoutRefused(reason=N_("a picture in it was not uploaded here. Upload it first."))


def _keep_picture(session: Session, template: Template) -> None:
    if session.get(Picture, template.sha256) is not None:
        return
    picture = Picture(
        sha256=template.sha256,
        content=template.content,
        media_type=template.media_type,
        width=template.width,
        height=template.height,
        dpi=template.dpi,
    )
    # Another event may bring the same picture at the same moment: then it is there already.
    with suppress(IntegrityError), session.begin_nested():
        session.add(picture)


def _new_design(session: Session, event: Event, template_sha256: str, layout: Layout) -> Design:
    newest = session.scalar(select(func.max(Design.version)).where(Design.event_id == event.id))
    design = Design(
        event_id=event.id,
        version=(newest or 0) + 1,
        template_sha256=template_sha256,
        layout=json.loads(layout.to_json()),
    )
    session.add(design)
    session.flush()
    event.design = design
    return design


def _as_positions(stored: dict[str, Any]) -> dict[str, Position]:
    return {field: (float(x), float(y)) for field, (x, y) in stored.items()}


def fingerprint(design: Design) -> str:
    """Names the look of a design: equal when template and layout are equal."""
    content = design.template_sha256 + json.dumps(design.layout, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
