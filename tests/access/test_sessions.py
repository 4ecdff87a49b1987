"""Sessions of the console are kept on the server, where each of them can be ended."""

from datetime import timedelta

import pytest
from sqlalchemy import event as listeners
from sqlalchemy import select, update

from shared import events
from shared.access import colleagues, sessions
from shared.access.keys import access_of
from shared.access.roles import ASKS_AGAIN, MAY, Permission, Role
from shared.access.sessions import Browser, SignedIn
from shared.errors import ConfirmationNeeded, NotAllowed, RoleTooLow
from shared.events.settings import renew_organizer_token
from shared.storage.database import Database
from shared.storage.models import AccessKey, Action, AuditEntry, ConsoleSession, Event, now
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import join
from tests.support.sessions import NO_ORGANIZATION, begin_session
from tests.support.statements import statements_of

PHONE = Browser("Safari · iPhone", "192.0.2.9")


def look(database: Database, token: str) -> SignedIn:
    with database.reading() as session:
        return sessions.signed_in(session, NO_ORGANIZATION, token)


def shift(database: Database, **columns: object) -> None:
    """Every session as if time had passed."""
    with database.writing() as session:
        session.execute(update(ConsoleSession).values(**columns))


def rows(database: Database) -> list[ConsoleSession]:
    with database.reading() as session:
        return list(session.scalars(select(ConsoleSession).order_by(ConsoleSession.id)))


def test_a_session_opens_what_its_key_opens_and_only_its_hash_is_kept(
    database: Database, event_id: int
):
    key = join(database, event_id, "Ana", Role.HELPER)
    token = begin_session(database, key, PHONE)
    access = look(database, token).to(event_id)
    assert (access.role, access.event_id, access.name) == (Role.HELPER, event_id, "Ana")
    kept = rows(database)[0]
    assert (kept.browser, kept.network) == ("Safari · iPhone", "192.0.2.9")
    assert not {token, key} & set(map(str, vars(kept).values()))


@pytest.mark.parametrize(("stays", "hours"), [(False, 12), (True, 30 * 24)])
def test_a_session_ends_after_twelve_hours_or_thirty_days(
    database: Database, stays: bool, hours: int
):
    token = begin_session(database, OWNER_TOKEN, stays=stays)
    row = look(database, token).row
    assert abs(row.expires_at - row.created_at - timedelta(hours=hours)) < timedelta(minutes=1)
    shift(database, expires_at=now())
    with pytest.raises(NotAllowed, match="session has ended"):
        look(database, token)
    begin_session(database, OWNER_TOKEN)
    assert len(rows(database)) == 1, "what is over is forgotten"


@pytest.mark.parametrize("token", [None, "", "a" * 43, "a" * 1000, OWNER_TOKEN])
def test_what_is_no_sessions_token_opens_nothing(database: Database, token: str | None):
    begin_session(database, OWNER_TOKEN)
    with database.reading() as session, pytest.raises(NotAllowed, match="session has ended"):
        sessions.signed_in(session, NO_ORGANIZATION, token)


def test_one_is_ended_and_the_others_go_on(database: Database):
    here, there = begin_session(database, OWNER_TOKEN), begin_session(database, OWNER_TOKEN, PHONE)
    with database.writing() as session:
        sessions.end(session, look(database, here), look(database, there).row.id)
    with pytest.raises(NotAllowed, match="session has ended"):
        look(database, there)
    assert look(database, here).to(None).role is Role.OWNER


def test_who_signs_in_and_out_and_ends_sessions_stands_in_the_log(
    database: Database, event_id: int
):
    ana = join(database, event_id, "Ana", Role.HELPER)
    first, second = begin_session(database, ana, PHONE), begin_session(database, ana, PHONE)
    with database.writing(by=look(database, second).to(event_id).actor("192.0.2.8")) as session:
        mine = sessions.signed_in(session, NO_ORGANIZATION, second)
        sessions.end(session, mine, look(database, first).row.id)
        sessions.sign_out(session, NO_ORGANIZATION, second, "192.0.2.9")
    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        found = [(e.event_id, e.action, e.by_name, e.network) for e in entries[-4:]]
    assert found == [
        (event_id, Action.SIGNED_IN, "Ana", "192.0.2.9"),
        (event_id, Action.SIGNED_IN, "Ana", "192.0.2.9"),
        (event_id, Action.SESSION_ENDED, "Ana", "192.0.2.8"),
        (event_id, Action.SIGNED_OUT, "Ana", "192.0.2.9"),
    ]


def test_everywhere_is_everywhere_of_one_person_alone(database: Database, event_id: int):
    ana, bo = (join(database, event_id, name, Role.ORGANIZER) for name in ("Ana", "Bo"))
    mine, others = [begin_session(database, ana) for _ in range(3)], begin_session(database, bo)
    with database.writing() as session:
        ana = sessions.signed_in(session, NO_ORGANIZATION, mine[0])
        assert len(sessions.sessions_of(session, ana.row)) == 3
        sessions.end(session, ana, look(database, others).row.id)
        sessions.end(session, ana)
    assert len(rows(database)) == 1
    assert look(database, others).to(event_id).name == "Bo"


def test_a_revoked_key_ends_its_sessions(database: Database, event_id: int):
    token = begin_session(database, join(database, event_id, "Ana", Role.HELPER))
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        colleagues.remove_person(session, event, look(database, token).to(event_id).key_id)
    assert rows(database) == []
    with pytest.raises(NotAllowed, match="session has ended"):
        look(database, token)


@pytest.mark.parametrize(
    ("column", "said"), [("expires_at", "has expired"), ("revoked_at", "was revoked")]
)
def test_a_key_that_has_ended_opens_nothing_in_a_session_either(
    database: Database, event_id: int, column: str, said: str
):
    token = begin_session(database, join(database, event_id, "Ana", Role.HELPER))
    with database.writing() as session:
        session.execute(update(AccessKey).values({column: now()}))
    with pytest.raises(NotAllowed, match=said):
        look(database, token)


def test_a_renewed_token_ends_the_sessions_of_the_one_before(database: Database, event_id: int):
    with database.writing() as session:
        first = renew_organizer_token(session.get_one(Event, event_id))
    token = begin_session(database, first)
    assert look(database, token).to(event_id).event_id == event_id
    with database.writing() as session:
        renew_organizer_token(session.get_one(Event, event_id))
    with pytest.raises(NotAllowed):
        look(database, token)


def test_a_look_is_written_down_once_a_minute(database: Database):
    token = begin_session(database, OWNER_TOKEN)
    with statements_of(database) as run:
        for _ in range(5):
            sessions.note_look(database, look(database, token).row)
    assert [one for one in run if one.startswith("UPDATE")] == []
    shift(database, seen_at=now() - timedelta(minutes=2))
    with statements_of(database) as run:
        for _ in range(5):
            sessions.note_look(database, look(database, token).row)
    assert len([one for one in run if one.startswith("UPDATE")]) == 1
    assert rows(database)[0].seen_at > now() - timedelta(minutes=1)


# Who it is, once more


def test_what_gives_access_asks_who_it_is_after_ten_minutes(database: Database):
    assert {Permission.CHANGE_ACCOUNT, Permission.MANAGE_KEYS, Permission.DELETE} <= ASKS_AGAIN
    token = begin_session(database, OWNER_TOKEN)
    for needed in Permission:
        assert look(database, token).require(1, needed).role is Role.OWNER
    shift(database, confirmed_at=now() - timedelta(minutes=10))
    for needed in set(Permission) - ASKS_AGAIN:
        assert look(database, token).require(1, needed).role is Role.OWNER
    for needed in ASKS_AGAIN:
        with pytest.raises(ConfirmationNeeded):
            look(database, token).require(1, needed)


def test_a_role_too_low_is_told_before_anybody_is_asked(database: Database, event_id: int):
    token = begin_session(database, join(database, event_id, "Ana", Role.HELPER))
    shift(database, confirmed_at=None)
    for needed in set(Permission) - MAY[Role.HELPER]:
        with pytest.raises(RoleTooLow):
            look(database, token).require(event_id, needed)


def test_a_wrong_key_makes_no_writer_wait(database: Database, event_id: int):
    token = begin_session(database, join(database, event_id, "Ana", Role.ORGANIZER))
    row = look(database, token).row
    begun: list[object] = []

    def note(connection: object) -> None:
        begun.append(connection)

    listeners.listen(database._writing, "begin", note)
    try:
        with pytest.raises(NotAllowed):
            sessions.confirm(database, row, "a wrong one")
    finally:
        listeners.remove(database._writing, "begin", note)
    assert begun == []


def test_only_what_was_signed_in_with_confirms(database: Database, event_id: int):
    key, other = (join(database, event_id, name, Role.ORGANIZER) for name in ("Ana", "Bo"))
    token = begin_session(database, key)
    shift(database, confirmed_at=None)
    row = look(database, token).row
    for wrong in (other, OWNER_TOKEN, "", key + "x"):
        with pytest.raises(NotAllowed):
            sessions.confirm(database, row, wrong)
    assert not look(database, token).is_confirmed
    sessions.confirm(database, row, key)
    assert look(database, token).is_confirmed
    with database.reading() as session:
        assert access_of(session, key).name == "Ana"
