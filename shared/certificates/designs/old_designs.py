"""Deleting designs that are no longer needed: every drag on the certificate leaves one."""

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from shared.storage.models import Certificate, Design, Event, Group

# Kept for what another tab still shows, and for an upload that is being decided.
NEWEST_KEPT = 20
# More are deleted with later placements, so that no single one waits for them.
_FORGOTTEN_AT_ONCE = 100


def forget_old_designs(session: Session, event: Event, newest: int) -> None:
    """Delete old designs of the event with which no certificate was made, except the newest, whose
    version is `newest`, and those in use.

    Call with the event locked, after its new design is stored. Images and fonts stay.
    """
    old = (
        select(Design.id)
        .where(
            Design.event_id == event.id,
            Design.version <= newest - NEWEST_KEPT,
            Design.id.is_distinct_from(event.design_id),
            ~exists().where(Group.design_id == Design.id),
            ~exists().where(Certificate.design_id == Design.id),
        )
        .order_by(Design.id)
        .limit(_FORGOTTEN_AT_ONCE)
    )
    if forgotten := session.scalars(old).all():
        session.execute(
            delete(Design)
            .where(Design.id.in_(forgotten))
            .execution_options(synchronize_session=False)
        )
