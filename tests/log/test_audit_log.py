"""The log is read page by page, by any filter, at the same cost however long it is."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from shared.access.roles import Role
from shared.events.settings import create_event
from shared.log import audit, audit_log
from shared.log.actor import Actor
from shared.log.audit_log import EntryFilter
from shared.storage.database import Database
from shared.storage.models import Action, AuditEntry, Event, now
from tests.support.query_plans import plans

ANA = Actor(7, Role.HELPER, "Ana", "192.0.2.1")
OWNER = Actor(None, Role.OWNER, network="2001:db8::")
TOKEN = Actor(None, Role.ORGANIZER)


@pytest.fixture
def told(database: Database, event: Event) -> Event:
    """An event of which the log tells of three people."""
    for by, action, about in (
        (ANA, Action.EXPORTED, None),
        (ANA, Action.VOLUNTEER_CHANGED, 5),
        (OWNER, Action.EXPORTED, None),
        (TOKEN, Action.STOPPED, None),
    ):
        with database.writing(by=by) as session:
            audit.record(session, action, event.id, volunteer_id=about)
    return event


def found(database: Database, **wanted: object) -> list[Action]:
    with database.reading() as session:
        entries = audit_log.entries(session, EntryFilter(**wanted))
        return [entry.action for entry in entries if entry.by_role]


def test_each_filter_finds_what_it_says_the_newest_first(database: Database, told: Event):
    changed, exported = Action.VOLUNTEER_CHANGED, Action.EXPORTED
    assert found(database, event=told) == [Action.STOPPED, exported, changed, exported]
    assert found(database, event=told, who=ANA) == [changed, exported]
    assert found(database, event=told, who=OWNER) == [exported]
    assert found(database, event=told, who=TOKEN) == [Action.STOPPED]
    assert found(database, event=told, action=exported) == [exported, exported]
    assert found(database, event=told, who=ANA, action=exported) == [exported]
    assert found(database, event=told, volunteer_ids=[5, 6]) == [changed]
    assert found(database, event=told, volunteer_ids=[]) == []
    assert found(database, event=told, network="192.0.2.1") == [changed, exported]
    hour = timedelta(hours=1)
    assert found(database, event=told, since=now() + hour) == []
    assert len(found(database, event=told, until=now() + hour)) == 4


def test_pages_follow_each_other_without_a_gap_though_others_write(database: Database, told: Event):
    wanted, before, seen = EntryFilter(event=told), None, []
    for _ in range(3):
        with database.reading() as session:
            part = audit_log.page(session, wanted, before, size=2)
        seen += [entry.id for entry in part]
        before = audit_log.place_of(part[-1])
        with database.writing(by=ANA) as session:
            audit.record(session, Action.RESUMED, told.id)
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 5


def test_the_log_of_an_event_holds_nothing_of_another_or_of_one_that_had_its_id(
    database: Database, told: Event
):
    with database.writing() as session:
        other, _ = create_event(session, name="Beach Day")
    assert found(database, event=other) == []
    with database.writing() as session:
        session.get_one(Event, told.id).created_at = now() + timedelta(seconds=1)
    with database.reading() as session:
        assert found(database, event=session.get_one(Event, told.id)) == []


def fill(database: Database, event_id: int, count: int) -> None:
    """Add entries of two people, some about volunteers, over many days."""
    began = now()
    rows = [_row(event_id, number, began + timedelta(seconds=number)) for number in range(count)]
    with database.writing() as session:
        session.execute(insert(AuditEntry), rows)
    if not database.is_sqlite:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE audit_entry")


def _row(event_id: int, number: int, at: datetime) -> dict[str, object]:
    actions = [one for one in Action if one is not Action.ACCOUNT_CHANGED]
    return {
        "event_id": event_id,
        "at": at,
        "action": actions[number % len(actions)],
        "by_key_id": number % 9 + 1,
        "by_role": Role.HELPER,
        "by_name": "",
        "network": f"192.0.2.{number % 250}",
        "volunteer_id": number if number % 3 else None,
        "key_id": None,
        "count": None,
        "fields": [],
    }


PAGES: dict[str, Callable[[Event], EntryFilter]] = {
    "all": lambda event: EntryFilter(event=event),
    "of no event": lambda _: EntryFilter(),
    "of a person": lambda event: EntryFilter(event=event, who=ANA),
    "of the owner": lambda event: EntryFilter(event=event, who=OWNER),
    "of a kind": lambda event: EntryFilter(event=event, action=Action.EXPORTED),
    "rare": lambda event: EntryFilter(event=event, who=ANA, action=Action.ACCOUNT_CHANGED),
    "of a day": lambda event: EntryFilter(
        event=event, since=now(), until=now() + timedelta(days=1)
    ),
    "about people": lambda event: EntryFilter(event=event, volunteer_ids=[3, 5, 70]),
    "from a network": lambda event: EntryFilter(event=event, network="192.0.2.7"),
}


def test_every_page_and_the_notices_are_found_by_an_index(database: Database, event: Event):
    fill(database, event.id, 3_000)
    for name, wanted in PAGES.items():
        assert is_by_index(database, lambda session, w=wanted: audit_log.page(session, w(event))), (
            name
        )
    assert is_by_index(database, lambda session: audit_log.unread_notices(session, event, ANA))


def is_by_index(database: Database, look: Callable[..., object]) -> bool:
    """Whether no plan goes through the whole log, or sorts more than it shows."""

    def work() -> None:
        with database.reading() as session:
            look(session)

    made = [plan for plan in plans(database, work) if "audit_entry" in plan]
    return bool(made) and not any(
        "SCAN audit_entry" in plan or "Seq Scan on audit_entry" in plan for plan in made
    )
