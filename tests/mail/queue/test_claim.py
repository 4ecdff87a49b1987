"""Who may send what when, and what dead and late workers leave behind."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.events.installation import Installation
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import controls, enqueue, failed_mails, hand_over, invitations, transitions
from shared.mail.queue import settle as outcomes
from shared.storage.database import Database
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Problem,
    Sending,
    Volunteer,
)
from shared.volunteers import roster
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


def test_a_pause_holds_back_a_mail_that_is_already_claimed(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    (claimed,) = claim(installation.database)
    change(installation.database, event_id, controls.pause)
    assert not begin(installation.database, claimed)
    with installation.database.writing() as session:
        assert hand_over.give_back(session, claimed)
    assert claim(installation.database) == []
    change(installation.database, event_id, controls.resume)
    assert len(claim(installation.database)) == 1


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


# Unknown outcomes, dead and late workers


def test_an_unknown_outcome_is_tried_again_and_marked(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, LOST)
    mail = mail_of(database, claimed)
    assert (mail.state, mail.maybe_duplicate) == (MailState.QUEUED, True)


def test_an_unknown_outcome_is_left_to_a_person_who_asked_for_that(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, LOST)
    assert mail_of(database, claimed).state is MailState.UNSURE
    assert volunteer_of(database, claimed).problem is Problem.UNKNOWN_OUTCOME
    pass_time(database, timedelta(days=1))
    assert claim(database) == []


def test_who_asks_to_be_asked_is_asked_of_unsure_mails_that_wait_already(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    begin(database, claimed)
    settle(database, claimed, LOST)
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    pass_time(database, MINUTE)
    assert claim(database) == []
    assert mail_of(database, claimed).state is MailState.UNSURE
    assert volunteer_of(database, claimed).problem is Problem.UNKNOWN_OUTCOME
    with database.writing() as session:
        failed_mails.send_unsure_again(session, session.get_one(Mail, claimed.mail_id))
    assert len(claim(database)) == 1


@pytest.mark.parametrize("ask", [False, True])
def test_what_a_dead_worker_had_not_handed_over_is_simply_sent(
    installation: Installation, event_id: int, ask: bool
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", ask))
    invite(installation, event_id, 1)
    claim(database)
    assert claim(database) == []
    pass_time(database, LEASE)
    (again,) = claim(database)
    assert not mail_of(database, again).maybe_duplicate


@pytest.mark.parametrize("ask", [False, True])
def test_what_a_dead_worker_may_have_handed_over_is_known(
    installation: Installation, event_id: int, ask: bool
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", ask))
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    assert begin(database, claimed)
    pass_time(database, LEASE)
    again = claim(database)
    mail = mail_of(database, claimed)
    assert mail.maybe_duplicate
    if ask:
        assert again == []
        assert mail.state is MailState.UNSURE
        assert volunteer_of(database, claimed).problem is Problem.UNKNOWN_OUTCOME
    else:
        assert [c.message_id for c in again] == [claimed.message_id]


def test_a_mail_that_is_lost_sight_of_again_and_again_is_left_to_a_person(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    for _ in range(3):
        (claimed,) = claim(database)
        assert begin(database, claimed)
        pass_time(database, LEASE)
    assert claim(database) == []
    assert mail_of(database, claimed).state is MailState.UNSURE


def test_a_worker_that_slept_through_its_lease_sends_nothing(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (asleep,) = claim(database)
    pass_time(database, LEASE)
    assert not begin(database, asleep)
    (awake,) = claim(database)
    assert not begin(database, asleep)
    assert begin(database, awake)


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


def test_every_try_is_in_the_ledger(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, GREYLISTED)
    pass_time(database, MINUTE)
    (claimed,) = claim(database)
    settle(database, claimed, SENT)
    with database.reading() as session:
        ledger = session.scalars(select(Attempt).order_by(Attempt.id)).all()
        assert [(a.verdict, a.code, a.phase) for a in ledger] == [
            ("retry", 451, "rcpt"),
            ("sent", 250, "content"),
        ]
        assert {a.account for a in ledger} == {"thanks@example.org@smtp.example.org:465"}


# Taken back, overtaken


def test_what_is_taken_back_leaves_no_hand_any_more(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 3)
    on_its_way, *in_hand = claim(database)
    assert begin(database, on_its_way)
    with database.writing() as session:
        assert controls.cancel(session, session.get_one(Event, event_id)) == 2
    assert not any(begin(database, claimed) for claimed in in_hand)
    assert settle(database, on_its_way, SENT)
    with database.writing() as session:
        assert not any(hand_over.give_back(session, claimed) for claimed in in_hand)
    assert [mail_of(database, claimed).state for claimed in in_hand] == ["cancelled"] * 2


class Beside:
    """A transaction in a thread of its own, which says when it is half way."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.is_half_way = threading.Event()
        self.fault: Exception | None = None

    def run(self, step: Callable[[Session], object]) -> threading.Thread:
        thread = threading.Thread(target=self._run, args=[step])
        thread.start()
        assert self.is_half_way.wait(10)
        return thread

    def _run(self, step: Callable[[Session], object]) -> None:
        try:
            with self._database.writing() as session:
                step(session)
        except Exception as fault:
            self.fault = fault


def test_taking_back_never_locks_up_with_outcomes_that_are_written_down(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 2)
    low, high = claim(database)
    assert begin(database, low)
    assert begin(database, high)
    worker = Beside(database)
    settle_unsent = outcomes._settle_unsent

    def settle_slowly(*args: Any) -> bool:
        worker.is_half_way.set()
        time.sleep(0.5)  # The organizer comes to lock what is not locked yet.
        return settle_unsent(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outcomes, "_settle_unsent", settle_slowly)
        running = worker.run(
            lambda session: outcomes.settle(session, [(high, SENT), (low, NOBODY)])
        )
        with database.writing() as session:
            assert controls.cancel(session, session.get_one(Event, event_id)) == 0
        running.join(10)
    assert worker.fault is None
    assert [mail_of(database, claimed).state for claimed in (low, high)] == ["failed", "sent"]


def test_letting_somebody_submit_anew_never_locks_up_with_the_outcome_of_their_mail(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id)
    (claimed,) = claim(database)
    assert begin(database, claimed)
    organizer = Beside(database)

    def let_submit_anew(session: Session) -> None:
        roster.reopen(session, session.scalars(select(Volunteer)).one())

    taken_back = transitions.taken_back

    def take_back_slowly(*args: Any) -> int:
        organizer.is_half_way.set()
        time.sleep(0.5)  # The worker comes to lock the mail, and then its person.
        return taken_back(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transitions, "taken_back", take_back_slowly)
        running = organizer.run(let_submit_anew)
        assert settle(database, claimed, SENT)
        running.join(10)
    assert organizer.fault is None


def test_an_invitation_in_hand_is_held_back_by_the_submit(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    (claimed,) = claim(installation.database)
    submit(installation, event_id)
    assert not begin(installation.database, claimed)


def test_a_certificate_in_hand_is_held_back_by_its_correction(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id, "Wrnog Name")
    (claimed,) = claim(database)
    submit(installation, event_id, "Right Name")
    assert not begin(database, claimed)


def test_a_certificate_in_hand_is_held_back_when_its_person_may_submit_anew(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id)
    (claimed,) = claim(database)
    with database.writing() as session:
        roster.reopen(session, session.get_one(Volunteer, volunteer_of(database, claimed).id))
    assert not begin(database, claimed)


def test_a_link_that_is_sent_again_leaves_though_its_person_has_submitted(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id)
    (certificate,) = claim(database)
    settle(database, certificate, SENT)
    with database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(database, certificate).id)
        invitations.resend_invitation(session, installation.seal, person)
    (link,) = claim(database)
    assert begin(database, link)


def test_a_new_address_gets_one_invitation(installation: Installation, event_id: int) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (first,) = claim(database)
    settle(database, first, NOBODY)
    with database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(database, first).id)
        invitations.resend_invitation(session, installation.seal, person)
    (second,) = claim(database)
    settle(database, second, NOBODY)
    with database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(database, first).id)
        roster.change_address(session, person, "right@example.org")
    assert [claimed.mail_id for claimed in claim(database)] == [second.mail_id]


def test_a_link_sent_again_is_not_joined_by_the_one_that_was_taken_back(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        controls.cancel(session, event)
        person = session.scalars(select(Volunteer)).one()
        invitations.resend_invitation(session, installation.seal, person)
        assert invitations.queue_invitations(session, installation.seal, event) == 0
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
        roster.change_address(session, person, "right@example.org")
    assert volunteer_of(database, claimed).problem is None
    assert mail_of(database, claimed).state is MailState.QUEUED
