"""After a restore nobody is mailed twice unseen: mails wait until a person has said what left."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from shared.acts.decide import MailsDecision, decide
from shared.errors import MailsHeld
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.queue import hold
from shared.mail.queue.claim import message_ids
from shared.storage.database import Database
from shared.storage.models import (
    Action,
    AuditEntry,
    Event,
    Mail,
    MailState,
    Problem,
    Status,
    Volunteer,
)
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.tokens import Seal
from tests.support.mailing import invite
from tests.support.sending_steps import add_account, claim, submit


def hold_all(database: Database) -> None:
    with database.writing() as session:
        hold.hold(session)


def mails(database: Database) -> list[Mail]:
    with database.reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def statuses(database: Database) -> list[Status]:
    with database.reading() as session:
        return list(session.scalars(select(Volunteer.status).order_by(Volunteer.id)))


def derived(installation: Installation) -> list[str]:
    with installation.database.writing() as session:
        ids = message_ids(session, installation.seal)
        return [
            ids.of(mail, "example.org") for mail in session.scalars(select(Mail).order_by(Mail.id))
        ]


def test_the_same_mail_has_the_same_message_id_whenever_it_is_derived(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 3)
    first = derived(installation)
    assert len(set(first)) == 3
    people = [one.volunteer_id for one in mails(installation.database)]
    assert [int(one[1:].partition("-")[0]) for one in first] == people
    key = (installation.settings.data_dir / "secret.key").read_text(encoding="utf-8").strip()
    rotated = Seal(["a newer key", key])
    rotate_keys(installation.database, rotated)
    assert count_lost(installation.database, rotated) == 0
    assert derived(Installation(installation.settings, installation.database, rotated)) == first


def test_another_version_certificate_or_person_of_the_same_row_has_another_message_id(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 1)
    (before,) = derived(installation)

    def changed(change: Callable[[Mail], None]) -> str:
        with installation.database.writing() as session:
            change(session.scalars(select(Mail)).one())
        return derived(installation)[0]

    def version(mail: Mail) -> None:
        mail.version += 1

    def person(mail: Mail) -> None:
        assert mail.volunteer is not None
        mail.volunteer.created_at = mail.volunteer.created_at.replace(year=2020)

    assert len({before, changed(version), changed(person)}) == 3


def test_no_mail_leaves_while_it_is_held_and_later_events_send(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 3)
    hold_all(installation.database)
    assert claim(installation.database) == []
    with installation.database.reading() as session:
        assert hold.is_any_held(session)
        assert hold.count_held(session, event_id) == 3
    with installation.database.writing() as session:
        later, _ = create_event(session, name="Later", language="en")
    invite(installation, later.id, 1)
    assert [one.event.id for one in claim(installation.database)] == [later.id]
    with installation.database.reading() as session:
        assert hold.count_held(session, later.id) == 0
        noted = session.scalars(select(AuditEntry.action)).all()
    assert Action.MAILS_HELD in noted


def test_mails_that_left_count_as_sent(installation: Installation, event_id: int):
    invite(installation, event_id, 3)
    hold_all(installation.database)
    assert decide(installation, event_id, MailsDecision.THEY_LEFT).done == 3
    assert {one.state for one in mails(installation.database)} == {MailState.SENT}
    assert statuses(installation.database) == [Status.INVITED] * 3
    assert claim(installation.database) == []
    with installation.database.reading() as session:
        assert not hold.is_any_held(session)


def test_only_mails_that_a_log_names_count_as_sent_the_others_leave(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 3)
    add_account(installation.database, event_id)
    left = derived(installation)[1]
    log = f"Nov 28 10:00 mx postfix/cleanup: 4A: message-id={left.replace('example', 'EXAMPLE')}\n"
    hold_all(installation.database)
    decide(installation, event_id, MailsDecision.THEY_LEFT, log * 3)
    states = [one.state for one in mails(installation.database)]
    assert states == [MailState.QUEUED, MailState.SENT, MailState.QUEUED]
    assert statuses(installation.database) == [Status.NEW, Status.INVITED, Status.NEW]
    assert {one.address for one in claim(installation.database)} == {
        "v0@example.org",
        "v2@example.org",
    }


def test_a_log_that_names_none_of_them_sends_all(installation: Installation, event_id: int):
    invite(installation, event_id, 2)
    hold_all(installation.database)
    decide(
        installation, event_id, MailsDecision.THEY_LEFT, "nothing of ours 12-0123456789abcdef@x.org"
    )
    assert len(claim(installation.database)) == 2


def test_mails_that_are_sent_again_are_known_as_possible_duplicates(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 2)
    hold_all(installation.database)
    decide(installation, event_id, MailsDecision.SEND_AGAIN)
    assert all(one.maybe_duplicate for one in mails(installation.database))
    assert len(claim(installation.database)) == 2


def test_who_is_asked_about_one_by_one_waits_for_a_person(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 2)
    submit(installation, event_id)
    hold_all(installation.database)
    decide(installation, event_id, MailsDecision.ASK_FOR_EACH)
    waiting = [one for one in mails(installation.database) if one.state is not MailState.CANCELLED]
    assert {one.state for one in waiting} == {MailState.UNSURE}
    assert claim(installation.database) == []
    with installation.database.reading() as session:
        assert set(session.scalars(select(Volunteer.problem))) == {Problem.UNKNOWN_OUTCOME}


@pytest.mark.parametrize("answer", MailsDecision)
def test_mails_that_are_queued_after_the_restore_are_no_question(
    installation: Installation, event_id: int, answer: MailsDecision
):
    invite(installation, event_id, 1)
    hold_all(installation.database)
    submit(installation, event_id)
    decide(installation, event_id, answer)
    assert [one.mail.certificate is not None for one in claim(installation.database)] == [True]


def test_a_second_restore_asks_again(installation: Installation, event_id: int):
    invite(installation, event_id, 1)
    hold_all(installation.database)
    decide(installation, event_id, MailsDecision.SEND_AGAIN)
    hold_all(installation.database)
    assert claim(installation.database) == []


def test_an_event_whose_mails_are_held_does_not_go_on_by_a_press(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 2)
    hold_all(installation.database)
    with (
        installation.database.writing() as session,
        pytest.raises(MailsHeld, match=r"Mails of this event \(2\) are held"),
    ):
        hold.resume(session.get_one(Event, event_id))
    decide(installation, event_id, MailsDecision.SEND_AGAIN)
    with installation.database.writing() as session:
        hold.resume(session.get_one(Event, event_id))
    assert len(claim(installation.database)) == 2


def test_an_address_that_a_server_delivered_to_names_its_mail(
    installation: Installation, event_id: int
):
    invite(installation, event_id, 3)
    hold_all(installation.database)
    log = [
        "a line of something else",
        "2999-01-01T10:00:00+00:00 mx postfix/smtp[7]: 4A1B2C: to=<v1@example.org>, "
        "relay=mx[192.0.2.9]:25, delay=1, status=sent (250 2.0.0 ok)",
    ]
    decided = decide(installation, event_id, MailsDecision.THEY_LEFT, log)
    assert (decided.done, decided.left) == (3, 1)
    states = [one.state for one in mails(installation.database)]
    assert states == [MailState.QUEUED, MailState.SENT, MailState.QUEUED]
