"""Events share a mail account by proof: the same user, server and password, which worked."""

import pytest

from shared import events
from shared.acts.go_live import go_live
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts import health
from shared.mail.accounts.sending_account import set_account
from shared.mail.accounts.sharing import note_sign_in
from shared.mail.queue.standing import of_sending
from shared.mail.transport.providers import SendingLimits
from shared.storage.models import Event
from shared.storage.sealing.key_rotation import rotate_keys
from shared.storage.sealing.passwords import open_password
from shared.storage.sealing.tokens import Seal
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import (
    DAILY,
    MINUTE,
    NOBODY,
    POLICY,
    SENT,
    TOO_FAST,
    WRONG_PASSWORD,
    account_of,
    claim,
    settle,
)

RIGHT = {"username": "thanks@example.org", "password": "s3cret"}
# People who know only the account's name.
STRANGERS = [
    RIGHT | {"password": "a guess"},
    {"username": "Thanks@example.org"},
    {"username": "thanks@example.org", "skip_auth": True},
    RIGHT | {"skip_auth": True},
]
# What others could do to an account while it was shared by its name.
HARM = [TOO_FAST, DAILY, POLICY, WRONG_PASSWORD, NOBODY]


@pytest.fixture
def other_id(installation: Installation) -> int:
    with installation.database.writing() as session:
        return create_event(session, name="Clean Beach", language="en")[0].id


def give(installation: Installation, event_id: int, account: dict, **more: object) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        set_account(session, installation.seal, event, **account, **more)
        go_live(session, event)


def prove(installation: Installation, event_id: int) -> None:
    """One mail leaves, so that the server is known to have taken the password."""
    invite(installation, event_id, 1)
    (claimed,) = claim(installation.database)
    settle(installation.database, claimed, SENT)


def state_of(installation: Installation, event_id: int) -> tuple[object, ...]:
    """Everything about an account that a stranger might change."""
    row = account_of(installation.database, event_id)
    limits = (row.per_minute, row.per_hour, row.per_day, row.connections)
    rest = (row.needs_fixing, row.paused_until, row.next_at, row.pauses_in_a_row)
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        return (limits, rest, of_sending(session, event, "en"))


@pytest.mark.parametrize("stranger", STRANGERS, ids=str)
def test_an_event_that_only_names_an_account_changes_nothing_for_it(
    installation: Installation, event_id: int, other_id: int, stranger: dict
) -> None:
    database = installation.database
    give(
        installation, event_id, RIGHT, limits=SendingLimits(per_hour=50, per_day=300, connections=3)
    )
    prove(installation, event_id)
    before = state_of(installation, event_id)
    give(installation, other_id, stranger, limits=SendingLimits(10, 10, 10, 1))
    give(installation, other_id, {}, min_second=3600, max_second=3600)
    invite(installation, other_id, 10)
    for answer in HARM:
        (claimed,) = claim(database)
        assert claimed.event.id == other_id
        settle(database, claimed, answer)
        assert state_of(installation, event_id) == before
        with database.writing() as session:
            health.clear_trouble(session.get_one(Event, other_id).account)
    assert state_of(installation, event_id) == before


def test_a_wrong_password_learns_nothing_of_the_account_that_it_names(
    installation: Installation, event_id: int, other_id: int
) -> None:
    give(installation, event_id, RIGHT, limits=SendingLimits(per_day=300))
    prove(installation, event_id)
    give(installation, other_id, RIGHT | {"password": "a guess"})
    invite(installation, other_id, 1)
    (claimed,) = claim(installation.database)
    settle(installation.database, claimed, WRONG_PASSWORD)
    stranger = account_of(installation.database, other_id)
    assert (stranger.per_day, stranger.signed_in) == (None, False)
    assert not account_of(installation.database, event_id).needs_fixing


def test_two_events_with_credentials_that_worked_share_budget_and_pauses(
    installation: Installation, event_id: int, other_id: int
) -> None:
    database = installation.database
    give(installation, event_id, RIGHT, limits=SendingLimits(per_day=10))
    prove(installation, event_id)
    give(installation, other_id, RIGHT)
    prove(installation, other_id)
    assert account_of(database, other_id).id == account_of(database, event_id).id
    assert account_of(database, other_id).per_day == 10
    invite(installation, event_id, 20)
    taken = claim(database)
    # One of each event has left before.
    assert len(taken) == 8
    settle(database, taken[0], TOO_FAST)
    pauses = {account_of(database, id).paused_until for id in (event_id, other_id)}
    assert len(pauses) == 1
    assert pauses != {None}


def test_a_password_is_tried_with_one_mail_until_the_server_takes_it(
    installation: Installation, event_id: int, other_id: int
) -> None:
    """Otherwise mails could leave beyond a budget that another event has spent."""
    database = installation.database
    give(installation, event_id, RIGHT, limits=SendingLimits(per_day=2))
    prove(installation, event_id)
    give(installation, other_id, RIGHT)
    invite(installation, other_id, 5)
    (probe,) = claim(database)
    assert claim(database) == []
    settle(database, probe, SENT)
    assert claim(database) == []


def test_another_password_leaves_the_others_alone_and_forgets_no_budget(
    installation: Installation, event_id: int, other_id: int
) -> None:
    database = installation.database
    for id in (event_id, other_id):
        give(installation, id, RIGHT, limits=SendingLimits(per_day=3))
        prove(installation, id)
    give(installation, other_id, RIGHT | {"password": "changed at the provider"})
    invite(installation, other_id, 5)
    (probe,) = claim(database)
    settle(database, probe, TOO_FAST)
    assert account_of(database, event_id).paused_until is None
    pass_time(database, MINUTE)
    # Its own earlier mail counts, as does the probe.
    (last,) = claim(database)
    settle(database, last, SENT)
    assert claim(database) == []


def test_the_same_password_entered_again_goes_on_sharing(
    installation: Installation, event_id: int
) -> None:
    give(installation, event_id, RIGHT)
    prove(installation, event_id)
    give(installation, event_id, RIGHT)
    assert account_of(installation.database, event_id).signed_in


def test_a_sign_in_with_the_password_of_before_proves_nothing_of_the_new_one(
    installation: Installation, event_id: int
) -> None:
    give(installation, event_id, RIGHT)
    before = account_of(installation.database, event_id)
    give(installation, event_id, RIGHT | {"password": "another"})
    with installation.database.writing() as session:
        note_sign_in(session, before)
    assert not account_of(installation.database, event_id).signed_in


def test_events_go_on_sharing_while_and_after_keys_are_replaced(
    installation: Installation, event_id: int, other_id: int
) -> None:
    database = installation.database
    old, both, new = Seal(["old"]), Seal(["new", "old"]), Seal(["new"])

    def same() -> bool:
        first, second = (account_of(database, id) for id in (event_id, other_id))
        return first.id == second.id and first.signed_in

    for id, seal in ((event_id, old), (other_id, both)):
        with database.writing() as session:
            event = events.event_for_change(session, id)
            note_sign_in(session, set_account(session, seal, event, **RIGHT))
    assert same()
    before = account_of(database, event_id).proof
    assert rotate_keys(database, both)["passwords"] == 1
    assert same()
    assert account_of(database, event_id).proof != before
    assert open_password(new, account_of(database, event_id)) == "s3cret"


def test_rows_that_were_proved_with_different_keys_become_one_when_keys_are_replaced(
    installation: Installation, event_id: int, other_id: int
) -> None:
    """A process that has yet to learn of the new key does not see that the two are equal."""
    database = installation.database
    both = Seal(["new", "old"])
    for id, seal in ((event_id, both), (other_id, Seal(["old"]))):
        with database.writing() as session:
            event = events.event_for_change(session, id)
            note_sign_in(session, set_account(session, seal, event, **RIGHT))
    assert account_of(database, event_id).id != account_of(database, other_id).id
    rotate_keys(database, both)
    assert account_of(database, event_id).id == account_of(database, other_id).id
    assert account_of(database, event_id).signed_in


def test_of_what_two_accounts_were_told_the_stricter_holds_once_they_are_one(
    installation: Installation, event_id: int, other_id: int
) -> None:
    give(installation, event_id, RIGHT, limits=SendingLimits(per_day=300, connections=3))
    give(
        installation, other_id, RIGHT, limits=SendingLimits(per_day=500, per_hour=20), max_second=9
    )
    prove(installation, event_id)
    prove(installation, other_id)
    row = account_of(installation.database, other_id)
    assert row.id == account_of(installation.database, event_id).id
    limits = (row.per_minute, row.per_hour, row.per_day, row.connections)
    assert (limits, row.max_second) == ((None, 20, 300, 3), 9)
