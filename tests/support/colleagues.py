"""Persons who work on an event, each with a key."""

from datetime import datetime

from shared import events
from shared.access import colleagues
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.storage.database import Database


def join(
    database: Database,
    event_id: int,
    name: str,
    role: str,
    *,
    expires_at: datetime | None = None,
    by: Actor | None = None,
) -> str:
    """Somebody new on the event, and their key."""
    with database.writing(by=by) as session:
        event = events.event_for_change(session, event_id)
        _, key = colleagues.add_person(session, event, name=name, role=role, expires_at=expires_at)
        return key


def invite_colleague(
    installation: Installation,
    event_id: int,
    name: str,
    role: str,
    *,
    by: Actor | None = None,
    access_expires_at: datetime | None = None,
) -> str:
    """The token of a link for somebody new."""
    with installation.database.writing(by=by) as session:
        event = events.event_for_change(session, event_id)
        _, token = colleagues.invite(
            session,
            installation.seal,
            event,
            name=name,
            role=role,
            access_expires_at=access_expires_at,
        )
        return token


def who_works_on(database: Database, event_id: int) -> list[str]:
    with database.reading() as session:
        return [person.key.name for person in colleagues.people_of(session, event_id)]
