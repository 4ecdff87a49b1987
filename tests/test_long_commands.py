"""Commands on all mails of an event: in turns, between which everybody else writes."""

import pytest
from sqlalchemy import func, select

from shared import events, long_commands
from shared.database import Database
from shared.models import Event, Mail, MailState
from tests.crowds import crowd

MANY = 700


@pytest.fixture
def queued(database: Database) -> int:
    """An event with 700 invitations that are due; its id."""
    return crowd(database, MANY)


def counts(database: Database, event_id: int) -> dict[MailState, int]:
    by_state = (
        select(Mail.state, func.count()).where(Mail.event_id == event_id).group_by(Mail.state)
    )
    with database.reading() as session:
        return {state: count for state, count in session.execute(by_state)}


class Neighbour:
    """Somebody who writes whenever a turn is over."""

    def __init__(self, database: Database, event_id: int) -> None:
        self._database, self._event_id = database, event_id
        self.shares: list[float] = []

    def __call__(self, share: float) -> None:
        self.shares.append(share)
        with self._database.writing() as session:
            event = events.event_for_change(session, self._event_id)
            event.website = f"https://example.org/{len(self.shares)}"

    def wrote(self) -> bool:
        with self._database.reading() as session:
            written = session.get_one(Event, self._event_id).website
        return written == f"https://example.org/{len(self.shares)}"


def test_all_who_were_held_are_released_while_others_write(database, queued):
    with database.writing() as session:
        for mail in session.scalars(select(Mail).where(Mail.id % 7 != 0)):
            mail.state = MailState.HELD
    held = counts(database, queued)[MailState.HELD]
    neighbour = Neighbour(database, queued)
    assert long_commands.release_in_turns(database, queued, neighbour) == held
    assert counts(database, queued) == {MailState.QUEUED: MANY}
    assert len(neighbour.shares) > 1
    assert neighbour.wrote()
