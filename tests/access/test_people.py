"""Each person has a key of their own: it opens one event in one role, and ends alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared import events
from shared.access import colleagues, keys
from shared.access.keys import access_of, events_opened_by, note_use
from shared.access.roles import Permission, Role
from shared.errors import NotAllowed, ProductError, RoleTooLow, SettingRefused
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import AccessKey, Event, now
from tests.support.colleagues import join, who_works_on

OWNER = Actor(None, Role.OWNER)
# Whoever holds the token that the event was made with.
ORGANIZER = Actor(None, Role.ORGANIZER)


def remove(database: Database, event_id: int, name: str, by: Actor) -> None:
    with database.writing(by=by) as session:
        event = events.event_for_change(session, event_id)
        colleagues.remove_person(session, event, colleagues.person_named(session, event, name).id)


def test_a_key_opens_its_event_in_its_role_and_no_other_event(database, event_id):
    key = join(database, event_id, "Ana", Role.HELPER)
    with database.reading() as session:
        access = access_of(session, key)
        assert [event.id for event in events_opened_by(session, access)] == [event_id]
    assert (access.role, access.event_id, access.name) == (Role.HELPER, event_id, "Ana")
    assert access.may(Permission.SEND)
    with pytest.raises(RoleTooLow):
        access.require(Permission.SEND, Permission.MANAGE_KEYS)


def test_a_key_is_kept_as_a_hash_and_shown_by_its_beginning(database, event_id):
    key = join(database, event_id, "Ana", Role.HELPER)
    with database.reading() as session:
        kept = session.scalars(select(AccessKey)).one()
    assert kept.hint == f"{key[:10]}…"
    assert not any(key in str(value) for value in vars(kept).values())


def test_a_key_of_another_installation_opens_nothing(database, event_id):
    with database.reading() as session, pytest.raises(NotAllowed):
        access_of(session, keys.new_key())


def test_a_person_is_removed_alone_and_told_so(database, event_id):
    ana = join(database, event_id, "Ana", Role.HELPER)
    bo = join(database, event_id, "Bo", Role.HELPER)
    remove(database, event_id, "Ana", ORGANIZER)
    with database.reading() as session:
        with pytest.raises(NotAllowed, match="was revoked"):
            access_of(session, ana)
        assert access_of(session, bo).name == "Bo"
    assert who_works_on(database, event_id) == ["Bo"]
    with pytest.raises(ProductError, match="Nobody with this name works on the event"):
        remove(database, event_id, "Ana", ORGANIZER)


def test_a_key_ends_when_its_time_is_over(database, event_id):
    key = join(database, event_id, "Ana", Role.VIEWER, expires_at=now() + timedelta(hours=1))
    with database.writing() as session:
        assert access_of(session, key).role is Role.VIEWER
        session.scalars(select(AccessKey)).one().expires_at = now() - timedelta(seconds=1)
        session.flush()
        with pytest.raises(NotAllowed, match="has expired"):
            access_of(session, key)


def test_a_person_who_cannot_be_added_changes_nothing(database, event_id):
    join(database, event_id, "Ana", Role.HELPER)
    for wrong in (
        {"name": "Ana"},
        {"name": "  Ana "},
        {"name": ""},
        {"name": "A" * 201},
        {"role": "owner"},
        {"role": "king"},
        {"expires_at": now() - timedelta(days=1)},
    ):
        with pytest.raises(SettingRefused):
            join(database, event_id, **{"name": "Bo", "role": Role.HELPER, **wrong})
    assert who_works_on(database, event_id) == ["Ana"]


def test_the_name_of_somebody_who_left_is_free_again(database, event_id):
    join(database, event_id, "Ana", Role.HELPER)
    remove(database, event_id, "Ana", OWNER)
    key = join(database, event_id, "Ana", Role.VIEWER)
    with database.reading() as session:
        assert access_of(session, key).role is Role.VIEWER


def test_the_list_names_who_added_whom(database, event_id):
    join(database, event_id, "Ana", Role.ORGANIZER)
    with database.reading() as session:
        (ana,) = colleagues.people_of(session, event_id)
    assert ana.added_by == ""
    join(database, event_id, "Bo", Role.VIEWER, by=Actor(ana.key.id, Role.ORGANIZER, "Ana"))
    with database.reading() as session:
        assert colleagues.people_of(session, event_id)[1].added_by == "Ana"


def test_only_the_owner_removes_the_last_organizer(database, event_id):
    join(database, event_id, "Ana", Role.ORGANIZER)
    join(database, event_id, "Bo", Role.HELPER)
    gone = now() + timedelta(days=1)
    join(database, event_id, "Cy", Role.ORGANIZER, expires_at=gone)
    with database.writing() as session:
        cy = select(AccessKey).where(AccessKey.name == "Cy")
        session.scalars(cy).one().expires_at = now() - timedelta(days=1)
    for who in (ORGANIZER, Actor(1, Role.ORGANIZER, "Ana")):
        with pytest.raises(ProductError, match="last organizer"):
            remove(database, event_id, "Ana", who)
    join(database, event_id, "Di", Role.ORGANIZER)
    remove(database, event_id, "Ana", ORGANIZER)
    remove(database, event_id, "Di", OWNER)
    assert who_works_on(database, event_id) == ["Bo", "Cy"]


def test_a_person_of_another_event_is_nobody_here(database, event_id):
    join(database, event_id, "Ana", Role.HELPER)
    with database.reading() as session:
        other = session.get_one(Event, 1).id
    with pytest.raises(ProductError, match="Nobody with this name works on the event"):
        remove(database, other, "Ana", OWNER)
    assert who_works_on(database, event_id) == ["Ana"]


def test_a_use_is_written_down_at_most_once_a_minute(database, event_id):
    key = join(database, event_id, "Ana", Role.HELPER)

    def use() -> None:
        with database.reading() as session:
            access = access_of(session, key)
        note_use(database, access)

    def last_use() -> object:
        with database.reading() as session:
            return session.scalars(select(AccessKey.last_used_at)).one()

    assert last_use() is None
    use()
    first = last_use()
    assert first is not None
    use()
    assert last_use() == first
    with database.writing() as session:
        session.scalars(select(AccessKey)).one().last_used_at = first - timedelta(minutes=2)
    use()
    assert last_use() > first
