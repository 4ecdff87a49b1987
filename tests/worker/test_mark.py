"""A database that was restored or moved is noticed by a mark outside it."""

import json
import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

from shared.acts.decide import MailsDecision, decide
from shared.acts.remove import remove
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.mail.queue import hold, transitions
from shared.mail.queue.attempts import Claimed
from shared.privacy.deletion import delete_event, remove_deleted
from shared.storage.database import Database
from shared.storage.models import Attempt, Event, Mail, Volunteer
from shared.worker.mark import Mark
from tests.support.mailing import invite, statuses, use_sink, wait_until, working
from tests.support.sending_steps import SENT, begin, claim, settle, submit
from tests.support.smtp_sink import SmtpSink

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def is_held(database: Database) -> bool:
    with database.reading() as session:
        return hold.is_any_held(session)


def file_of(database: Database) -> Path:
    assert database.engine.url.database is not None
    return Path(database.engine.url.database)


def copy_of(database: Database, to: Path) -> Path:
    with closing(sqlite3.connect(file_of(database))) as now, closing(sqlite3.connect(to)) as copy:
        now.backup(copy)
    return to


def overwrite(database: Database, copy: Path) -> None:
    database.close()
    for left in ("-wal", "-shm"):
        Path(f"{file_of(database)}{left}").unlink(missing_ok=True)
    file_of(database).write_bytes(copy.read_bytes())


def test_the_first_start_and_a_sending_hold_nothing(
    installation: Installation, event_id: int, tmp_path: Path
):
    invite(installation, event_id, 3)
    for _ in range(3):
        Mark(tmp_path).compare(installation.database)
        claim(installation.database, 1)
    assert not is_held(installation.database)


def test_two_workers_of_one_folder_do_not_take_each_other_for_a_restore(
    installation: Installation, event_id: int, tmp_path: Path
):
    invite(installation, event_id, 6)
    one, other = Mark(tmp_path), Mark(tmp_path)
    for mark in (one, other, one, other, other, one):
        claim(installation.database, 1)
        mark.compare(installation.database)
    assert not is_held(installation.database)


def test_attempts_that_the_database_forgot_are_noticed(
    installation: Installation, event_id: int, tmp_path: Path
):
    invite(installation, event_id, 3)
    claim(installation.database, 2)
    Mark(tmp_path).compare(installation.database)
    with installation.database.writing() as session:
        session.execute(text("DELETE FROM attempt"))
    Mark(tmp_path).compare(installation.database)
    # Cleaning up is no restore: the last number that was given stays.
    assert not is_held(installation.database)
    with installation.database.writing() as session:
        session.execute(
            text("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'attempt'")
            if installation.database.is_sqlite
            else text("SELECT setval('attempt_id_seq', 1)")
        )
    Mark(tmp_path).compare(installation.database)
    assert is_held(installation.database)
    assert claim(installation.database) == []


def stored(mark: Mark, database: Database, one: Claimed, *, ended: bool = False) -> None:
    """As the batcher does: first the database, then the mark."""
    if ended:
        settle(database, one, SENT)
    else:
        assert begin(database, one)
    mark.note_stored(one.attempt_id, ended=ended)


@SQLITE
@pytest.mark.parametrize("before", ["claim", "hand-over", "outcome"])
def test_a_copy_from_before_a_mail_left_is_noticed_however_soon_it_is_put_back(
    installation: Installation, event_id: int, tmp_path: Path, before: str
):
    database, mark = installation.database, Mark(tmp_path, "worker")
    invite(installation, event_id, 3)
    mark.compare(database)
    copies = {"claim": copy_of(database, tmp_path / "claim")}
    (one,) = claim(database, 1)
    mark.note_claimed(one.attempt_id)
    copies["hand-over"] = copy_of(database, tmp_path / "hand-over")
    stored(mark, database, one)
    copies["outcome"] = copy_of(database, tmp_path / "outcome")
    stored(mark, database, one, ended=True)
    # A worker that begins anew, after an end or a kill, holds nothing of its own.
    Mark(tmp_path, "next").compare(database)
    assert not is_held(database)
    overwrite(database, copies[before])
    restored = Database(installation.settings.database_url)
    Mark(tmp_path, "next").compare(restored)
    assert is_held(restored)
    restored.close()


def test_a_copy_whose_last_number_is_ahead_of_its_rows_is_noticed(
    installation: Installation, event_id: int, tmp_path: Path
):
    database, mark = installation.database, Mark(tmp_path, "worker")
    invite(installation, event_id, 1)
    mark.compare(database)
    (one,) = claim(database, 1)
    mark.note_claimed(one.attempt_id)
    stored(mark, database, one)
    # As in a dump of PostgreSQL, which reads numbers later than rows.
    with database.writing() as session:
        session.execute(text("DELETE FROM attempt"))
    Mark(tmp_path, "next").compare(database)
    assert is_held(database)


@pytest.mark.parametrize("gone", ["the event", "the person"])
def test_what_is_removed_with_its_event_or_person_holds_nobody_elses_mails(
    installation: Installation, event_id: int, tmp_path: Path, gone: str
):
    database, mark = installation.database, Mark(tmp_path, "worker")
    with database.writing() as session:
        other = create_event(session, name="Walk", language="en")[0].id
    invite(installation, other, 1)
    mark.compare(database)
    (one,) = claim(database, 1)
    mark.note_claimed(one.attempt_id)
    stored(mark, database, one)
    stored(mark, database, one, ended=True)
    with database.writing() as session:
        if gone == "the event":
            delete_event(session, session.get_one(Event, other, with_for_update=True), "Walk")
        else:
            remove(session, session.scalars(select(Volunteer)).one(), with_all=True)
    remove_deleted(database)
    with database.reading() as session:
        assert session.scalars(select(Attempt)).all() == []
    invite(installation, event_id, 1)
    Mark(tmp_path, "next").compare(database)
    assert not is_held(database)


def test_what_several_workers_note_at_once_is_all_there(
    installation: Installation, event_id: int, tmp_path: Path
):
    invite(installation, event_id, 1)
    Mark(tmp_path).compare(installation.database)

    def note(worker: int) -> None:
        mark = Mark(tmp_path, f"worker {worker}")
        for attempt in range(100):
            mark.note_claimed(100 * worker + attempt)
            mark.note_stored(100 * worker + attempt, ended=False)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(note, range(4)))
    sent = json.loads((tmp_path / "sent.json").read_bytes())
    assert sent["attempts"] == 399
    assert sorted(sent["last"].values()) == [[99, False], [199, False], [299, False], [399, False]]
    assert (tmp_path / "sent.json").stat().st_size == 512


@SQLITE
def test_a_copy_that_is_put_in_place_of_the_file_is_noticed_once(
    installation: Installation, event_id: int, tmp_path: Path
):
    invite(installation, event_id, 3)
    mark = Mark(tmp_path)
    mark.compare(installation.database)
    copy = copy_of(installation.database, tmp_path / "copy")
    installation.database.close()
    shutil.move(copy, file_of(installation.database))
    restored = Database(installation.settings.database_url)
    mark.compare(restored)
    assert is_held(restored)
    with restored.writing() as session:
        first = session.scalar(text("SELECT held_at FROM owner"))
    mark.compare(restored)
    Mark(tmp_path).compare(restored)
    with restored.writing() as session:
        assert session.scalar(text("SELECT held_at FROM owner")) == first
    restored.close()


@SQLITE
def test_after_a_real_restore_nobody_is_mailed_again_before_somebody_says_so(
    installation: Installation, event_id: int, tmp_path: Path
):
    addresses = invite(installation, event_id, 20)
    with SmtpSink() as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            wait_until(lambda: len(sink.received) >= 5)
            copy = copy_of(installation.database, tmp_path / "copy")
            wait_until(lambda: statuses(installation.database) == [1] * 20)
        installation.database.close()
        shutil.move(copy, file_of(installation.database))
        restored = open_installation(installation.settings)
        with working(restored):
            wait_until(lambda: is_held(restored.database))
            # Another look at the queue, twice over.
            time.sleep(1)
            assert sorted(sink.recipients()) == sorted(addresses)
            decide(restored, event_id, MailsDecision.SEND_AGAIN)
            wait_until(lambda: statuses(restored.database) == [1] * 20)
        again = sink.recipients()[20:]
        # Those whose outcome was not stored yet when the copy was made leave again, too.
        assert 0 < len(again) < 20
        assert set(again) <= set(addresses)
        # A mailbox folds the copies: each has the Message-ID of the first.
        assert len(set(sink.message_ids())) == 20
    with restored.database.reading() as session:
        known = session.scalars(select(Mail.address).where(Mail.maybe_duplicate)).all()
    assert set(again) <= set(known)
    restored.database.close()


@SQLITE
def test_a_copy_that_overwrites_the_file_is_noticed_by_what_it_does_not_know(
    installation: Installation, event_id: int, tmp_path: Path
):
    invite(installation, event_id, 3)
    copy = copy_of(installation.database, tmp_path / "copy")
    claim(installation.database, 2)
    Mark(tmp_path).compare(installation.database)
    overwrite(installation.database, copy)
    restored = Database(installation.settings.database_url)
    Mark(tmp_path).compare(restored)
    assert is_held(restored)
    restored.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_copy_of_a_postgresql_database_is_another_one(
    installation: Installation, event_id: int, tmp_path: Path
):
    invite(installation, event_id, 1)
    Mark(tmp_path).compare(installation.database)
    url = installation.database.engine.url
    installation.database.close()
    server = Database(url.set(database="postgres").render_as_string(hide_password=False))
    with server.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        connection.execute(text(others), {"name": url.database})
        connection.execute(text(f'CREATE DATABASE restored TEMPLATE "{url.database}"'))
    copy = Database(url.set(database="restored").render_as_string(hide_password=False))
    try:
        Mark(tmp_path).compare(copy)
        assert is_held(copy)
    finally:
        copy.close()
        with server.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("DROP DATABASE restored"))
        server.close()


def test_a_folder_that_cannot_be_written_stops_no_mail_and_asks_once(
    installation: Installation, event_id: int, tmp_path: Path
):
    invite(installation, event_id, 1)
    mark = Mark(tmp_path / "missing")
    mark.compare(installation.database)
    mark.compare(installation.database)
    assert not is_held(installation.database)


def test_a_mark_that_is_damaged_is_made_anew(installation: Installation, tmp_path: Path):
    (tmp_path / "sent.json").write_text("{", encoding="utf-8")
    Mark(tmp_path).compare(installation.database)
    assert (tmp_path / "sent.json").read_text(encoding="utf-8").startswith('{"database"')


def hold_all(database: Database) -> None:
    with database.writing() as session:
        hold.hold(session)


def count_held(database: Database, event_id: int) -> int:
    with database.reading() as session:
        return hold.count_held(session, event_id)


def test_an_event_in_which_nothing_waited_sends_what_is_queued_later(
    installation: Installation, event_id: int, tmp_path: Path
):
    hold_all(installation.database)
    Mark(tmp_path).compare(installation.database)
    invite(installation, event_id, 2)
    assert count_held(installation.database, event_id) == 0
    assert not is_held(installation.database)
    assert len(claim(installation.database)) == 2


def test_an_event_whose_waiting_mails_are_wanted_no_more_sends_again(
    installation: Installation, event_id: int, tmp_path: Path
):
    database, mark = installation.database, Mark(tmp_path)
    invite(installation, event_id, 2)
    hold_all(database)
    mark.compare(database)
    assert count_held(database, event_id) == 2
    assert claim(database) == []
    with database.writing() as session:
        transitions.taken_back(session, Mail.event_id == event_id)
    submit(installation, event_id)
    mark.compare(database)
    assert not is_held(database)
    assert [one.mail.certificate is not None for one in claim(database)] == [True]
