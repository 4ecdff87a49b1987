"""Noting that an organizer passed links or certificates on in another way than by mail.

A copied link, a table of links, or a downloaded file may be with its person from then on, so their
certificate is not taken back as one that nobody has seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from shared.acts import Turn
from shared.acts.chosen_people import ActAmong
from shared.acts.run import run
from shared.certificates.issuing import chosen
from shared.mail.queue import transitions
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Event, Mail, Status, Volunteer
from shared.storage.models.volunteer import UNREACHED
from shared.volunteers.people.listing import Selection


@dataclass(frozen=True)
class PassOn(ActAmong):
    """Note it for people whom nothing has reached, as far as their own row says."""

    mails_first = True

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        unmailed = [Status.NEW, Status.SUBMITTED, Status.PICTURE_MADE]
        return [UNREACHED, Volunteer.status.in_(unmailed)]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        people, at = turn.people(ids), database_time(turn.session)
        for person in people:
            person.passed_on_at = at
        which = Mail.volunteer_id.in_([person.id for person in people])
        transitions.may_have_been_seen(turn.session, which)
        return len(people)


def pass_on(database: Database, event_id: int, people: chosen.People) -> None:
    """Note it for these people; None for everybody. Raises EventUnknown."""
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        found = PassOn().everybody(session, event)
        ids = session.scalars(chosen.of_these(found, Volunteer.id, people)).all()
    run(database, PassOn(Selection(ids=tuple(ids))), event_id)
