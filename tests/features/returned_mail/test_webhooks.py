"""Relays tell of returned mail by webhook: judged and settled like reports in a mailbox."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.errors import NotAllowed, SettingRefused
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.features.returned_mail.evidence import is_known
from shared.features.returned_mail.models import BounceReport, BounceWebhook
from shared.features.returned_mail.webhooks import entering
from shared.features.returned_mail.webhooks.protocol import Unproven
from shared.features.returned_mail.webhooks.receiving import receive
from shared.features.returned_mail.webhooks.services import SERVICES, marks
from shared.mail.accounts.sending_account import set_account
from shared.mail.accounts.sharing import note_sign_in
from shared.mail.queue.attempts import Claimed
from shared.storage.clock import database_time
from shared.storage.models import Event, Mail, Problem, SuppressedAddress, Suppression
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.tokens import Seal
from tests.support import amazon
from tests.support.mailing import invite, send_through, wait_until, working
from tests.support.relay_events import ENTERED, FULL, RELAYS, UNKNOWN, Relayed, ses_id, signed
from tests.support.reported import invited
from tests.support.sending_steps import account_of, add_account, mail_of, volunteer_of
from tests.support.smtp_sink import SmtpSink


def enter(installation: Installation, event_id: int, service: str) -> BounceWebhook:
    with installation.database.writing() as session:
        event, entered = session.get_one(Event, event_id), ENTERED[service]
        return entering.set_webhook(session, installation.seal, event, service, entered)


def address_of(installation: Installation, webhook: BounceWebhook) -> tuple[int, str]:
    """What the address names, and its secret."""
    address = entering.address_of(installation.settings, installation.seal, webhook)
    assert address.startswith(f"{installation.settings.public_url}/returned?")
    query = parse_qs(urlsplit(address).query)
    return int(query["webhook"][0]), query["key"][0]


def tell(installation: Installation, webhook: BounceWebhook, said: Any) -> int:
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return receive(installation, *address_of(installation, webhook), content)


def relayed(webhook: BounceWebhook, task: Claimed) -> Relayed:
    return Relayed(dict(marks(webhook, task.message_id)), task.address, task.mail_id)


def stored(installation: Installation) -> tuple[int, int]:
    """How many reports and addresses that get no more mail."""
    with installation.database.reading() as session:
        return session.query(BounceReport).count(), session.query(SuppressedAddress).count()


@pytest.fixture(params=RELAYS)
def service(request: pytest.FixtureRequest) -> Iterator[str]:
    with amazon.serving() as (ses, _), pytest.MonkeyPatch.context() as patch:
        patch.setitem(SERVICES, "ses", ses)
        yield request.param


def test_what_a_relay_tells_has_the_consequences_of_a_report(
    installation: Installation, listed: int, service: str
) -> None:
    ana, bo = invited(installation, listed)
    webhook, events = enter(installation, listed, service), RELAYS[service]
    assert tell(installation, webhook, events(relayed(webhook, ana), "dead", UNKNOWN)) == 1
    assert tell(installation, webhook, events(relayed(webhook, bo), "soft", FULL)) == 1
    person, mail = volunteer_of(installation.database, ana), mail_of(installation.database, ana)
    assert (person.problem, person.suppressed) == (Problem.CAME_BACK, Suppression.DEAD)
    assert "does not exist" in mail.answer
    other = volunteer_of(installation.database, bo)
    assert (other.problem, other.suppressed) == (None, None)
    assert mail_of(installation.database, bo).returned_at is not None


def test_who_complained_gets_no_more_mail(
    installation: Installation, listed: int, service: str
) -> None:
    ana, _ = invited(installation, listed)
    webhook = enter(installation, listed, service)
    tell(installation, webhook, RELAYS[service](relayed(webhook, ana), "complaint", ""))
    person = volunteer_of(installation.database, ana)
    assert (person.problem, person.suppressed) == (None, Suppression.COMPLAINED)


def test_what_arrived_or_is_late_flags_nobody(
    installation: Installation, listed: int, service: str
) -> None:
    ana, _ = invited(installation, listed)
    webhook = enter(installation, listed, service)
    mail = relayed(webhook, ana)
    assert tell(installation, webhook, RELAYS[service](mail, "arrived", "")) == 0
    assert tell(installation, webhook, RELAYS[service](mail, "late", "451 4.7.1 try later")) == 1
    assert volunteer_of(installation.database, ana).problem is None
    assert mail_of(installation.database, ana).returned_at is None


def test_the_same_event_again_changes_nothing(
    installation: Installation, listed: int, service: str
) -> None:
    ana, _ = invited(installation, listed)
    webhook = enter(installation, listed, service)
    said = RELAYS[service](relayed(webhook, ana), "dead", UNKNOWN)
    told = [tell(installation, webhook, said) for _ in range(3)]
    assert (told, stored(installation)) == ([1, 0, 0], (1, 1))


def test_an_event_about_a_mail_of_another_account_changes_nothing(
    installation: Installation, listed: int, service: str
) -> None:
    ana, _ = invited(installation, listed)
    with installation.database.writing() as session:
        other = create_event(session, name="Clean Beach")[0].id
    add_account(installation.database, other, username="others@example.com")
    webhook = enter(installation, other, service)
    assert tell(installation, webhook, RELAYS[service](relayed(webhook, ana), "dead", UNKNOWN)) == 0
    assert stored(installation) == (0, 0)


def test_a_foreign_event_changes_nothing_and_shows_that_the_webhook_works(
    installation: Installation, listed: int, service: str
) -> None:
    ana, _ = invited(installation, listed)
    webhook = enter(installation, listed, service)

    def learns() -> bool:
        with installation.database.reading() as session:
            account = session.get_one(Event, listed).account
            assert account is not None
            return is_known(account, database_time(session)) is not None

    assert not learns()
    foreign = Relayed({}, ana.address)
    assert tell(installation, webhook, RELAYS[service](foreign, "dead", UNKNOWN)) == 0
    invented = relayed(webhook, replace(ana, message_id="<1-0123456789abcdef@example.org>"))
    assert tell(installation, webhook, RELAYS[service](invented, "dead", UNKNOWN)) == 0
    assert stored(installation) == (0, 0)
    assert learns()


def test_only_the_present_address_takes_events(
    installation: Installation, listed: int, service: str
) -> None:
    ana, _ = invited(installation, listed)
    webhook = enter(installation, listed, service)
    said = RELAYS[service](relayed(webhook, ana), "dead", UNKNOWN)
    number, secret = address_of(installation, webhook)
    with installation.database.writing() as session:
        entering.renew_address(session, installation.seal, session.get_one(Event, listed))
    for wrong in (secret, "", secret[:-1], "é"):
        with pytest.raises(NotAllowed):
            receive(installation, number, wrong, json.dumps(said).encode())
    with pytest.raises(NotAllowed):
        receive(installation, number + 1, secret, json.dumps(said).encode())
    assert stored(installation) == (0, 0)
    with installation.database.reading() as session:
        renewed = session.get_one(BounceWebhook, number)
    assert tell(installation, renewed, said) == 1


def test_an_event_that_another_key_signed_is_refused_and_told(
    installation: Installation, listed: int
) -> None:
    ana, _ = invited(installation, listed)
    webhook = enter(installation, listed, "mailgun")
    said = RELAYS["mailgun"](relayed(webhook, ana), "dead", UNKNOWN)
    said["signature"] = signed("another-key", ana.mail_id)
    with pytest.raises(Unproven):
        tell(installation, webhook, said)
    assert stored(installation) == (0, 0)
    with installation.database.reading() as session:
        row = session.get_one(BounceWebhook, webhook.id)
    assert "signing key" in row.trouble
    assert row.heard_at is None


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"no JSON",
        b"\xff\xfe",
        b"7",
        b"[" * 50_000,
        b'{"RecordType": {"a": 1}, "event": {}, "event-data": []}',
        b'{"RecordType": "Bounce", "Type": "HardBounce", "Email": "\\ud800\\u0000"}',
        b'{"event": "hard_bounce", "email": "\\ud800\\u0000", "reason": "\\ud800"}',
    ],
)
def test_what_is_no_event_is_refused_or_changes_nothing(
    installation: Installation, listed: int, service: str, said: bytes
) -> None:
    invited(installation, listed)
    webhook = enter(installation, listed, service)
    with suppress(ValueError):
        assert tell(installation, webhook, said) == 0
    assert stored(installation) == (0, 0)


def test_odd_letters_in_an_event_about_our_mail_are_stored(
    installation: Installation, listed: int, service: str
) -> None:
    ana, _ = invited(installation, listed)
    webhook = enter(installation, listed, service)
    odd = "550 5.1.1 \0 no such \ud800 user" + "x" * 5_000
    assert tell(installation, webhook, RELAYS[service](relayed(webhook, ana), "dead", odd)) == 1
    assert volunteer_of(installation.database, ana).problem is Problem.CAME_BACK


def test_mails_carry_what_events_bring_back(
    installation: Installation, event_id: int, service: str
) -> None:
    with SmtpSink() as sink:
        with installation.database.writing() as session:
            send_through(session, session.get_one(Event, event_id), sink)
        webhook = enter(installation, event_id, service)
        (address,) = invite(installation, event_id, 1)
        with working(installation):
            wait_until(lambda: bool(sink.received))
    message = sink.received[0].message
    expected = marks(webhook, str(message["Message-ID"]))
    carried = {name: str(message[name]) for name in expected}
    assert carried == expected
    said = RELAYS[service](Relayed(carried, address), "dead", UNKNOWN)
    assert tell(installation, webhook, said) == 1


def test_the_id_in_the_answer_of_ses_names_the_mail_where_an_event_has_no_headers(
    installation: Installation, listed: int
) -> None:
    ana, bo = invited(installation, listed)
    webhook = enter(installation, listed, "ses")
    mails = [Relayed({}, task.address, task.mail_id) for task in (ana, bo)]
    with installation.database.writing() as session:
        for task, mail in zip((ana, bo), mails, strict=True):
            session.get_one(Mail, task.mail_id).answer = f"Ok {ses_id(mail)}"
    with amazon.serving() as (ses, _), pytest.MonkeyPatch.context() as patch:
        patch.setitem(SERVICES, "ses", ses)
        # Somebody else's mail to the same address, from the same account at Amazon.
        other = replace(mails[0], number=77)
        assert tell(installation, webhook, RELAYS["ses"](other, "dead", UNKNOWN)) == 0
        assert tell(installation, webhook, RELAYS["ses"](mails[0], "dead", UNKNOWN)) == 1
    assert volunteer_of(installation.database, ana).problem is Problem.CAME_BACK
    assert volunteer_of(installation.database, bo).problem is None


def test_accounts_that_turn_out_to_be_the_same_share_the_webhook(
    installation: Installation, listed: int
) -> None:
    given = {"username": "thanks@example.org", "password": "s3cret"}
    with installation.database.writing() as session:
        other = create_event(session, name="Clean Beach")[0]
        for event in (other, session.get_one(Event, listed)):
            set_account(session, installation.seal, event, **given)
        other_id = other.id
    webhook = enter(installation, listed, "postmark")
    address = address_of(installation, webhook)
    for event_id in (other_id, listed):
        with installation.database.writing() as session:
            note_sign_in(session, account_of(installation.database, event_id))
    assert account_of(installation.database, listed).id != webhook.account_id
    with installation.database.reading() as session:
        row = session.query(BounceWebhook).one()
    assert row.account_id == account_of(installation.database, other_id).id
    assert address_of(installation, row) == address


def test_another_service_gets_another_address_and_its_own_proof(
    installation: Installation, listed: int
) -> None:
    invited(installation, listed)
    first = address_of(installation, enter(installation, listed, "postmark"))
    assert first == address_of(installation, enter(installation, listed, "postmark"))
    with installation.database.writing() as session:
        event = session.get_one(Event, listed)
        with pytest.raises(SettingRefused):
            entering.set_webhook(session, installation.seal, event, "mailgun")
        session.rollback()
    assert first != address_of(installation, enter(installation, listed, "mailgun"))


def test_another_key_of_the_installation_lets_the_address_and_the_proof_go_on(
    installation: Installation, listed: int
) -> None:
    ana, _ = invited(installation, listed)
    webhook = enter(installation, listed, "mailgun")
    number, secret = address_of(installation, webhook)
    old = (installation.settings.data_dir / "secret.key").read_text().strip()
    seal = Seal(["k" * 43 + "=", old])
    rotate_keys(installation.database, seal)
    only_new = Seal(["k" * 43 + "="])
    assert count_lost(installation.database, only_new) == 0
    assert entering.address_of(installation.settings, only_new, webhook) == ""
    content = json.dumps(RELAYS["mailgun"](relayed(webhook, ana), "dead", UNKNOWN)).encode()
    assert receive(replace(installation, seal=seal), number, secret, content) == 1
