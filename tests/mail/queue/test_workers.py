"""Whether anybody is there to send."""

from datetime import timedelta

from shared.mail.queue.clock import running_workers
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Worker


def test_a_worker_counts_while_its_heart_beats(database: Database) -> None:
    with database.writing() as session:
        now = database_time(session)
        for name, age in (("lives", 5), ("late", 15), ("silent", 25), ("gone", 500)):
            seen = now - timedelta(seconds=age)
            session.add(Worker(id=name, host="h", process_id=1, started_at=seen, seen_at=seen))
        assert running_workers(session) == 2
