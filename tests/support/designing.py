"""Designs as organizers change them, prepared and stored in one transaction."""

from sqlalchemy.orm import Session

from shared.certificates.designs.changes import (
    Change,
    LayoutChange,
    OwnDesign,
    TemplateChange,
    prepare,
    store,
)
from shared.rendering.layout import Layout
from shared.rendering.uploads.template import Template
from shared.storage.models import Design, Event, Group


def change(session: Session, event: Event, wanted: Change) -> None:
    store(session, event, prepare(session, event, wanted))


def set_template(
    session: Session, event: Event, template: Template, group: Group | None = None
) -> None:
    change(session, event, TemplateChange(template, group_id=group.id if group else None))


def set_layout(
    session: Session,
    event: Event,
    layout: Layout,
    seen_version: int | None = None,
    group: Group | None = None,
) -> Design:
    wanted = LayoutChange(layout, seen_version=seen_version, group_id=group.id if group else None)
    change(session, event, wanted)
    return wanted.current(event)


def begin_own_design(session: Session, event: Event, group: Group) -> Design:
    change(session, event, OwnDesign(group_id=group.id))
    assert group.design is not None
    return group.design
