"""Who may send what when: each mail has one worker, and goes to the current address."""

import threading
import time
from datetime import timedelta

from sqlalchemy import select

from shared.acts.held_back import TakeBack
from shared.acts.run import apply
from shared.events.installation import Installation
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import enqueue
from shared.storage.models import Event, Mail, MailState, Sending, Volunteer, now
from shared.volunteers.people import roster
from tests.support.acting import queue_invitations
from tests.support.factories import SEAL
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import (
    GREYLISTED,
    LEASE,
    LOST,
    MINUTE,
    NOBODY,
    SENT,
    add_account,
    begin,
    change,
    claim,
    mail_of,
    settle,
    submit,
    volunteer_of,
)


def test_a_mail_is_in_one_pair_of_hands(installation: Installation, event_id: int) -> None:
    addresses = invite(installation, event_id)
    assert sorted(c.address for c in claim(installation.database)) == addresses
    assert claim(installation.database) == []


def test_many_claimers_at_once_never_take_the_same_mail(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 120)
    taken: list[int] = []

    def take_all() -> None:
        misses = 0
        while misses < 20:
            claimed = claim(installation.database, 4)
            taken.extend(c.mail_id for c in claimed)
            misses = 0 if claimed else misses + 1

    threads = [threading.Thread(target=take_all) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 120


def test_a_certificate_goes_before_invitations(installation: Installation, event_id: int) -> None:
    invite(installation, event_id, 5)
    mail_id = submit(installation, event_id)
    assert [c.mail_id for c in claim(installation.database, 1)] == [mail_id]


def test_who_has_submitted_is_not_invited_any_more(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 3)
    submit(installation, event_id)
    invited = [c.address for c in claim(installation.database) if c.kind is INVITATION]
    assert invited == ["v1@example.org", "v2@example.org"]
    with installation.database.reading() as session:
        cancelled = session.scalars(select(Mail).where(Mail.state == MailState.CANCELLED)).one()
        assert cancelled.kind == INVITATION.name


def test_a_replaced_certificate_is_not_mailed(installation: Installation, event_id: int) -> None:
    invite(installation, event_id, 1)
    submit(installation, event_id, "Ann")
    newer = submit(installation, event_id, "Anna")
    claimed = claim(installation.database)
    assert [c.mail_id for c in claimed if c.kind is CERTIFICATE] == [newer]


def test_a_paused_event_sends_only_its_organizers_test_mail(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id)
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        event.sending = Sending.STOPPED
        enqueue.queue_test_mail(session, event, INVITATION, "me@example.org")
    assert [c.address for c in claim(installation.database)] == ["me@example.org"]


def test_a_mail_goes_to_the_address_of_today(installation: Installation, event_id: int) -> None:
    invite(installation, event_id, 1)
    with installation.database.writing() as session:
        session.scalars(select(Volunteer)).one().email = "new@example.org"
    (claimed,) = claim(installation.database)
    assert claimed.address == "new@example.org"
    assert mail_of(installation.database, claimed).address == "new@example.org"


def test_every_try_of_a_mail_has_the_same_message_id(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    (first,) = claim(installation.database)
    settle(installation.database, first, GREYLISTED)
    pass_time(installation.database, MINUTE)
    (second,) = claim(installation.database)
    assert second.message_id == first.message_id
    assert second.message_id.startswith(f"<{first.mail_id}-")


def test_a_late_worker_does_not_settle_the_try_of_another(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (late,) = claim(database)
    pass_time(database, LEASE)
    (current,) = claim(database)
    assert not settle(database, late, NOBODY)
    assert mail_of(database, current).state is MailState.SENDING
    assert settle(database, current, SENT)
    assert mail_of(database, current).state is MailState.SENT


def test_settling_twice_changes_nothing(installation: Installation, event_id: int) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    assert settle(database, claimed, SENT)
    assert not settle(database, claimed, NOBODY)
    assert volunteer_of(database, claimed).problem is None


def test_a_late_250_settles_what_was_left_to_a_person(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    invite(installation, event_id, 1)
    (slow,) = claim(database)
    begin(database, slow)
    pass_time(database, LEASE)
    assert claim(database) == []
    assert settle(database, slow, SENT)
    assert mail_of(database, slow).state is MailState.SENT
    assert volunteer_of(database, slow).problem is None


def test_a_new_address_gets_one_invitation(installation: Installation, event_id: int) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (first,) = claim(database)
    settle(database, first, NOBODY)
    with database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(database, first).id)
        enqueue.resend_invitation(session, installation.seal, person)
    (second,) = claim(database)
    settle(database, second, NOBODY)
    with database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(database, first).id)
        roster.change_address(session, SEAL, person, "right@example.org")
    assert [claimed.mail_id for claimed in claim(database)] == [second.mail_id]


def test_a_link_sent_again_is_not_joined_by_the_one_that_was_taken_back(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        apply(session, TakeBack(), event_id)
        person = session.scalars(select(Volunteer)).one()
        enqueue.resend_invitation(session, installation.seal, person)
        assert queue_invitations(session, installation.seal, event) == 0
    assert len(claim(database)) == 1


def test_a_new_address_takes_up_what_was_unsure_at_the_old_one(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, LOST)
    with database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(database, claimed).id)
        roster.change_address(session, SEAL, person, "right@example.org")
    assert volunteer_of(database, claimed).problem is None
    assert mail_of(database, claimed).state is MailState.QUEUED


def test_the_next_mail_is_taken_before_a_pause_is_over_and_leaves_when_it_is(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id, min_second=2.0, max_second=2.0)
    invite(installation, event_id, 2)
    (first,) = claim(database)
    assert first.not_before <= time.monotonic()
    assert begin(database, first)
    settle(database, first, SENT)
    assert claim(database) == []
    before = time.monotonic()
    # When the next one is claimed; its pause is over a little later.
    soon = now() - timedelta(seconds=0.05)
    change(database, event_id, lambda event: setattr(event.account, "next_at", soon))
    (second,) = claim(database)
    # Composing it is part of the pause.
    assert before + 0.15 < second.not_before < before + 0.25
