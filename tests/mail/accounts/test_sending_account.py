"""The mail account of an event: what is given changes, what follows from it is filled in."""

import pytest
from sqlalchemy import func, select

from shared import events
from shared.acts.go_live import go_live
from shared.errors import ProductError, SettingRefused
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import forget_account, set_account
from shared.mail.accounts.sharing import note_sign_in
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import enqueue
from shared.mail.transport.outcome import Outcome
from shared.mail.transport.providers import SendingLimits
from shared.storage.models import (
    Event,
    Mail,
    MailState,
    Phase,
    Security,
    SendingAccount,
    Status,
    Verdict,
    now,
)
from shared.storage.sealing.passwords import open_password
from tests.support.acting import queue_invitations
from tests.support.mailing import invite, statuses
from tests.support.sending_steps import SENT, begin, claim, settle, submit


@pytest.fixture
def change(installation, event_id):
    """Change the account of the event, which is live then, in a transaction; as it is stored."""

    def changed(**values) -> SendingAccount:
        with installation.database.writing() as session:
            event = events.event_for_change(session, event_id)
            set_account(session, installation.seal, event, **values)
            go_live(session, event)
        with installation.database.reading() as session:
            return session.get_one(Event, event_id).account

    return changed


@pytest.fixture
def sender(change, installation, event_id):
    """As whom the event sends after a change."""

    def changed(**values) -> str:
        change(**values)
        with installation.database.reading() as session:
            return session.get_one(Event, event_id).from_address

    return changed


def test_a_user_name_is_enough_to_begin_with(change):
    account = change(username="Thanks@Example.org")
    assert (account.host, account.port) == ("smtp.example.org", 465)
    assert account.security is Security.TLS
    assert account.sealed_password is None


def test_a_new_user_name_moves_to_its_own_server_unless_one_is_given(change):
    change(username="thanks@example.org")
    assert change(username="thanks@example.com").host == "smtp.example.com"
    assert change(username="thanks@example.net", server_address="Mail.Example.Net").host == (
        "mail.example.net"
    )
    assert change(min_second=1).host == "mail.example.net"


def test_the_password_is_sealed_and_stays_until_another_is_given(change, installation):
    sealed = change(username="thanks@example.org", password="first").sealed_password
    assert "first" not in sealed
    assert change(min_second=1).sealed_password == sealed
    assert open_password(installation.seal, change(smtp_port=587)) == "first"
    assert open_password(installation.seal, change(password="second")) == "second"


@pytest.mark.parametrize(
    ("given", "security", "port"),
    [
        ({"smtp_ssl": True}, Security.TLS, 465),
        ({"smtp_ssl": False}, Security.STARTTLS, 587),
        ({"smtp_ssl": False, "skip_auth": True}, Security.NONE, 25),
        ({"security": Security.STARTTLS}, Security.STARTTLS, 587),
        ({"smtp_ssl": False, "smtp_port": 2525}, Security.STARTTLS, 2525),
    ],
)
def test_a_password_never_travels_unencrypted(change, given, security, port):
    account = change(username="thanks@example.org", **given)
    assert (account.security, account.port) == (security, port)


def test_another_encryption_brings_its_usual_port_and_the_same_one_keeps_the_port(change):
    change(username="thanks@example.org", smtp_port=4650)
    assert change(smtp_ssl=True).port == 4650
    assert change(smtp_ssl=False).port == 587


def test_a_sender_of_its_own_stays_while_the_user_is_the_same(sender):
    assert sender(username="Thanks@Example.org") == "Thanks@example.org"
    given = {"username": "apikey", "server_address": "smtp.example.org"}
    assert sender(**given, from_address="thanks@example.org") == "thanks@example.org"
    assert sender(username="apikey") == "thanks@example.org"
    assert sender(username="other@example.org") == "other@example.org"


REFUSED_ACCOUNTS = [
    ({"username": "apikey"}, "server_address"),
    ({"username": "apikey", "server_address": "smtp.example.org"}, "username"),
    ({"username": "a\x00b@example.org"}, "username"),
    ({"username": "thanks@example.org", "from_address": "me"}, "from_address"),
    ({"username": "thanks@example.org", "server_address": "a b"}, "server_address"),
    ({"username": "thanks@example.org", "server_address": "x" * 254}, "server_address"),
    ({"username": "thanks@example.org", "server_address": "http://x"}, "server_address"),
    ({"username": "thanks@example.org\r\n.evil"}, "server_address"),
    ({"username": "thanks@example.org", "smtp_port": 0}, "smtp_port"),
    ({"username": "thanks@example.org", "smtp_port": 65536}, "smtp_port"),
    ({"username": "thanks@example.org", "min_second": -1}, "min_second"),
    ({"username": "thanks@example.org", "min_second": float("nan")}, "min_second"),
    ({"username": "thanks@example.org", "max_second": float("inf")}, "max_second"),
    ({"username": "thanks@example.org", "min_second": 5, "max_second": 4}, "min_second"),
    ({"username": "thanks@example.org", "limits": SendingLimits(0)}, "limits"),
    ({}, "server_address"),
]


def test_a_value_that_cannot_be_used_is_refused_and_nothing_stored(change, database, event_id):
    for given, field in REFUSED_ACCOUNTS:
        with pytest.raises(SettingRefused) as refusal:
            change(**given)
        assert refusal.value.details["field"] == field
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(SendingAccount)) == 0


def test_a_refused_change_leaves_the_account_as_it_was(change, installation, event_id):
    change(username="thanks@example.org", limits=SendingLimits(10, 100, 1000, 3))
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        with pytest.raises(SettingRefused):
            set_account(
                session, installation.seal, event, smtp_port=2525, limits=SendingLimits(5, 0)
            )
    account = change()
    assert (account.port, account.per_minute) == (465, 10)


def test_a_least_delay_above_the_most_one_raises_it(change):
    change(username="thanks@example.org", min_second=1, max_second=3)
    account = change(min_second=5)
    assert (account.min_second, account.max_second) == (5, 5)


def test_what_a_server_said_of_the_old_settings_no_longer_counts(change, database, event_id):
    change(username="thanks@example.org")
    with database.writing() as session:
        account = session.get_one(Event, event_id).account
        account.paused_until, account.needs_fixing = now(), True
        account.trouble_code, account.trouble_text = 535, "wrong password"
        account.pauses_in_a_row = 3
    account = change(password="another")
    assert (account.paused_until, account.needs_fixing, account.pauses_in_a_row) == (None, False, 0)
    assert (account.trouble_code, account.trouble_text) == (None, "")


def test_without_its_account_an_event_is_in_rehearsal_again(change, database, event_id):
    change(username="thanks@example.org")
    with database.writing() as session:
        forget_account(session, events.event_for_change(session, event_id))
    with database.reading() as session:
        assert session.get_one(Event, event_id).account is None
    assert change(username="thanks@example.com").host == "smtp.example.com"


# Between rehearsal and real mails


def forget(installation, event_id) -> None:
    with installation.database.writing() as session:
        forget_account(session, events.event_for_change(session, event_id))


@pytest.mark.parametrize("state", [MailState.HELD, MailState.QUEUED, MailState.SENDING])
def test_an_account_is_kept_while_mails_to_people_wait_for_it(
    change, installation, event_id, state
):
    change(username="thanks@example.org")
    invite(installation, event_id, 1)
    with installation.database.writing() as session:
        session.scalars(select(Mail)).one().state = state
    with pytest.raises(ProductError, match="The account is not removed,"):
        forget(installation, event_id)
    with installation.database.reading() as session:
        assert session.get_one(Event, event_id).account


@pytest.mark.parametrize(
    "state", [MailState.SENT, MailState.FAILED, MailState.UNSURE, MailState.CANCELLED]
)
def test_an_account_that_no_mail_waits_for_can_be_forgotten(change, installation, event_id, state):
    change(username="thanks@example.org")
    invite(installation, event_id, 1)
    with installation.database.writing() as session:
        session.scalars(select(Mail)).one().state = state
        event = session.get_one(Event, event_id)
        enqueue.queue_test_mail(session, event, INVITATION, "me@example.org")
    forget(installation, event_id)
    with installation.database.reading() as session:
        assert session.get_one(Event, event_id).account is None


def test_what_a_rehearsal_has_not_sent_does_not_leave_for_real_unasked(
    change, installation, event_id
):
    database = installation.database
    invite(installation, event_id, 5)
    rehearsed, on_its_way, in_hand = claim(database, 3)
    settle(database, rehearsed, SENT)
    assert begin(database, on_its_way)
    change(username="thanks@example.org")
    settle(database, on_its_way, SENT)
    assert not begin(database, in_hand)
    assert claim(database) == []
    assert statuses(database) == [Status.INVITED] * 2 + [Status.NEW] * 3
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        assert queue_invitations(session, installation.seal, event) == 3
    assert len(claim(database)) == 3


def test_another_value_of_the_account_takes_nothing_back(change, installation, event_id):
    change(username="thanks@example.org")
    invite(installation, event_id, 2)
    change(min_second=0)
    assert len(claim(installation.database)) == 2


def test_a_certificate_that_was_promised_still_leaves_when_the_rehearsal_ends(
    change, installation, event_id
):
    invite(installation, event_id, 1)
    submit(installation, event_id)
    change(username="thanks@example.org")
    (claimed,) = claim(installation.database)
    assert claimed.kind is CERTIFICATE


def prove(installation, event_id) -> None:
    """The server takes the password of the event's account."""
    with installation.database.writing() as session:
        note_sign_in(session, session.get_one(Event, event_id).account)


def test_limits_hold_for_every_event_that_sends_from_the_account(change, installation, event_id):
    account = {"username": "thanks@example.org", "password": "s3cret"}
    change(**account, limits=SendingLimits(per_hour=50, per_day=300))
    prove(installation, event_id)
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Beach Day")
        own = SendingLimits(per_day=500, connections=3)
        account["username"] = "Thanks@example.org"
        joined = set_account(session, installation.seal, other, **account, limits=own)
        assert (joined.per_hour, joined.per_day) == (None, 500)
    prove(installation, other.id)
    with installation.database.reading() as session:
        joined = session.get_one(Event, other.id).account
        lowest = (None, 50, 300, 3)
        assert (joined.per_minute, joined.per_hour, joined.per_day, joined.connections) == lowest
    first = change(limits=SendingLimits(per_day=1000))
    with installation.database.reading() as session:
        same = session.get_one(Event, other.id).account
        assert (same.per_hour, same.per_day) == (first.per_hour, first.per_day) == (None, 1000)


def test_an_event_that_joins_a_resting_account_rests_too(change, installation, event_id):
    account = {"username": "thanks@example.org", "password": "s3cret"}
    change(**account)
    prove(installation, event_id)
    invite(installation, event_id)
    (refused,) = claim(installation.database, 1)
    words = "5.4.5 Daily user sending limit exceeded"
    settle(installation.database, refused, Outcome(Verdict.PAUSE, Phase.MAIL, 550, words))
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Beach Day")
        set_account(session, installation.seal, other, **account)
        go_live(session, other)
        other_id = other.id
    prove(installation, other_id)
    invite(installation, other_id)
    assert claim(installation.database) == []


def test_another_delay_does_not_end_a_providers_pause(change, installation, event_id):
    change(username="thanks@example.org", password="s3cret")
    invite(installation, event_id)
    (refused,) = claim(installation.database, 1)
    settle(installation.database, refused, Outcome(Verdict.PAUSE, Phase.MAIL, 421, "4.7.0 later"))
    assert change(min_second=2, max_second=5).paused_until is not None
    assert change(password="an0ther").paused_until is None
