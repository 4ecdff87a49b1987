"""An organizer's commands never deadlock with what a worker stores."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.acts.remind import Remind, Rules
from shared.acts.run import apply
from shared.errors import InvitationUnknown
from shared.events.installation import Installation
from shared.mail.queue import opt_outs, transitions
from shared.mail.queue import settle as outcomes
from shared.privacy import erasure
from shared.storage.database import Database
from shared.storage.models import Event, Mail, Volunteer
from shared.volunteers.people import roster
from tests.support.mailing import invite
from tests.support.sending_steps import (
    NOBODY,
    SENT,
    begin,
    claim,
    mail_of,
    settle,
    submit,
    volunteer_of,
)
from tests.support.submitting import submit_name


class Beside:
    """A transaction in a thread of its own, which says when it is half way."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.is_half_way = threading.Event()
        self.fault: Exception | None = None

    def run(self, step: Callable[[Session], object]) -> threading.Thread:
        thread = threading.Thread(target=self._run, args=[step])
        thread.start()
        assert self.is_half_way.wait(10)
        return thread

    def _run(self, step: Callable[[Session], object]) -> None:
        try:
            with self._database.writing() as session:
                step(session)
        except Exception as fault:
            self.fault = fault


@contextmanager
def taking_back_slowly(beside: Beside) -> Iterator[None]:
    """Whoever runs `beside` is half way as long as mails are taken back."""
    taken_back = transitions.taken_back

    def take_back_slowly(*args: Any) -> int:
        beside.is_half_way.set()
        time.sleep(0.5)  # The worker comes to lock the mail, and then its person.
        return taken_back(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transitions, "taken_back", take_back_slowly)
        yield


def test_taking_back_never_locks_up_with_outcomes_that_are_written_down(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 2)
    low, high = claim(database)
    assert begin(database, low)
    assert begin(database, high)
    worker = Beside(database)
    settle_unsent = outcomes._settle_unsent

    def settle_slowly(*args: Any) -> bool:
        worker.is_half_way.set()
        time.sleep(0.5)  # The organizer comes to lock what is not locked yet.
        return settle_unsent(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outcomes, "_settle_unsent", settle_slowly)
        running = worker.run(
            lambda session: outcomes.settle(session, [(high, SENT), (low, NOBODY)])
        )
        with database.writing() as session:
            assert transitions.taken_back(session, Mail.event_id == event_id) == 0
        running.join(10)
    assert worker.fault is None
    assert [mail_of(database, claimed).state for claimed in (low, high)] == ["failed", "sent"]


def test_letting_somebody_submit_anew_never_locks_up_with_the_outcome_of_their_mail(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id)
    (claimed,) = claim(database)
    assert begin(database, claimed)
    organizer = Beside(database)

    def let_submit_anew(session: Session) -> None:
        roster.reopen(session, session.scalars(select(Volunteer)).one())

    with taking_back_slowly(organizer):
        running = organizer.run(let_submit_anew)
        assert settle(database, claimed, SENT)
        running.join(10)
    assert organizer.fault is None


def test_ending_reminders_never_locks_up_with_the_outcome_of_one(
    installation: Installation, event_id: int
) -> None:
    database, seal = installation.database, installation.seal
    invite(installation, event_id, 1)
    (invited,) = claim(database)
    assert begin(database, invited)
    assert settle(database, invited, SENT)
    person = volunteer_of(database, invited)
    assert person.token
    key = opt_outs.opt_out_key(person.id, seal.open_token(person.token))
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        assert apply(session, Remind(rules=Rules(3, 0)), event.id).done == 1
    (claimed,) = claim(database)
    assert begin(database, claimed)
    at_home = Beside(database)
    with taking_back_slowly(at_home):
        running = at_home.run(lambda session: opt_outs.end_reminders(session, seal, key))
        assert settle(database, claimed, NOBODY)
        running.join(10)
    assert at_home.fault is None
    assert volunteer_of(database, claimed).reminders_ended_at is not None


def test_erasing_somebody_never_locks_up_with_what_they_submit(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id)
    with database.reading() as session:
        person = session.scalars(select(Volunteer)).one()
    assert person.token
    token = installation.seal.open_token(person.token)
    organizer = Beside(database)

    def erase_slowly(session: Session) -> None:
        get = session.get

        def get_slowly(kind: type, *args: Any, **named: Any) -> Any:
            if kind is Volunteer:  # Their mails are locked.
                organizer.is_half_way.set()
                time.sleep(0.5)  # The person comes to submit another name.
            return get(kind, *args, **named)

        session.get = get_slowly  # type: ignore[method-assign]
        erasure.erase(session, installation.seal, event_id, person.id)

    running = organizer.run(erase_slowly)
    with pytest.raises(InvitationUnknown), database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "Zed")
    running.join(10)
    assert organizer.fault is None
