"""Slots that work side by side write down together what each of them did."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import event as events_of
from sqlalchemy import select

from shared.events.installation import Installation
from shared.mail.queue import claim
from shared.mail.queue.attempts import Claimed
from shared.mail.transport.outcome import Outcome
from shared.storage.database import Database
from shared.storage.models import Attempt, Mail, Phase, Verdict
from shared.worker.batcher import Batcher
from tests.support.mailing import invite
from tests.support.sending_steps import IDS, LEASE, NOBODY, SENT

IMPOSSIBLE = Outcome(Verdict.NONE, Phase.CONTENT, 250, "ok")


@pytest.fixture
def claimed(installation: Installation, event_id: int) -> list[Claimed]:
    """Six invitations in the hands of this worker."""
    invite(installation, event_id, 6)
    with installation.database.writing() as session:
        return claim.claim(session, 6, LEASE, IDS)


@pytest.fixture
def batcher(database: Database) -> Batcher:
    return Batcher(database, LEASE)


@pytest.fixture
def commits(database: Database) -> list[object]:
    commits: list[object] = []
    events_of.listen(database.engine, "commit", commits.append)
    return commits


def side_by_side(
    database: Database, batcher: Batcher, *works: Callable[[], object]
) -> list[Future[object]]:
    """Each in a thread of its own, while somebody else keeps the database."""
    with ThreadPoolExecutor(len(works)) as threads:
        with database.writing() as session:
            session.scalars(select(Mail).with_for_update()).all()
            first = threads.submit(works[0])
            # It has taken what it writes, and waits for the database.
            while batcher._waiting or not batcher._committing.locked():
                time.sleep(0.01)
            others = [threads.submit(work) for work in works[1:]]
            while len(batcher._waiting) < len(others):
                time.sleep(0.01)
        return [first, *others]


def states(database: Database) -> list[str]:
    with database.reading() as session:
        return [state.value for state in session.scalars(select(Mail.state).order_by(Mail.id))]


def test_outcomes_and_last_looks_of_several_slots_are_one_commit(
    database: Database, batcher: Batcher, claimed: list[Claimed], commits: list[object]
) -> None:
    claimed.sort(key=lambda each: each.mail_id)
    looks = side_by_side(
        database,
        batcher,
        lambda: batcher.begin_hand_over(claimed[0]),
        lambda: batcher.begin_hand_over(claimed[1]),
        lambda: batcher.begin_hand_over(claimed[2]),
        lambda: batcher.settle(claimed[3], NOBODY),
        lambda: batcher.settle_soon(claimed[4], SENT),
    )
    assert [look.result() for look in looks] == [True, True, True, None, None]
    # Whoever kept the database, the first slot, and one for all the others.
    assert len(commits) == 3
    assert states(database) == ["sending", "sending", "sending", "failed", "sent", "sending"]
    with database.reading() as session:
        phases = [session.get_one(Attempt, mail.attempt_id).phase for mail in claimed[:3]]
    assert phases == ["content", "content", "content"]


def test_a_defect_in_one_slots_mail_reaches_that_slot_and_takes_no_other_along(
    database: Database, batcher: Batcher, claimed: list[Claimed]
) -> None:
    claimed.sort(key=lambda each: each.mail_id)
    works = side_by_side(
        database,
        batcher,
        lambda: batcher.settle(claimed[0], SENT),
        lambda: batcher.settle(claimed[1], IMPOSSIBLE),
        lambda: batcher.begin_hand_over(claimed[2]),
        lambda: batcher.settle(claimed[3], NOBODY),
    )
    assert isinstance(works[1].exception(), KeyError)
    assert works[2].result() is True
    assert works[3].exception() is None
    assert states(database) == ["sent", "sending", "sending", "failed", "sending", "sending"]
