"""Placing by positions in pixels, as programs of the old API do."""

from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.log import audit
from shared.rendering.layout import Layout, from_old_positions
from shared.storage.models import Action, Design, Event

Position = tuple[float, float]


def prepare_positions(session: Session, event: Event, positions: dict[str, Position]) -> None:
    """Like `designs.prepare_layout`, for `place_by_positions`."""
    if event.design is not None:
        designs.prepare_layout(session, event, _placed_by(session, event.design, positions))


def place_by_positions(session: Session, event: Event, positions: dict[str, Position]) -> None:
    """Positions in template pixels, as the old API gives them: name (centre, top), number, date.

    Without an image yet, they are kept until there is one.
    """
    if event.design is None:
        event.early_positions = {
            **event.early_positions,
            **{k: list(v) for k, v in positions.items()},
        }
        audit.record_change(session, Action.DESIGN_CHANGED, event.id, event)
        return
    designs.set_layout(session, event, _placed_by(session, event.design, positions))


def _placed_by(session: Session, design: Design, positions: dict[str, Position]) -> Layout:
    size = designs.template_size(session.connection(), design.template_sha256)
    return from_old_positions(designs.layout_of(design), size, **positions)
