"""Every organizer is told what others changed in account and keys, until they have seen it."""

from shared.access import colleagues
from shared.access.keys import access_of
from shared.access.roles import Role
from shared.events import event_for_change
from shared.log import audit, audit_log
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action, Event
from tests.support.colleagues import join

OWNER = Actor(None, Role.OWNER)


def organizer(database: Database, event_id: int, name: str, by: Actor = OWNER) -> Actor:
    key = join(database, event_id, name, Role.ORGANIZER, by=by)
    with database.reading() as session:
        return access_of(session, key).actor("192.0.2.1")


def do(database: Database, by: Actor | None, action: Action, event_id: int | None) -> None:
    with database.writing(by=by) as session:
        audit.record(session, action, event_id)


def told(database: Database, event: Event, reader: Actor) -> list[Action]:
    with database.reading() as session:
        return [entry.action for entry in audit_log.unread_notices(session, event, reader)]


def test_others_are_told_and_who_did_it_is_not(database: Database, event: Event):
    ana, bo = (organizer(database, event.id, name) for name in ("Ana", "Bo"))
    do(database, ana, Action.ACCOUNT_CHANGED, event.id)
    do(database, ana, Action.STOPPED, event.id)
    assert told(database, event, ana) == [Action.KEY_CREATED]
    assert told(database, event, bo) == [Action.ACCOUNT_CHANGED]
    assert told(database, event, OWNER) == [Action.ACCOUNT_CHANGED]


def test_who_has_seen_it_is_not_told_again_and_the_others_still_are(
    database: Database, event: Event
):
    ana, bo = (organizer(database, event.id, name) for name in ("Ana", "Bo"))
    do(database, OWNER, Action.TOKEN_RENEWED, event.id)
    with database.writing(by=ana) as session:
        audit_log.dismiss_notices(session, event)
    assert told(database, event, ana) == []
    assert told(database, event, bo) == [Action.TOKEN_RENEWED]
    do(database, bo, Action.ACCOUNT_FORGOTTEN, event.id)
    assert told(database, event, ana) == [Action.ACCOUNT_FORGOTTEN]


def test_what_was_before_somebody_joined_is_no_news_to_them(database: Database, event: Event):
    do(database, OWNER, Action.TOKEN_RENEWED, event.id)
    ana = organizer(database, event.id, "Ana")
    assert told(database, event, ana) == []


def test_a_new_token_of_the_owner_is_told_on_every_event(database: Database, event: Event):
    ana = organizer(database, event.id, "Ana")
    do(database, None, Action.OWNER_TOKEN_CHANGED, None)
    assert told(database, event, ana) == [Action.OWNER_TOKEN_CHANGED]


def test_the_newest_five_are_told(database: Database, event: Event):
    ana = organizer(database, event.id, "Ana")
    for number in range(7):
        join(database, event.id, f"Helper {number}", Role.HELPER, by=OWNER)
    with database.reading() as session:
        found = audit_log.unread_notices(session, event, ana)
        newest = colleagues.people_of(session, event.id)[-1]
    assert len(found) == audit_log.MOST_NOTICES
    assert found[0].key_id == newest.key.id


def test_a_removed_person_is_told_to_the_others(database: Database, event: Event):
    ana, bo = (organizer(database, event.id, name) for name in ("Ana", "Bo"))
    with database.writing(by=ana) as session:
        colleagues.remove_person(session, event_for_change(session, event.id), bo.key_id or 0)
    assert told(database, event, OWNER) == [Action.KEY_REVOKED]
