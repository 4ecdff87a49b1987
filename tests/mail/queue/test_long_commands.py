"""Commands on all mails of an event run in turns, between which others can write."""

import pytest
from sqlalchemy import func, select, update

from shared import events
from shared.acts.held_back import Release
from shared.acts.remind import Remind, Rules
from shared.acts.retry import Retry
from shared.acts.run import run
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue import failed_mails
from shared.storage.database import Database
from shared.storage.models import (
    Event,
    Mail,
    MailState,
    Problem,
    Sending,
    Status,
    Volunteer,
    now,
)
from tests.support.acting import take_back_invitations
from tests.support.crowds import crowd

MANY = 700
ONCE = Rules(at_most=1, days_apart=0)


class Interrupted(Exception):
    pass


def interrupt(share: float) -> None:
    raise Interrupted


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
    assert run(database, Release(), queued, progress=neighbour).done == held
    assert counts(database, queued) == {MailState.QUEUED: MANY}
    assert len(neighbour.shares) > 1
    assert neighbour.wrote()


def test_all_failed_mails_are_retried_while_others_write(database, queued):
    fail_most(database)
    failed = counts(database, queued)[MailState.FAILED]
    neighbour = Neighbour(database, queued)
    assert run(database, Retry(), queued, progress=neighbour).done == failed
    assert counts(database, queued) == {MailState.QUEUED: MANY}
    assert problems(database) == {None}
    assert len(neighbour.shares) > 1
    assert neighbour.wrote()


def test_retrying_that_was_interrupted_is_finished_by_the_next_press(database, queued):
    fail_most(database)
    with pytest.raises(Interrupted):
        run(database, Retry(), queued, progress=interrupt)
    left = counts(database, queued)[MailState.FAILED]
    assert 0 < left < MANY
    with database.reading() as session:
        assert failed_mails.count_failed(session, queued) == left
    assert run(database, Retry(), queued).done == left
    assert run(database, Retry(), queued).done == 0
    assert counts(database, queued) == {MailState.QUEUED: MANY}
    assert problems(database) == {None}


def fail_most(database: Database) -> None:
    """One in seven still waits."""
    with database.writing() as session:
        for mail in session.scalars(select(Mail).where(Mail.id % 7 != 0)):
            mail.state = MailState.FAILED
            mail.volunteer.problem = Problem.MAIL_FAILED


def problems(database: Database) -> set[Problem | None]:
    with database.reading() as session:
        return set(session.scalars(select(Volunteer.problem)))


def test_all_who_are_silent_are_reminded_while_others_write(database, queued):
    arrive(database)
    neighbour = Neighbour(database, queued)
    assert run(database, Remind(rules=ONCE), queued, progress=neighbour).done == MANY
    assert reminders(database) == MANY
    assert len(neighbour.shares) > 1
    assert neighbour.wrote()


def test_reminding_that_was_interrupted_reminds_nobody_twice(database, queued):
    arrive(database)
    with pytest.raises(Interrupted):
        run(database, Remind(rules=ONCE), queued, progress=interrupt)
    reminded = reminders(database)
    assert 0 < reminded < MANY
    assert run(database, Remind(rules=ONCE), queued).done == MANY - reminded
    assert run(database, Remind(rules=ONCE), queued).done == 0
    assert reminders(database) == MANY


def arrive(database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Mail).values(state=MailState.SENT, sent_at=now()))
        session.execute(update(Volunteer).values(status=Status.INVITED))


def reminders(database: Database) -> int:
    with database.reading() as session:
        people = func.count(Mail.volunteer_id.distinct())
        return session.scalar(select(people).where(Mail.kind == REMINDER.name))


def test_invitations_are_taken_back_while_others_write(database, queued):
    neighbour = Neighbour(database, queued)
    assert take_back_invitations(database, queued, progress=neighbour) == MANY
    assert counts(database, queued) == {MailState.CANCELLED: MANY}
    assert len(neighbour.shares) > 1
    assert neighbour.wrote()
    assert sending_of(database, queued) is Sending.RUNNING


def test_nothing_leaves_before_taking_back_that_was_interrupted_is_finished(database, queued):
    with pytest.raises(Interrupted):
        take_back_invitations(database, queued, progress=interrupt)
    left = counts(database, queued)[MailState.QUEUED]
    assert 0 < left < MANY
    assert sending_of(database, queued) is Sending.STOPPED
    assert take_back_invitations(database, queued) == left
    assert counts(database, queued) == {MailState.CANCELLED: MANY}


def sending_of(database: Database, event_id: int) -> Sending:
    with database.reading() as session:
        return session.get_one(Event, event_id).sending
