"""Storing the outcomes of many mails in one commit, without one mail's error affecting another."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event as events_of
from sqlalchemy import select

from shared.events.installation import Installation
from shared.mail.queue import claim, settle
from shared.mail.queue.attempts import Claimed
from shared.mail.transport.outcome import Outcome
from shared.storage.database import DATABASE_AWAY, Database
from shared.storage.models import Attempt, Mail, Phase, Verdict
from shared.worker.batcher import Batcher
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import IDS, LEASE, SENT

IMPOSSIBLE = Outcome(Verdict.NONE, Phase.CONTENT, 250, "ok")


@pytest.fixture
def claimed(installation: Installation, event_id: int) -> list[Claimed]:
    """Three invitations in the hands of this worker."""
    invite(installation, event_id)
    with installation.database.writing() as session:
        return claim.claim(session, 3, LEASE, IDS)


@pytest.fixture
def batcher(database: Database) -> Batcher:
    return Batcher(database, LEASE)


@pytest.fixture
def impatient(database: Database) -> Iterator[Database]:
    """The database for somebody who hears at once that it is locked."""
    impatient = Database(database.engine.url.render_as_string(hide_password=False))
    limit = "PRAGMA busy_timeout=50" if database.is_sqlite else "SET lock_timeout=50"

    @events_of.listens_for(impatient.engine, "connect")
    def _(connection: Any, _: object) -> None:
        connection.cursor().execute(limit)
        if not database.is_sqlite:
            connection.commit()

    yield impatient
    impatient.close()


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody else writes to all mails for as long as the block lasts."""
    with database.writing() as session:
        session.scalars(select(Mail).with_for_update()).all()
        yield


def states(database: Database) -> list[str]:
    with database.reading() as session:
        return [state.value for state in session.scalars(select(Mail.state).order_by(Mail.id))]


def test_an_outcome_is_written_with_the_next_mail_that_goes_out(
    database: Database, batcher: Batcher, claimed: list[Claimed]
) -> None:
    batcher.settle_soon(claimed[0], SENT)
    commits: list[object] = []
    events_of.listen(database.engine, "commit", commits.append)
    assert batcher.begin_hand_over(claimed[1])
    assert len(commits) == 1
    assert states(database) == ["sent", "sending", "sending"]


def test_an_outcome_that_no_mail_follows_is_written_soon(
    database: Database, batcher: Batcher, claimed: list[Claimed]
) -> None:
    batcher.settle_soon(claimed[0], SENT)
    time.sleep(0.05)
    batcher.write_overdue()
    assert states(database) == ["sent", "sending", "sending"]
    batcher.write_overdue()  # Nothing waits.


def test_outcomes_that_had_to_wait_are_one_commit(
    database: Database, impatient: Database, claimed: list[Claimed]
) -> None:
    batcher = Batcher(impatient, LEASE)
    with locked(database):
        for mail in claimed:
            batcher.settle_soon(mail, SENT)
    assert states(database) == ["sending"] * 3
    commits: list[object] = []
    events_of.listen(impatient.engine, "commit", commits.append)
    batcher.write_waiting()
    assert states(database) == ["sent"] * 3
    assert len(commits) == 1


def test_a_mail_goes_out_only_when_the_one_before_it_is_written_down(
    database: Database, impatient: Database, claimed: list[Claimed]
) -> None:
    batcher = Batcher(impatient, LEASE)
    with locked(database):
        batcher.settle_soon(claimed[0], SENT)
        with pytest.raises(DATABASE_AWAY):
            batcher.begin_hand_over(claimed[1])
    assert batcher.begin_hand_over(claimed[1])
    assert states(database) == ["sent", "sending", "sending"]
    with database.reading() as session:
        assert session.get_one(Attempt, claimed[1].attempt_id).phase == "content"


def test_a_defect_stays_with_its_own_mail(
    database: Database,
    impatient: Database,
    claimed: list[Claimed],
    caplog: pytest.LogCaptureFixture,
) -> None:
    batcher = Batcher(impatient, LEASE)
    with locked(database):
        batcher.settle_soon(claimed[0], IMPOSSIBLE)
        batcher.settle_soon(claimed[1], SENT)
    assert batcher.begin_hand_over(claimed[2])
    assert states(database) == ["sending", "sent", "sending"]
    lost = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert f"mail {claimed[0].mail_id}: its outcome is lost" in lost[-1]


def test_a_defect_reaches_the_slot_that_waits(batcher: Batcher, claimed: list[Claimed]) -> None:
    with pytest.raises(KeyError):
        batcher.settle(claimed[0], IMPOSSIBLE)


def test_an_outcome_is_given_up_before_the_mail_is_in_other_hands(
    database: Database,
    impatient: Database,
    claimed: list[Claimed],
    caplog: pytest.LogCaptureFixture,
) -> None:
    batcher = Batcher(impatient, timedelta(0))
    with locked(database):
        batcher.settle_soon(claimed[0], SENT)
        batcher.write_waiting()
    batcher.write_waiting()
    assert states(database)[0] == "sending"
    assert "its outcome is lost" in caplog.text


def test_a_try_that_another_has_overtaken_stays_here_though_both_ask_at_once(
    database: Database, impatient: Database, claimed: list[Claimed]
) -> None:
    pass_time(database, 2 * LEASE)
    with database.writing() as session:
        [newer] = claim.claim(session, 1, LEASE, IDS)
        older = next(old for old in claimed if old.mail_id == newer.mail_id)
        allowed = settle.begin_hand_overs(session, [older, newer], LEASE)
    assert allowed == {newer.attempt_id}
