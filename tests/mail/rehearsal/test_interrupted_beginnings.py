"""A process is killed while an event goes live or forgets its rehearsal: everybody has one link."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from shared.acts.begin_for_real import count_rehearsed
from shared.acts.go_live import go_live_in_turns
from shared.acts.invite import Invite
from shared.acts.run import run
from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    RehearsalMail,
    Security,
    SendingAccount,
    Status,
    Volunteer,
    now,
)
from tests.support.acting import begin_for_real, held
from tests.support.crowds import crowd
from tests.support.sending_steps import SENT, add_account, claim, settle

MANY = 700

Beginning = Callable[..., Any]


def killed_within(beginning: Beginning, database: Database, event_id: int, share: float) -> None:
    """Run it in a process that is killed between two turns, when more than `share` is done."""
    url = database.engine.url.render_as_string(hide_password=False)
    process = multiprocessing.get_context("forkserver").Process(
        target=_begin_and_die, args=(beginning, url, event_id, share)
    )
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def _begin_and_die(beginning: Beginning, url: str, event_id: int, share: float) -> None:
    def told(done: float) -> None:
        if done > share:
            os.kill(os.getpid(), signal.SIGKILL)

    beginning(Database(url), event_id, progress=told)


def states(database: Database) -> dict[MailState, int]:
    with database.reading() as session:
        counted = select(Mail.state, func.count()).group_by(Mail.state)
        return {state: count for state, count in session.execute(counted)}


def links(database: Database) -> dict[int, str | None]:
    """The sealed token of each person whose invitation is on its way or has left."""
    waiting = select(Volunteer.id, Volunteer.token).join(Mail, Mail.volunteer_id == Volunteer.id)
    with database.reading() as session:
        rows = session.execute(waiting.where(Mail.state != MailState.CANCELLED)).all()
    assert len(rows) == len({person for person, _ in rows}), "somebody gets two invitations"
    return {person: token for person, token in rows}


def queue(installation: Installation, event_id: int) -> int:
    return run(installation.database, Invite(), event_id, held(installation)).done


# Going live, while invitations of the rehearsal wait


@pytest.fixture
def waiting(installation: Installation, database: Database) -> int:
    """An event in rehearsal with an account, and 700 invitations that wait; its id."""
    event_id = crowd(database, MANY, queued=False)
    assert queue(installation, event_id) == MANY
    with database.writing() as session:
        account = {"username": "thanks@example.org", "host": "smtp.example.org", "port": 465}
        event = session.get_one(Event, event_id)
        event.account = SendingAccount(security=Security.TLS, **account)
    return event_id


def is_live(database: Database, event_id: int) -> bool:
    with database.reading() as session:
        return session.get_one(Event, event_id).live_at is not None


def test_others_write_while_an_event_goes_live(database, waiting):
    shares = []

    def told(share: float) -> None:
        shares.append(share)
        with database.writing() as session:
            session.get_one(Event, waiting).website = f"https://example.org/{len(shares)}"

    assert go_live_in_turns(database, waiting, progress=told)
    assert len(shares) > 1
    assert is_live(database, waiting)
    assert states(database) == {MailState.CANCELLED: MANY}
    with database.reading() as session:
        assert session.get_one(Event, waiting).website.endswith(f"/{len(shares)}")


def test_going_live_that_was_killed_wrote_to_nobody_and_is_finished_by_the_next_press(
    installation, database, waiting
):
    killed_within(go_live_in_turns, database, waiting, 0)
    assert not is_live(database, waiting)
    assert 0 < states(database)[MailState.CANCELLED] < MANY
    assert {claimed.account for claimed in claim(database)} == {None}
    assert go_live_in_turns(database, waiting)
    assert is_live(database, waiting)
    assert states(database) == {MailState.CANCELLED: MANY}
    assert queue(installation, waiting) == MANY
    assert len(set(links(database).values()) - {None}) == MANY


def test_what_was_queued_for_people_stays_when_somebody_goes_live_a_second_time(
    installation, database, waiting
):
    """Two press at once, and the organizer sends before the second one is through."""

    def go_live_first(share: float) -> None:
        if not is_live(database, waiting):
            assert go_live_in_turns(database, waiting)
            assert queue(installation, waiting) == MANY

    assert not go_live_in_turns(database, waiting, progress=go_live_first)
    assert states(database) == {MailState.QUEUED: MANY}


# Beginning for real, after a rehearsal


@pytest.fixture
def rehearsed(installation: Installation, database: Database) -> int:
    """A live event whose 700 people were invited in rehearsal; its id."""
    event_id = crowd(database, MANY, queued=False)
    assert queue(installation, event_id) == MANY
    with database.writing() as session:
        session.execute(update(Mail).values(state=MailState.SENT, sent_at=now()))
        session.execute(update(Volunteer).values(status=Status.INVITED))
        ids = session.scalars(select(Mail.id)).all()
        tries = [{"mail_id": mail, "account": "", "try_number": 1, "at": now()} for mail in ids]
        session.execute(insert(Attempt), tries)
        kept = [{"event_id": event_id, "recipient": f"v{n}@example.org"} for n in range(MANY)]
        rest = {"subject": "", "content": b""}
        session.execute(insert(RehearsalMail), [mail | rest for mail in kept])
    add_account(database, event_id)
    return event_id


def left(database: Database, event_id: int) -> int:
    with database.reading() as session:
        return count_rehearsed(session, session.get_one(Event, event_id))


def kept_mails(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(RehearsalMail)).one()


def test_others_write_while_a_rehearsal_is_forgotten(database, rehearsed):
    shares = []

    def told(share: float) -> None:
        shares.append(share)
        with database.writing() as session:
            session.get_one(Event, rehearsed).website = f"https://example.org/{len(shares)}"

    assert begin_for_real(database, rehearsed, progress=told) == MANY
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert (states(database), kept_mails(database), left(database, rehearsed)) == ({}, 0, 0)
    with database.reading() as session:
        assert session.get_one(Event, rehearsed).website.endswith(f"/{len(shares)}")
        assert not session.get_one(Event, rehearsed).is_forgetting_rehearsal


@pytest.mark.parametrize("share", [0, 0.5])
def test_a_rehearsal_whose_forgetting_was_killed_is_forgotten_by_the_next_press(
    installation, database, rehearsed, share
):
    shown = links(database)
    killed_within(begin_for_real, database, rehearsed, share)
    remaining = left(database, rehearsed)
    assert 0 < remaining <= MANY
    assert begin_for_real(database, rehearsed) == remaining
    assert (states(database), kept_mails(database), left(database, rehearsed)) == ({}, 0, 0)
    assert queue(installation, rehearsed) == MANY
    real = links(database)
    assert len(set(real.values()) - {None}) == MANY
    assert not set(real.values()) & set(shown.values())


def test_who_was_invited_for_real_after_a_killed_forgetting_keeps_that_link(
    installation, database, rehearsed
):
    killed_within(begin_for_real, database, rehearsed, 0.5)
    remaining = left(database, rehearsed)
    assert queue(installation, rehearsed) == MANY - remaining > 0
    (first,) = claim(database, 1)
    settle(database, first, SENT)
    with database.reading() as session:
        waiting = select(Volunteer.id).join(Mail, Mail.volunteer_id == Volunteer.id)
        queued = set(session.scalars(waiting.where(Mail.state == MailState.QUEUED)))
    before = links(database)
    assert begin_for_real(database, rehearsed) == remaining
    after = links(database)
    assert set(after) == queued | {first.mail.volunteer.id}
    assert after == {person: before[person] for person in after}
    assert queue(installation, rehearsed) == remaining
    assert len(set(links(database).values()) - {None}) == MANY
