"""A version that stored an account per event: its rows become one per real account."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from shared import events
from shared.events.installation import Installation
from shared.mail.accounts.sending_account import set_account
from shared.storage.database import Database
from shared.storage.models import Event, Security, SendingAccount
from shared.storage.sealing.passwords import open_password
from tests.support.earlier_versions import take_back_to
from tests.support.mailing import invite
from tests.support.sending_steps import SENT, account_of, claim, settle

ONE_FOR_EACH_EVENT = "0022"
SOON = datetime(2099, 1, 1, tzinfo=UTC)
LATER = datetime(2099, 2, 2, tzinfo=UTC)


@pytest.fixture
def event_ids(installation: Installation, event_id: int) -> list[int]:
    """Three live events of the earlier version, each with an account of the same name."""
    database = installation.database
    with database.writing() as session:
        others = [events.create_event(session, name=name)[0].id for name in ("Second", "Third")]
        for id in (event_id, *others):
            event = events.event_for_change(session, id)
            account = {"username": "thanks@example.org", "password": "s3cret"}
            set_account(session, installation.seal, event, **account, min_second=id)
            event.live_at = event.created_at
    take_back_to(database, ONE_FOR_EACH_EVENT)
    return [event_id, *others]


def store(database: Database, event_id: int, **values: Any) -> None:
    """What the row of an event said in the earlier version."""
    given = ", ".join(f"{name} = :{name}" for name in values)
    with database.writing() as session:
        update = text(f"UPDATE mail_account SET {given} WHERE event_id = :event")
        session.execute(update, {"event": event_id, **values})


def as_kept(database: Database, moment: datetime) -> object:
    """As the database keeps it: SQLite as words without a zone."""
    return f"{moment:%Y-%m-%d %H:%M:%S}.000000" if database.is_sqlite else moment


def upgrade(database: Database) -> list[SendingAccount]:
    database.migrate()
    with database.reading() as session:
        return list(session.scalars(select(SendingAccount).order_by(SendingAccount.id)))


def test_who_proved_the_same_shares_one_row_and_everybody_else_has_an_own_one(
    installation: Installation, event_ids: list[int]
) -> None:
    for id in event_ids[:2]:
        store(installation.database, id, signed_in=True)
    rows = upgrade(installation.database)
    assert [row.signed_in for row in rows] == [True, False]
    used = [account_of(installation.database, id).id for id in event_ids]
    assert used == [rows[0].id, rows[0].id, rows[1].id]
    assert {open_password(installation.seal, row) for row in rows} == {"s3cret"}
    assert "mail_account" not in inspect(installation.database.engine).get_table_names()


def test_of_what_the_rows_were_told_the_stricter_holds(
    installation: Installation, event_ids: list[int]
) -> None:
    database = installation.database
    first, second, third = event_ids
    soon, later = (as_kept(database, moment) for moment in (SOON, LATER))
    store(database, first, signed_in=True, per_day=300, connections=3, paused_until=soon,
          trouble_text="421 soon", max_second=9)  # fmt: skip
    store(database, second, signed_in=True, per_day=500, per_hour=20, paused_until=later,
          trouble_text="421 later", pauses_in_a_row=2)  # fmt: skip
    store(database, third, signed_in=True, needs_fixing=True, trouble_code=535,
          trouble_text="535 wrong", next_at=soon)  # fmt: skip
    (row,) = upgrade(database)
    limits = (row.per_minute, row.per_hour, row.per_day, row.connections)
    assert limits == (None, 20, 300, 3)
    assert (row.paused_until, row.next_at, row.pauses_in_a_row) == (LATER, SOON, 2)
    assert (row.needs_fixing, row.trouble_code, row.trouble_text) == (True, 535, "535 wrong")
    assert (row.min_second, row.max_second) == (third, max(9, third))


def test_every_event_goes_on_under_its_own_address(
    installation: Installation, event_ids: list[int]
) -> None:
    for id in event_ids:
        store(installation.database, id, signed_in=True, from_address=f"of{id}@example.org")
    assert len(upgrade(installation.database)) == 1
    with installation.database.reading() as session:
        senders = session.scalars(select(Event.from_address).where(Event.id.in_(event_ids)))
        assert sorted(senders) == sorted(f"of{id}@example.org" for id in event_ids)


def test_what_was_sent_before_the_upgrade_counts_for_all_who_share(
    installation: Installation, event_ids: list[int]
) -> None:
    database = installation.database
    for id in event_ids[:2]:
        store(database, id, signed_in=True, per_day=4, min_second=0, max_second=0)
    upgrade(database)
    invite(installation, event_ids[0], 3)
    for claimed in claim(database):
        settle(database, claimed, SENT)
    take_back_to(database, ONE_FOR_EACH_EVENT)
    upgrade(database)
    invite(installation, event_ids[1], 3)
    assert len(claim(database)) == 1


def test_new_accounts_follow_those_of_before(
    installation: Installation, event_ids: list[int]
) -> None:
    known = {row.id for row in upgrade(installation.database)}
    with installation.database.writing() as session:
        event, _ = events.create_event(session, name="Later")
        account = set_account(session, installation.seal, event, username="a@example.org")
        assert account.id not in known


def test_the_database_itself_keeps_one_row_for_each_proof(database: Database) -> None:
    columns = {"username": "u", "host": "h", "port": 1, "security": Security.TLS, "proof": "p"}

    def add(*, signed_in: bool) -> None:
        with database.writing() as session:
            session.add(SendingAccount(**columns, signed_in=signed_in))

    for signed_in in (True, False, False):
        add(signed_in=signed_in)
    with pytest.raises(IntegrityError):
        add(signed_in=True)
