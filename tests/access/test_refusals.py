"""A refusal is logged once a minute, and a flood of them does not fill the log."""

from datetime import timedelta

from sqlalchemy import func, select, update

from shared.access import colleagues, keys, refusals
from shared.access.roles import Permission, Role
from shared.budgets import LOGGED_REFUSALS
from shared.events import event_for_change
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action, AuditEntry, now
from tests.support.colleagues import join

HERE, THERE = "192.0.2.1", "192.0.2.2"


def refused(database: Database) -> list[tuple[Action, int | None, str, str]]:
    with database.reading() as session:
        found = select(AuditEntry).where(
            AuditEntry.action.in_([Action.KEY_REFUSED, Action.ROLE_REFUSED])
        )
        rows = session.scalars(found.order_by(AuditEntry.id))
        return [(row.action, row.event_id, row.by_name, row.network) for row in rows]


def revoked_key(database: Database, event_id: int) -> str:
    key = join(database, event_id, "Ana", Role.HELPER)
    with database.writing(by=Actor(None, Role.OWNER)) as session:
        event = event_for_change(session, event_id)
        colleagues.remove_person(session, event, colleagues.person_named(session, event, "Ana").id)
    return key


def test_a_revoked_key_is_known_by_its_event_and_person(database: Database, event_id: int):
    refusals.note_key(database, revoked_key(database, event_id), HERE)
    assert refused(database) == [(Action.KEY_REFUSED, event_id, "Ana", HERE)]


def test_a_key_of_another_installation_is_known_by_its_network_alone(database: Database):
    key = keys.new_key()
    refusals.note_key(database, key, HERE)
    assert refused(database) == [(Action.KEY_REFUSED, None, "", HERE)]
    with database.reading() as session:
        assert key not in str([vars(row) for row in session.scalars(select(AuditEntry))])


def test_a_slip_of_the_pen_is_not_written_down(database: Database):
    for text in ("", "guess", keys.new_key()[:-1], "certs_" + "x" * 49):
        refusals.note_key(database, text, HERE)
    assert refused(database) == []


def test_the_same_refusal_is_written_down_once_a_minute(database: Database, event_id: int):
    who = Actor(3, Role.VIEWER, "Vi", HERE)
    elsewhere = Actor(3, Role.VIEWER, "Vi", THERE)
    for one in (who, who, elsewhere, who):
        refusals.note_role(database, one, event_id, Permission.SEND)
    assert [row[3] for row in refused(database)] == [HERE, THERE]
    with database.writing() as session:
        session.execute(update(AuditEntry).values(at=now() - timedelta(minutes=2)))
    refusals.note_role(database, who, event_id, Permission.SEND)
    assert len(refused(database)) == 3


def test_a_flood_from_many_networks_is_cut(database: Database):
    for number in range(LOGGED_REFUSALS.most + 5):
        refusals.note_key(database, keys.new_key(), f"2001:db8:0:{number:x}::")
    with database.reading() as session:
        count = select(func.count()).where(AuditEntry.action == Action.KEY_REFUSED)
        assert session.scalars(count).one() == LOGGED_REFUSALS.most
