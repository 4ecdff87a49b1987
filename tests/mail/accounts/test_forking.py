"""What one event changes about a shared account, it changes only for itself."""

from datetime import UTC, datetime

import pytest

from shared import events
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import set_account
from shared.mail.accounts.sharing import note_sign_in
from shared.mail.transport.providers import SendingLimits
from shared.storage.models import Event, Security, SendingAccount
from tests.support.sending_steps import account_of

SOON = datetime(2099, 1, 1, tzinfo=UTC)
RIGHT = {"username": "thanks@example.org", "password": "s3cret"}


@pytest.fixture
def other_id(installation: Installation, event_id: int) -> int:
    """Another event that proved the same account as the first one."""
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Clean Beach", language="en")
        for id in (event_id, other.id):
            event = events.event_for_change(session, id)
            note_sign_in(session, set_account(session, installation.seal, event, **RIGHT))
        return other.id


def change(installation: Installation, event_id: int, **values: object) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        set_account(session, installation.seal, event, **values)


def columns(account: SendingAccount) -> dict[str, object]:
    return {each.key: getattr(account, each.key) for each in SendingAccount.__table__.columns}


@pytest.mark.parametrize(
    "values",
    [
        {"username": "other@example.org"},
        {"server_address": "smtp.example.com"},
        {"smtp_port": 587},
        {"security": Security.STARTTLS},
        {"skip_auth": True},
        {"password": "another"},
        {"username": "other@example.org", "password": "another"},
    ],
    ids=str,
)
def test_another_way_to_sign_in_is_a_row_of_its_own_and_leaves_the_others_alone(
    installation: Installation, event_id: int, other_id: int, values: dict
) -> None:
    database = installation.database
    change(installation, event_id, limits=SendingLimits(per_day=300, connections=2), min_second=3)
    before = columns(account_of(database, event_id))
    assert account_of(database, other_id).id == before["id"]
    change(installation, other_id, **values)
    assert columns(account_of(database, event_id)) == before
    own = account_of(database, other_id)
    assert own.id != before["id"]
    assert (own.per_day, own.connections, own.min_second) == (300, 2, 3)
    assert not own.signed_in


@pytest.mark.parametrize("values", [{"smtp_port": 587}, {"username": "other@example.org"}])
def test_the_password_stays_with_the_others_and_the_new_row_asks_for_one(
    installation: Installation, event_id: int, other_id: int, values: dict
) -> None:
    change(installation, other_id, **values)
    own = account_of(installation.database, other_id)
    assert (own.sealed_password, own.proof, own.needs_fixing) == (None, None, True)
    assert account_of(installation.database, event_id).sealed_password is not None


def test_how_fast_mails_leave_is_changed_for_all(
    installation: Installation, event_id: int, other_id: int
) -> None:
    change(installation, other_id, limits=SendingLimits(per_hour=20), min_second=2, max_second=4)
    account = account_of(installation.database, event_id)
    assert account.id == account_of(installation.database, other_id).id
    assert (account.per_hour, account.min_second, account.max_second) == (20, 2, 4)


def test_an_address_to_send_as_is_each_events_own(
    installation: Installation, event_id: int, other_id: int
) -> None:
    change(installation, other_id, from_address="beach@example.org")
    with installation.database.reading() as session:
        senders = [session.get_one(Event, id).from_address for id in (event_id, other_id)]
    assert senders == ["thanks@example.org", "beach@example.org"]
    assert account_of(installation.database, event_id).id == (
        account_of(installation.database, other_id).id
    )


def test_the_same_entered_again_in_capitals_changes_nothing(
    installation: Installation, event_id: int, other_id: int
) -> None:
    before = account_of(installation.database, event_id)
    change(installation, other_id, username="Thanks@Example.org", password="s3cret")
    after = account_of(installation.database, other_id)
    assert (after.id, after.username, after.signed_in) == (before.id, before.username, True)


def test_a_row_of_its_own_becomes_one_again_when_the_same_is_proved(
    installation: Installation, event_id: int, other_id: int
) -> None:
    change(installation, other_id, password="mistyped")
    change(installation, other_id, password="s3cret")
    database = installation.database
    assert account_of(database, other_id).id != account_of(database, event_id).id
    with database.writing() as session:
        note_sign_in(session, account_of(database, other_id))
    assert account_of(database, other_id).id == account_of(database, event_id).id


def test_an_account_of_one_event_is_changed_where_it_is(
    installation: Installation, event_id: int
) -> None:
    change(installation, event_id, **RIGHT)
    before = account_of(installation.database, event_id).id
    change(installation, event_id, username="other@example.org", password="another")
    assert account_of(installation.database, event_id).id == before


def test_who_saves_the_same_in_rehearsal_ends_no_pause_of_events_that_are_live(
    installation: Installation, event_id: int, other_id: int
) -> None:
    database = installation.database
    with database.writing() as session:
        live = session.get_one(Event, event_id)
        live.live_at = live.created_at
        live.account.paused_until = SOON
    change(installation, other_id, username="thanks@example.org", min_second=1)
    assert account_of(database, event_id).paused_until == SOON
