"""Who gets no more mail from an account, in whatever event: dead, complained, unsubscribed."""

import re
from email import message_from_bytes
from urllib.parse import unquote

import pytest
from sqlalchemy import func, select

from shared.acts import invite, issue
from shared.acts.add_list import add_list
from shared.acts.mark_suppressed import mark_suppressed_everywhere
from shared.acts.retry import Retry
from shared.acts.run import apply, run
from shared.errors import SettingRefused
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.features.returned_mail.decision import decide
from shared.features.returned_mail.models import BounceMailbox
from shared.features.returned_mail.report import read_report
from shared.features.returned_mail.settling import settle_reports
from shared.mail.accounts.sending_account import use_account_of
from shared.mail.accounts.suppressions import count_left_out, count_suppressed
from shared.mail.queue import enqueue, opt_outs
from shared.mail.queue.attempts import Claimed
from shared.privacy.own_data import held_about
from shared.storage.clock import database_time
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    Security,
    Status,
    SuppressedAddress,
    Suppression,
    Volunteer,
)
from shared.volunteers.people.roster import change_address
from shared.worker import composing
from tests.support import factories
from tests.support.acting import held
from tests.support.bounce_reports import Dsn
from tests.support.lists import read_call
from tests.support.odd_bounces import COMPLAINTS
from tests.support.reported import invited, original_of, sent
from tests.support.sending_steps import add_account, claim
from tests.support.submitting import submit_name

UNKNOWN = Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")


def read(installation: Installation, *contents: bytes) -> int:
    with installation.database.reading() as session:
        now = database_time(session)
        reports = [read_report(content) for content in contents]
        decisions = [decide(session, installation.seal, report, now) for report in reports]
    with installation.database.writing() as session:
        return settle_reports(session, installation.seal, decisions)


def person(installation: Installation, event_id: int, address: str) -> Volunteer:
    with installation.database.reading() as session:
        of_event = select(Volunteer).where(Volunteer.event_id == event_id)
        return session.scalars(of_event.where(Volunteer.email_key == address)).one()


def next_year(installation: Installation, last_year: int, people: str = "") -> int:
    """Another event of the same account with the same people."""
    with installation.database.writing() as session:
        event_id = create_event(session, name="Next year", language="en")[0].id
    add(installation, event_id, people or "ana@example.org\nbo@example.org")
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        use_account_of(session, session.get_one(Event, last_year), event)
        event.live_at = database_time(session)
    return event_id


def add(installation: Installation, event_id: int, people: str) -> None:
    add_list(installation.database, installation.seal, event_id, read_call(people))


def to_invite(installation: Installation, event_id: int) -> int:
    with installation.database.reading() as session:
        return invite.count_waiting(session, session.get_one(Event, event_id))


@pytest.fixture
def last_year(installation: Installation, listed: int) -> list[Claimed]:
    return invited(installation, listed)


def test_whose_mail_came_back_is_left_out_in_the_next_event_of_the_account(
    installation: Installation, listed: int, last_year: list[Claimed]
):
    ana, _ = last_year
    read(installation, UNKNOWN(original_of(ana)))
    event_id = next_year(installation, listed)
    # Until it is known who gets no more mail, nothing leaves to people.
    factories.invite(installation, event_id)
    assert sent(installation) == []
    mark_suppressed_everywhere(installation.database, installation.seal)
    dead = person(installation, event_id, "ana@example.org")
    assert (dead.suppressed, dead.problem) == (Suppression.DEAD, None)
    assert [one.address for one in sent(installation)] == ["bo@example.org"]


def test_new_people_are_looked_up_as_they_are_added(
    installation: Installation, listed: int, last_year: list[Claimed]
):
    ana, _ = last_year
    event_id = next_year(installation, listed, "someone@example.org")
    read(installation, UNKNOWN(original_of(ana)))
    add(installation, event_id, "ANA@Example.org\nbo@example.org")
    assert person(installation, event_id, "ana@example.org").suppressed is Suppression.DEAD
    assert to_invite(installation, event_id) == 2


def test_another_address_frees_a_person_and_the_dead_one_stays_dead(
    installation: Installation, listed: int, last_year: list[Claimed]
):
    ana, _ = last_year
    read(installation, UNKNOWN(original_of(ana)))
    id = person(installation, listed, "ana@example.org").id
    for address, reason in (("ana@new.example", None), ("ana@example.org", Suppression.DEAD)):
        with installation.database.writing() as session:
            change_address(session, installation.seal, session.get_one(Volunteer, id), address)
        assert person(installation, listed, address).suppressed is reason


def test_the_dead_are_not_retried_but_written_to_singly_with_a_reason(
    installation: Installation, listed: int, last_year: list[Claimed]
):
    ana, _ = last_year
    read(installation, UNKNOWN(original_of(ana)))
    with installation.database.writing() as session:
        assert apply(session, Retry(), listed).done == 0
    id = person(installation, listed, "ana@example.org").id
    with installation.database.writing() as session:
        ana_row = session.get_one(Volunteer, id)
        with pytest.raises(SettingRefused, match="reason"):
            enqueue.resend_invitation(session, installation.seal, ana_row)
        enqueue.resend_invitation(session, installation.seal, ana_row, "She told us to.")
    assert [one.address for one in sent(installation)] == ["ana@example.org"]
    # They may know it.
    with installation.database.reading() as session:
        held = held_about(session, session.get_one(Volunteer, id), "en")
    assert held["person"]["no_more_mail_because"] == "dead"
    assert "She told us to." in [one["sent_all_the_same_because"] for one in held["mails"]]


def test_the_dead_get_a_certificate_without_a_mail(
    installation: Installation, listed: int, last_year: list[Claimed]
):
    ana, _ = last_year
    read(installation, UNKNOWN(original_of(ana)))
    people = "email,name\nana@example.org,Ana Lima\nbo@example.org,Bo Ek"
    event_id = next_year(installation, listed, people)
    mark_suppressed_everywhere(installation.database, installation.seal)
    factories.design(installation.database, event_id)
    act = issue.IssueFromList()
    assert run(installation.database, act, event_id, held(installation)).done == 2
    with installation.database.reading() as session:
        counted = session.scalar(select(func.count()).where(Certificate.event_id == event_id))
        mailed = session.scalars(
            select(Volunteer.email).join(Mail).where(Mail.event_id == event_id)
        ).all()
    assert (counted, list(mailed)) == (2, ["bo@example.org"])
    assert person(installation, event_id, "ana@example.org").status is Status.PICTURE_MADE


@pytest.mark.parametrize("build", COMPLAINTS)
def test_who_complains_gets_no_more_mail(
    installation: Installation, listed: int, last_year: list[Claimed], build: object
):
    ana, _ = last_year
    assert read(installation, build(original_of(ana))) == 1
    complained = person(installation, listed, "ana@example.org")
    assert complained.suppressed is Suppression.COMPLAINED
    # It arrived.
    assert (complained.problem, complained.status) == (None, Status.INVITED)


def test_who_unsubscribes_in_an_invitation_is_not_invited_to_the_next_event(
    installation: Installation, listed: int, last_year: list[Claimed]
):
    ana = person(installation, listed, "ana@example.org")
    key = opt_outs.opt_out_key(ana.id, installation.seal.open_token(ana.token or ""))
    mail = f"From: Ana <ana@example.org>\r\nSubject: unsubscribe {key}\r\n\r\n".encode()
    read(installation, mail, mail)
    event_id = next_year(installation, listed)
    mark_suppressed_everywhere(installation.database, installation.seal)
    assert to_invite(installation, event_id) == 1
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        assert count_left_out(session, event) == {Suppression.OPTED_OUT: 1}
        # Addresses are kept as hashes, which say nothing about each other.
        assert event.account_id is not None
        assert count_suppressed(session, event.account_id) == {Suppression.OPTED_OUT: 1}
        row = session.scalars(select(SuppressedAddress)).one()
        assert "ana" not in row.address_hash


def test_who_unsubscribed_still_gets_what_they_ask_for_and_their_certificate(
    installation: Installation, listed: int, last_year: list[Claimed]
):
    ana = person(installation, listed, "ana@example.org")
    token = installation.seal.open_token(ana.token or "")
    with installation.database.writing() as session:
        opt_outs.end_reminders(session, installation.seal, opt_outs.opt_out_key(ana.id, token))
    factories.design(installation.database, listed)
    with installation.database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "Ana Lima")
    assert [one.kind.name for one in sent(installation)] == ["certificate"]


def test_where_returned_mail_is_read_a_mail_unsubscribes_as_well(
    installation: Installation, listed: int
):
    add_account(installation.database, listed)
    factories.invite(installation, listed)
    with installation.database.writing() as session:
        account_id = session.get_one(Event, listed).account_id
        place = {"host": "imap.example.org", "port": 993, "security": Security.TLS}
        user = "returned+mail@example.org"
        session.add(BounceMailbox(account_id=account_id, username=user, **place))
    task = claim(installation.database)[0]
    mail = message_from_bytes(composing.compose(installation, task))
    found = re.fullmatch(
        r"<mailto:returned%2Bmail@example\.org\?subject=(unsubscribe%20[\w-]+)>",
        mail["List-Unsubscribe"],
    )
    assert found
    assert re.fullmatch(rf"event-{listed}:invitation:[0-9a-f]{{12}}", mail["Feedback-ID"])
    read(installation, f"Subject: {unquote(found[1])}\r\n\r\n".encode())
    assert person(installation, listed, "ana@example.org").reminders_ended_at
