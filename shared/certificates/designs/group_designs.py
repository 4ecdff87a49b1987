"""A group's own design, which starts as everybody's and is changed on its own from then on."""

from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.errors import NoDesign
from shared.events import groups
from shared.log import audit
from shared.rendering.layout import Layout
from shared.storage.models import Action, Design, Event, Group


def begin_own_design(session: Session, event: Event, group: Group) -> Design:
    """Give the group a design of its own that looks like everybody's; call with the event locked.

    A group that has one keeps it. Raises NoDesign.
    """
    if group.design:
        return group.design
    if event.design is None:
        raise NoDesign()
    layout = Layout.from_json(event.design.layout)
    audit.record(session, Action.DESIGN_CHANGED, event.id, fields=["group"])
    artwork = designs.artwork_of(event.design)
    return designs.new_design(session, event, artwork, layout, group)


def end_own_design(session: Session, event: Event, group: Group) -> None:
    """Go back to everybody's design; what was issued stays. Call with the event locked."""
    if group.design is None:
        return
    group.design = None
    groups.note_change(event)
    audit.record(session, Action.DESIGN_CHANGED, event.id, fields=["group"])
