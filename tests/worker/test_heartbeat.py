"""A running worker is seen, and one that ended is not."""

from sqlalchemy import func, select

from shared.events.installation import Installation
from shared.storage.models import Worker
from tests.support.mailing import wait_until, working


def test_a_running_worker_is_seen(installation: Installation) -> None:
    with working(installation):
        wait_until(lambda: workers(installation) == 1)
    assert workers(installation) == 0


def workers(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalars(select(func.count()).select_from(Worker)).one()
