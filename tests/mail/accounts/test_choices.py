"""An existing account may be used by another event if the same person manages both."""

import pytest
from sqlalchemy import func, select

from shared import events
from shared.errors import AccountChanged
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.credentials import show_password
from shared.mail.accounts.sending_account import forget_account, set_account, use_account_of
from shared.mail.accounts.sharing import AccountChoice, other_accounts
from shared.mail.transport.providers import SendingLimits
from shared.storage.models import Event, SendingAccount
from shared.storage.sealing.passwords import open_password
from tests.support.mailing import invite
from tests.support.sending_steps import SENT, account_of, claim, settle, share_account

RIGHT = {"username": "thanks@example.org", "password": "s3cret"}


@pytest.fixture
def other_id(installation: Installation) -> int:
    with installation.database.writing() as session:
        return create_event(session, name="Clean Beach", language="en")[0].id


def enter(installation: Installation, event_id: int, **account: object) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        set_account(session, installation.seal, event, **account)


def choose(installation: Installation, of: int, event_id: int) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        use_account_of(session, session.get_one(Event, of), event)


def rows(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalars(select(func.count()).select_from(SendingAccount)).one()


def sender(installation: Installation, event_id: int) -> str:
    with installation.database.reading() as session:
        return session.get_one(Event, event_id).from_address


def test_an_event_that_chooses_an_account_sends_from_it_under_the_same_address(
    installation: Installation, event_id: int, other_id: int
) -> None:
    enter(installation, event_id, **RIGHT, from_address="club@example.org")
    enter(installation, other_id, username="another@example.com")
    choose(installation, event_id, other_id)
    assert account_of(installation.database, other_id).username == RIGHT["username"]
    assert sender(installation, other_id) == "club@example.org"
    # What it used before, nobody uses any more.
    assert rows(installation) == 1


def test_what_one_of_its_events_sends_all_of_them_have_sent(
    installation: Installation, event_id: int, other_id: int
) -> None:
    database = installation.database
    enter(installation, event_id, username="relay@example.org", skip_auth=True)
    enter(installation, event_id, limits=SendingLimits(per_day=5))
    share_account(database, event_id, other_id)
    with database.writing() as session:
        session.get_one(Event, event_id).live_at = session.get_one(Event, other_id).live_at
    for id in (event_id, other_id):
        invite(installation, id, 4)
    taken = [*claim(database), *claim(database), *claim(database)]
    assert len(taken) == 5
    assert {claimed.event.id for claimed in taken} == {event_id, other_id}


def test_only_accounts_of_events_that_one_manages_can_be_chosen(
    installation: Installation, event_id: int, other_id: int
) -> None:
    enter(installation, event_id, **RIGHT, from_address="club@example.org")
    with installation.database.reading() as session:
        assert other_accounts(session, [other_id], other_id) == []
        found = other_accounts(session, [event_id, other_id], other_id)
        assert other_accounts(session, [event_id, other_id], event_id) == []
    assert found == [
        AccountChoice(event_id, "club@example.org", "smtp.example.org", ("Harbour Run 2026",))
    ]


def test_an_account_of_several_events_is_offered_once_for_each_address_it_sends_under(
    installation: Installation, event_id: int, other_id: int
) -> None:
    with installation.database.writing() as session:
        third_id = create_event(session, name="Third", language="en")[0].id
        fourth_id = create_event(session, name="Fourth", language="en")[0].id
    enter(installation, event_id, **RIGHT)
    for id in (other_id, third_id):
        choose(installation, event_id, id)
    enter(installation, third_id, from_address="third@example.org")
    with installation.database.reading() as session:
        everything = [event_id, other_id, third_id, fourth_id]
        found = other_accounts(session, everything, fourth_id)
    assert [(one.sender, one.events) for one in found] == [
        ("thanks@example.org", ("Harbour Run 2026", "Clean Beach")),
        ("third@example.org", ("Third",)),
    ]


@pytest.mark.parametrize("change", [{"smtp_port": 587}, {"server_address": "smtp.evil.example"}])
def test_who_has_only_chosen_an_account_takes_its_password_nowhere(
    installation: Installation, event_id: int, other_id: int, change: dict
) -> None:
    """Neither while others use it, nor when they no longer do."""
    database, seal = installation.database, installation.seal
    enter(installation, event_id, **RIGHT)
    choose(installation, event_id, other_id)
    enter(installation, other_id, **change)
    assert account_of(database, other_id).sealed_password is None
    assert account_of(database, other_id).needs_fixing
    kept = account_of(database, event_id)
    assert (kept.port, kept.host, open_password(seal, kept)) == (465, "smtp.example.org", "s3cret")
    choose(installation, event_id, other_id)
    with database.writing() as session:
        forget_account(session, events.event_for_change(session, event_id))
    assert show_password(database, seal, account_of(database, other_id)) == "s3cret"
    enter(installation, other_id, **change)
    assert account_of(database, other_id).sealed_password is None
    assert rows(installation) == 1


def test_an_account_that_one_event_forgets_stays_with_the_others(
    installation: Installation, event_id: int, other_id: int
) -> None:
    enter(installation, event_id, **RIGHT)
    choose(installation, event_id, other_id)
    for id, left in ((event_id, 1), (other_id, 0)):
        with installation.database.writing() as session:
            forget_account(session, events.event_for_change(session, id))
        assert rows(installation) == left


def test_an_account_that_was_forgotten_meanwhile_cannot_be_chosen(
    installation: Installation, event_id: int, other_id: int
) -> None:
    with pytest.raises(AccountChanged):
        choose(installation, event_id, other_id)


def test_a_mail_in_hand_while_its_event_chooses_another_account_is_settled(
    installation: Installation, event_id: int, other_id: int
) -> None:
    database = installation.database
    enter(installation, event_id, username="relay@example.org", skip_auth=True)
    enter(installation, other_id, username="another@example.com", skip_auth=True)
    with database.writing() as session:
        session.get_one(Event, event_id).live_at = session.get_one(Event, event_id).created_at
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    choose(installation, other_id, event_id)
    assert settle(database, claimed, SENT)
