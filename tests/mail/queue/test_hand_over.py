"""The last check before a mail's content goes out, and what has overtaken it."""

from sqlalchemy import select

from shared.acts.held_back import TakeBack
from shared.acts.run import apply
from shared.events.installation import Installation
from shared.mail.queue import enqueue, hold
from shared.mail.queue import settle as outcomes
from shared.storage.models import Volunteer
from shared.volunteers.people import roster
from shared.volunteers.people.progress import history
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import (
    LEASE,
    SENT,
    begin,
    change,
    claim,
    mail_of,
    settle,
    submit,
    volunteer_of,
)


def test_a_pause_holds_back_a_mail_that_is_already_claimed(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    (claimed,) = claim(installation.database)
    change(installation.database, event_id, hold.pause)
    assert not begin(installation.database, claimed)
    with installation.database.writing() as session:
        assert outcomes.give_back(session, claimed)
        told = [one.what for one in history(session, session.scalars(select(Volunteer)).one())]
    assert told[-1] == "Mail to {address} was stopped before it was handed over"
    assert claim(installation.database) == []
    change(installation.database, event_id, hold.resume)
    assert len(claim(installation.database)) == 1


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


def test_what_is_taken_back_leaves_no_hand_any_more(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 3)
    on_its_way, *in_hand = claim(database)
    assert begin(database, on_its_way)
    with database.writing() as session:
        assert apply(session, TakeBack(), event_id).done == 2
    assert not any(begin(database, claimed) for claimed in in_hand)
    assert settle(database, on_its_way, SENT)
    with database.writing() as session:
        assert not any(outcomes.give_back(session, claimed) for claimed in in_hand)
    assert [mail_of(database, claimed).state for claimed in in_hand] == ["cancelled"] * 2


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
        enqueue.resend_invitation(session, installation.seal, person)
    (link,) = claim(database)
    assert begin(database, link)
