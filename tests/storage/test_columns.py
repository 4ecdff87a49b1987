"""How times are stored in both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from shared.storage.models import RehearsalMail, Worker


def test_moments_come_back_in_utc_whatever_zone_they_had(database, event_id):
    shanghai = timezone(timedelta(hours=8))
    moment = datetime(2026, 7, 1, 8, 0, 0, 123456, tzinfo=shanghai)
    with database.writing() as session:
        session.add(Worker(id="w", host="h", process_id=1, started_at=moment, seen_at=moment))
    with database.reading() as session:
        seen = session.get_one(Worker, "w").seen_at
        assert session.scalar(select(Worker.id).where(Worker.seen_at == moment)) == "w"
    assert seen == moment
    assert seen.tzinfo is UTC


def test_a_moment_without_a_zone_is_a_bug_and_says_so(database, event_id):
    naive = datetime(2026, 7, 1)
    with pytest.raises(StatementError, match="without its zone"), database.writing() as session:
        session.add(RehearsalMail(recipient="", subject="", content=b"", received_at=naive))
