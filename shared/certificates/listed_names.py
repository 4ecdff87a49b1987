"""Correcting names on the list before anything is issued with them."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.certificates.designs.fit_sheet import look_again
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.queue import transitions
from shared.rendering.names import new_name
from shared.storage.database import Database
from shared.storage.models import Action, Status, Volunteer
from shared.storage.turns import turns


def correct_name(
    database: Database, event_id: int, listed: str, wanted: str, by: Actor | None = None
) -> int:
    """Rename everybody who has this name on the list and no certificate yet; returns how many.

    Done in turns. People held because of the name are released. Raises NameProblem, with nothing
    changed.
    """
    name = new_name(wanted)
    open_ones = [Volunteer.event_id == event_id, Volunteer.status < Status.SUBMITTED]
    with database.reading() as session:
        ids = session.scalars(
            select(Volunteer.id).where(*open_ones, Volunteer.listed_name == listed)
        ).all()
    audit.begin(database, by, Action.VOLUNTEER_CHANGED, event_id, len(ids), fields=["listed_name"])
    count = 0
    for part in turns(ids):
        with database.writing() as session:
            still = _locked(session, part, listed)
            _rename(session, still, name)
            count += len(still)
    return count


def _locked(session: Session, ids: Sequence[int], listed: str) -> Sequence[int]:
    """The people who still have the name: somebody may submit in the meantime."""
    people = select(Volunteer.id).where(
        Volunteer.id.in_(ids),
        Volunteer.listed_name == listed,
        Volunteer.status < Status.SUBMITTED,
    )
    return session.scalars(people.order_by(Volunteer.id).with_for_update()).all()


def _rename(session: Session, ids: Sequence[int], name: str) -> None:
    renamed = update(Volunteer).where(Volunteer.id.in_(ids)).values(listed_name=name)
    session.execute(renamed.execution_options(synchronize_session=False))
    transitions.names_to_try_again(session, Volunteer.id.in_(ids))
    # One of them stands for all, since each name is examined once.
    for volunteer in session.scalars(select(Volunteer).where(Volunteer.id.in_(ids[:1]))):
        look_again(session, volunteer)
