"""Databases that are away for a while, and workers that are."""

from pathlib import Path

from tests.faults import experiments, stuck
from tests.faults.postgresql import postgresql_of_its_own
from tests.faults.scene import assert_nothing_is_lost_or_invented


def test_a_worker_that_slept_does_not_send_what_its_successor_sent(tmp_path: Path) -> None:
    # Workers on several machines share a PostgreSQL; with SQLite the whole machine sleeps.
    with postgresql_of_its_own() as server:
        audit = experiments.suspended_worker(tmp_path, server.new_database(), mails=100)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.sent == 100


def test_a_locked_database_is_waited_for(tmp_path: Path) -> None:
    audit = experiments.locked_database(tmp_path, mails=80, seconds=2)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.duplicates) == (80, 0)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    audit = experiments.full_disk(tmp_path, mails=80)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.sent == 80


def test_a_restarted_postgresql_is_waited_for(tmp_path: Path) -> None:
    # A server of this test's own: the others must not notice.
    with postgresql_of_its_own() as server:
        audit = experiments.restarted_postgresql(tmp_path, server, mails=120)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.sent == 120


def test_a_database_that_hangs_ends_no_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hanging.sqlite3"
    audit, alive, ended = stuck.hanging_database(tmp_path, url, None, seconds=8)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, alive, ended) == (100, 3, 0)
