"""Slots that work side by side write down together what each of them did."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import event as events_of
from sqlalchemy import select

from shared.events.installation import Installation
from shared.mail.queue import claim
from shared.mail.queue.claimed import Claimed
from shared.mail.transport.protocol import Outcome
from shared.storage.database import Database
from shared.storage.models import Attempt, Mail, Phase, Verdict
from shared.worker.batcher import Batcher, GroupCommit
from tests.support.mailing import invite
from tests.support.sending_steps import IDS, LEASE, NOBODY, SENT

IMPOSSIBLE = Outcome(Verdict.NONE, Phase.CONTENT, 250, "ok")
# Whoever waits for somebody who does not come would exceed the time allowed for a test.
FOREVER = threading.TIMEOUT_MAX


@pytest.fixture
def claimed(installation: Installation, event_id: int) -> list[Claimed]:
    """Six invitations in the hands of this worker."""
    invite(installation, event_id, 6)
    with installation.database.writing() as session:
        return claim.claim(session, 6, LEASE, IDS)


@pytest.fixture
def batcher(database: Database) -> Batcher:
    return Batcher(database, LEASE, GroupCommit(FOREVER))


@pytest.fixture
def commits(database: Database) -> list[object]:
    commits: list[object] = []
    events_of.listen(database.engine, "commit", commits.append)
    return commits


def side_by_side(group_commit: GroupCommit, *works: Callable[[], object]) -> list[Future[object]]:
    """Each in a thread of its own, when all have joined."""
    all_joined = threading.Barrier(len(works))

    def work(one: Callable[[], object]) -> object:
        with group_commit.joined():
            all_joined.wait()
            return one()

    with ThreadPoolExecutor(len(works)) as threads:
        return [threads.submit(work, one) for one in works]


def states(database: Database) -> list[str]:
    with database.reading() as session:
        return [state.value for state in session.scalars(select(Mail.state).order_by(Mail.id))]


def test_outcomes_and_last_looks_of_several_slots_are_one_commit(
    database: Database, batcher: Batcher, claimed: list[Claimed], commits: list[object]
) -> None:
    claimed.sort(key=lambda each: each.mail_id)
    for mail in claimed[:2]:
        batcher.settle_soon(mail, SENT)
    looks = side_by_side(
        batcher.group_commit,
        lambda: batcher.begin_hand_over(claimed[2]),
        lambda: batcher.begin_hand_over(claimed[3]),
        lambda: batcher.settle(claimed[4], NOBODY),
    )
    assert [look.result() for look in looks] == [True, True, None]
    assert len(commits) == 1
    assert states(database) == ["sent", "sent", "sending", "sending", "failed", "sending"]
    with database.reading() as session:
        phases = [session.get_one(Attempt, mail.attempt_id).phase for mail in claimed[2:4]]
    assert phases == ["content", "content"]


def test_a_defect_in_one_slots_mail_reaches_that_slot_and_takes_no_other_along(
    database: Database, batcher: Batcher, claimed: list[Claimed]
) -> None:
    claimed.sort(key=lambda each: each.mail_id)
    batcher.settle_soon(claimed[0], SENT)
    works = side_by_side(
        batcher.group_commit,
        lambda: batcher.settle(claimed[1], IMPOSSIBLE),
        lambda: batcher.begin_hand_over(claimed[2]),
        lambda: batcher.settle(claimed[3], NOBODY),
    )
    assert isinstance(works[0].exception(), KeyError)
    assert works[1].result() is True
    assert works[2].exception() is None
    assert states(database) == ["sent", "sending", "sending", "failed", "sending", "sending"]


def test_a_slot_that_works_alone_waits_for_nobody(batcher: Batcher, claimed: list[Claimed]) -> None:
    with batcher.group_commit.joined():
        assert batcher.begin_hand_over(claimed[0])
        batcher.settle_soon(claimed[0], SENT)
        assert batcher.begin_hand_over(claimed[1])


def test_nobody_waits_for_a_slot_without_a_mail(batcher: Batcher, claimed: list[Claimed]) -> None:
    group_commit = batcher.group_commit
    with group_commit.joined(), group_commit.left():
        [look] = side_by_side(group_commit, lambda: batcher.begin_hand_over(claimed[0]))
    assert look.result() is True


def test_whoever_waits_hears_that_the_last_other_slot_ends(
    batcher: Batcher, claimed: list[Claimed]
) -> None:
    with ThreadPoolExecutor() as threads, batcher.group_commit.joined():
        with batcher.group_commit.joined():  # A slot that ends without another mail.
            look = threads.submit(batcher.begin_hand_over, claimed[0])
        assert look.result() is True


def test_a_slot_that_takes_its_time_is_waited_for_only_briefly(
    database: Database, claimed: list[Claimed]
) -> None:
    batcher = Batcher(database, LEASE, GroupCommit())
    with batcher.group_commit.joined(), batcher.group_commit.joined():
        assert batcher.begin_hand_over(claimed[0])
