"""A list that grows: what is asked of 100 000 people is found by an index, not by reading all."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import select

from shared import progress, recipients, sending, volunteers
from shared.events import event_for_change
from shared.installation import Installation, open_installation
from shared.mail import outbox
from shared.models import Event, Sending, Status, Volunteer
from shared.settings import Settings
from tests.crowds import crowd
from tests.query_plans import full_scans, plans

MANY = 100_000
_READS_ROWS = re.compile(r"SEARCH (mail|volunteer)|Scan .*on (mail|volunteer)")
_BY_INDEX_ALONE = re.compile(r"COVERING INDEX|Index Only Scan")
LEASE = timedelta(seconds=60)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request, tmp_path_factory) -> Iterator[Installation]:
    """An installation whose second event has 100 000 people with an invitation that is due."""
    folder = tmp_path_factory.mktemp("crowded")
    url = f"sqlite:///{folder / 'certs.sqlite3'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        with psycopg.connect(
            f"postgresql://postgres@/postgres?host={server}", autocommit=True
        ) as c:
            c.execute("CREATE DATABASE crowded TEMPLATE migrated")
        url = f"postgresql+psycopg://postgres@/crowded?host={server}"
    opened = open_installation(Settings(_env_file=None, data_dir=folder, database_url=url))
    assert crowd(opened.database, MANY) == 2
    yield opened
    opened.database.close()


class Undone(Exception):
    """Ends a writer's session without a commit, so that the crowd stays as it is."""


def undone(crowded: Installation, work) -> None:
    """`work` with a writer's session and the event, of which nothing stays."""
    with suppress(Undone), crowded.database.writing() as session:
        work(session, event_for_change(session, 2))
        raise Undone


def asked(crowded: Installation, work) -> None:
    with crowded.database.reading() as session:
        work(session, session.get_one(Event, 2))


def test_a_claim_finds_its_mails_by_their_index(crowded):
    def claim() -> None:
        undone(crowded, lambda session, _: outbox.claim(session, 32, LEASE))

    assert full_scans(crowded.database, claim) == []
    found = [plan for plan in plans(crowded.database, claim) if "LIMIT" in plan]
    assert found
    assert all("ix_mail_next" in plan for plan in found)
    # In the index's own order: nothing is sorted to find the first.
    assert not any("TEMP B-TREE" in plan or "Sort" in plan for plan in found)


def test_a_claim_while_the_event_rests_looks_at_its_test_mails_alone(crowded):
    def claim(session, event) -> None:
        event.sending = Sending.PAUSED
        session.flush()
        assert outbox.claim(session, 32, LEASE) == []
        assert not outbox.is_anything_due(session)

    found = plans(crowded.database, lambda: undone(crowded, claim))
    assert any("ix_mail_test" in plan for plan in found)
    assert full_scans(crowded.database, lambda: undone(crowded, claim)) == []


def test_what_is_due_is_seen_by_an_index(crowded):
    def look(session, _) -> None:
        assert outbox.is_anything_due(session)

    assert full_scans(crowded.database, lambda: asked(crowded, look)) == []


def test_the_counts_come_from_indexes_alone(crowded):
    def count(session, event) -> None:
        counted = progress.event_progress(session, event)
        assert counted.total == counted.by_status[Status.NEW] == MANY
        assert counted.invitations_to_go == MANY
        assert sending.departures(session, event) == []

    found = [
        plan for plan in plans(crowded.database, lambda: asked(crowded, count)) if "count(" in plan
    ]
    assert full_scans(crowded.database, lambda: asked(crowded, count)) == []
    lines = [line for plan in found for line in plan.splitlines() if _READS_ROWS.search(line)]
    assert [line for line in lines if not _BY_INDEX_ALONE.search(line)] == []


def test_adding_one_person_asks_for_that_one_alone(crowded):
    def add(session, event) -> None:
        added = volunteers.add_volunteers(session, event, recipients.parse("new@example.org"))
        assert [one.email for one in added.new] == ["new@example.org"]
        newest = select(Volunteer.number).where(
            Volunteer.event_id == event.id, Volunteer.email_key == "new@example.org"
        )
        assert session.scalar(newest) == f"2026-{MANY + 1:06d}"

    assert full_scans(crowded.database, lambda: undone(crowded, add)) == []


@pytest.mark.parametrize("page", [1, 1000, 1001, 2000])
def test_any_page_of_the_table_is_found_from_the_nearer_end(crowded, page):
    def show(session, event) -> None:
        people = progress.volunteers_page(session, event, page=page, total=MANY)
        assert [one.number for one in people] == [
            f"2026-{number:06d}" for number in range(page * 50 - 49, page * 50 + 1)
        ]

    assert full_scans(crowded.database, lambda: asked(crowded, show)) == []
