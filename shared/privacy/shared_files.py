"""The images and fonts of an event that is removed; those that other events use stay.

A file is stored once, under its SHA-256, whoever uploaded it.
"""

from collections.abc import Iterable

from sqlalchemy import Text, cast, delete, exists, or_, select, update

from shared.rendering.layout import Layout
from shared.rendering.text.own_fonts import drop_cached_font
from shared.storage.database import Database
from shared.storage.models import Design, Event, EventFont, FontFile, Picture, VectorPage

# How many designs are searched at once for the images that they show.
_PART = 20


def forget_designs(database: Database, event_id: int) -> None:
    """Remove the event's designs, and their images and pages that no other design shows."""
    with database.writing() as session:
        session.execute(update(Event).where(Event.id == event_id).values(design_id=None))
        ids = session.scalars(select(Design.id).where(Design.event_id == event_id)).all()
    for start in range(0, len(ids), _PART):
        # In one transaction, so that no image is left without a design.
        with database.writing() as session:
            some = Design.id.in_(ids[start : start + _PART])
            designs = session.scalars(select(Design).where(some)).all()
            session.execute(delete(Design).where(some))
            for sha256 in sorted({sha256 for one in designs for sha256 in pictures_of(one)}):
                in_layout = cast(Design.layout, Text).contains(sha256, autoescape=True)
                used = exists().where(or_(Design.template_sha256 == sha256, in_layout))
                session.execute(delete(Picture).where(Picture.sha256 == sha256, ~used))
            for sha256 in sorted({one.vector_sha256 for one in designs if one.vector_sha256}):
                used = exists().where(Design.vector_sha256 == sha256)
                session.execute(delete(VectorPage).where(VectorPage.sha256 == sha256, ~used))


def pictures_of(design: Design) -> Iterable[str]:
    """The SHA-256 of its template, and of the images placed on it."""
    yield design.template_sha256
    for field in Layout.from_json(design.layout).fields:
        if field.kind == "picture" and field.content:
            yield field.content


def forget_fonts(database: Database, event_id: int) -> None:
    """Remove the fonts that only this event uploaded, from this machine's disk as well."""
    with database.writing() as session:
        its_own = select(EventFont.sha256).where(EventFont.event_id == event_id)
        brought = session.scalars(its_own).all()
        session.execute(delete(EventFont).where(EventFont.event_id == event_id))
        used = set(session.scalars(select(EventFont.sha256).where(EventFont.sha256.in_(brought))))
        gone = [sha256 for sha256 in brought if sha256 not in used]
        session.execute(delete(FontFile).where(FontFile.sha256.in_(gone)))
    for sha256 in gone:
        drop_cached_font(sha256)
