"""What is counted of an event is what its rows say, however it is counted."""

from collections import Counter
from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import insert, select

from shared.events.settings import create_event
from shared.mail.kinds.registry import kinds
from shared.storage.models import Event, Mail, MailState, Problem, Status, Volunteer
from shared.volunteers.people import progress
from shared.volunteers.people.progress import EventProgress
from tests.support.query_plans import operations

# One of each pattern of lists: many of one kind, of two, of all, and few.
PEOPLE = [
    {Status.NEW: 40},
    {Status.INVITED: 30, Status.SUBMITTED: 2, Status.MAILED: 35},
    {status: 9 for status in Status},
    {Status.NEW: 3, Status.MAILED: 1},
    {},
]
MESSAGES = [
    {("invitation", MailState.QUEUED): 40},
    {("invitation", MailState.SENT): 60, ("certificate", MailState.SENT): 35},
    {(kind.name, state): 2 for kind, state in product(kinds(), MailState)},
    # Kinds of a later version: before, between and behind those that are known.
    {("aaa", MailState.SENT): 20, ("invite", MailState.SENT): 9, ("zzz", MailState.HELD): 2,
     ("invitation", MailState.SENT): 30},
    {},
]  # fmt: skip


@pytest.fixture
def several(database) -> list[int]:
    """The ids of events of which each has people and messages of the above."""
    ids = []
    for people, messages in zip(PEOPLE, MESSAGES, strict=True):
        with database.writing() as session:
            event_id = create_event(session, name="One of several", language="en")[0].id
            if people:
                session.execute(insert(Volunteer), rows_of_people(event_id, people))
            if messages:
                session.execute(insert(Mail), rows_of_messages(event_id, messages))
        ids.append(event_id)
    return ids


def rows_of_people(event_id: int, people: dict[Status, int]) -> list[dict[str, object]]:
    return [
        {"event_id": event_id, "email": address, "email_key": address, "number": f"{place}",
         "status": status, "problem": Problem.MAIL_FAILED if place % 10 == 1 else None}
        for place, status in enumerate(Counter(people).elements())
        if (address := f"v{place}@example.org")
    ]  # fmt: skip


def rows_of_messages(
    event_id: int, messages: dict[tuple[str, MailState], int]
) -> list[dict[str, object]]:
    due_at = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        {"event_id": event_id, "kind": kind, "state": state, "due_at": due_at,
         "returned_at": due_at if state is MailState.FAILED and place % 2 else None}
        for place, (kind, state) in enumerate(Counter(messages).elements())
    ]  # fmt: skip


def counted_one_by_one(session, event_id: int) -> EventProgress:
    people = session.scalars(select(Volunteer).where(Volunteer.event_id == event_id)).all()
    mails = session.scalars(select(Mail).where(Mail.event_id == event_id)).all()
    by_status = Counter(one.status for one in people)
    by_kind = Counter((one.kind, one.state) for one in mails)
    organizers = {kind.name for kind in kinds() if kind.for_organizer}
    return EventProgress(
        sum(one.problem is not None for one in people),
        sum(one.returned_at is not None and one.kind not in organizers for one in mails),
        {status: by_status[status] for status in Status},
        {which: count for which, count in by_kind.items() if which[0] in {k.name for k in kinds()}},
    )


@pytest.mark.parametrize(("few", "elsewhere"), [(10_000, 100_000), (1, 100_000), (5, 0), (35, 90)])
def test_every_count_is_what_the_rows_say(database, several, monkeypatch, few, elsewhere):
    monkeypatch.setattr(progress, "_FEW", few)
    monkeypatch.setattr(progress, "_FEW_ELSEWHERE", elsewhere)
    with database.reading() as session:
        asked = [session.get_one(Event, event_id) for event_id in several]
        expected = [counted_one_by_one(session, event_id) for event_id in several]
        assert [progress.event_progress(session, event) for event in asked] == expected
        together = progress.progress_of_each(session, asked)
        assert [together[event_id] for event_id in several] == expected


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_many_alike_sqlite_counts_the_table_and_not_each(database, several, monkeypatch):
    monkeypatch.setattr(progress, "_FEW", 10)

    def tables_counted(event_id: int) -> int:
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            done = operations(database, lambda: progress.event_progress(session, event))
        return done.count("Count")

    assert [tables_counted(event_id) for event_id in several] == [2, 2, 0, 1, 0]
