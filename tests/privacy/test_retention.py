"""Addresses are kept as long as an organizer says; certificates stay valid, and nobody is
mailed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from shared.access.roles import Role
from shared.acts import invite, issue, waiting
from shared.acts.add_list import add_list
from shared.acts.forget import forget_everywhere
from shared.acts.issue_anew import issue_anew
from shared.acts.queue_kind import QueueKind
from shared.acts.run import apply
from shared.errors import SettingRefused
from shared.events import event_for_change
from shared.events.erased_addresses import erased_among
from shared.events.installation import Installation, first_event_id
from shared.log.actor import Actor
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue import enqueue
from shared.privacy import retention
from shared.privacy.erasure import erase_person, find_person
from shared.storage.database import Database
from shared.storage.models import (
    Action,
    Attempt,
    AuditEntry,
    Certificate,
    Event,
    Mail,
    MailState,
    RehearsalMail,
    Volunteer,
    now,
)
from shared.volunteers.people import roster
from tests.support import factories
from tests.support.acting import issue_in_turns, queue_invitations
from tests.support.audited import acts
from tests.support.lists import read_call
from tests.support.query_plans import full_scans
from tests.support.sending_steps import SENT, add_account, claim, settle
from tests.support.submitting import submit_name
from tests.support.traces import traces

OWNER = Actor(None, Role.OWNER)
LIST = (
    "email,number,name,mum\n"
    "ana@keep-me-not.example,QX-1,Ana Lund,mum@keep-me-not.example\n"
    "bo@keep-me-not.example,QX-2,Bo Berg,\n"
)
LONG_AGO = timedelta(days=200)


@pytest.fixture
def mailed(installation: Installation, event_id: int) -> int:
    """An event whose two people were mailed long ago; Ana has a certificate."""
    database = installation.database
    factories.design(database, event_id)
    factories.add(database, event_id, LIST)
    add_account(database, event_id)
    token = factories.invite(installation, event_id)["ana@keep-me-not.example"]
    for mail in claim(database):
        settle(database, mail, SENT)
    with database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "Ana Lund")
    for mail in claim(database):
        settle(database, mail, SENT)
    with database.writing() as session:
        session.add(
            RehearsalMail(
                event_id=event_id, recipient="bo@keep-me-not.example", subject="Hi Bo", content=b"x"
            )
        )
    age(database, LONG_AGO)
    return event_id


def age(database: Database, by: timedelta) -> None:
    """All that happened was so much earlier."""
    with database.writing() as session:
        for person in session.scalars(select(Volunteer)):
            person.created_at -= by
            person.submitted_at = person.submitted_at and person.submitted_at - by
        for mail in session.scalars(select(Mail)):
            mail.created_at -= by
            mail.sent_at = mail.sent_at and mail.sent_at - by


def keep(database: Database, event_id: int, days: int | None, by: Actor = OWNER) -> None:
    """Say how long, a while ago: the day of notice is over."""
    with database.writing(by=by) as session:
        event = event_for_change(session, event_id)
        retention.set_retention(session, event, days)
        event.retention_at = now() - timedelta(minutes=1)


def people(database: Database, event_id: int) -> list[Volunteer]:
    with database.reading() as session:
        of_event = select(Volunteer).where(Volunteer.event_id == event_id)
        return list(session.scalars(of_event.order_by(Volunteer.number)))


def carry_out(installation: Installation) -> int:
    return forget_everywhere(installation.database, installation.seal)


def test_addresses_and_what_was_said_to_them_go_and_the_rest_stays(
    installation: Installation, mailed: int
):
    database = installation.database
    keep(database, mailed, 180)
    assert carry_out(installation) == 2
    assert traces(database, ["keep-me-not"]) == []
    ana, bo = people(database, mailed)
    assert (ana.email, ana.name, ana.number, bo.name) == ("", "Ana Lund", "QX-1", "Bo Berg")
    with database.reading() as session:
        assert session.scalars(select(Certificate)).one().name == "Ana Lund"
        assert session.scalars(select(func.count()).select_from(Mail)).one() == 3
        assert session.scalars(select(func.count()).select_from(RehearsalMail)).one() == 0
        assert set(session.scalars(select(Attempt.address))) == {""}


def test_a_deleted_event_that_is_not_removed_yet_holds_up_no_other(
    installation: Installation, event_id: int, mailed: int
):
    database = installation.database
    with database.reading() as session:
        # Looked at before the other one.
        deleted = first_event_id(session)
    keep(database, deleted, 180)
    keep(database, mailed, 180)
    with database.writing() as session:
        session.get_one(Event, deleted).deleted_at = now()
    assert carry_out(installation) == 2


def test_nothing_goes_before_its_time_or_before_somebody_says_so(
    installation: Installation, mailed: int
):
    assert carry_out(installation) == 0
    keep(installation.database, mailed, 250)
    assert carry_out(installation) == 0
    assert all(person.email for person in people(installation.database, mailed))


def test_whoever_was_written_to_lately_is_kept(installation: Installation, mailed: int):
    database = installation.database
    bo = people(database, mailed)[1]
    with database.writing() as session:
        of_bo = update(Mail).where(Mail.volunteer_id == bo.id)
        session.execute(of_bo.values(sent_at=now() - timedelta(days=3)))
    keep(database, mailed, 180)
    assert carry_out(installation) == 1
    assert [person.email for person in people(database, mailed)] == ["", bo.email]


def test_what_will_go_is_shown_a_day_before_it_does(installation: Installation, mailed: int):
    database = installation.database
    with database.writing(by=OWNER) as session:
        retention.set_retention(session, event_for_change(session, mailed), 180)
    assert carry_out(installation) == 0
    with database.reading() as session:
        event = session.get_one(Event, mailed)
        assert retention.count_due(session, event, 180) == 2
        assert retention.count_due(session, event, 250) == 0
        first = retention.upcoming(session, event, 250)
        assert event.retention_at is not None
        assert event.retention_at > now() + timedelta(hours=23)
    assert {one.name for one in first} == {"Ana Lund", "Bo Berg"}
    left = first[0].at - now()
    assert timedelta(days=49) < left <= timedelta(days=50)


def test_a_later_list_knows_them_still_and_invites_nobody_twice(
    installation: Installation, mailed: int
):
    database, seal = installation.database, installation.seal
    keep(database, mailed, 180)
    carry_out(installation)
    pasted = read_call("ANA@keep-me-not.example\nnew@example.org")
    added = add_list(database, seal, mailed, pasted)
    assert [one.email for one in added.new] == ["new@example.org"]
    assert [one.key for one in added.already_there] == ["ana@keep-me-not.example"]
    with database.writing() as session:
        event = event_for_change(session, mailed)
        assert invite.count_waiting(session, event) == 1
        assert queue_invitations(session, seal, event) == 1
        ids = [person.id for person in people(database, mailed) if not person.email]
        assert apply(session, QueueKind(REMINDER.name), event.id, ids).done == 0


def test_an_organizer_may_enter_the_address_again_and_only_then_mails_leave(
    installation: Installation, mailed: int
):
    database, seal = installation.database, installation.seal
    keep(database, mailed, 180)
    carry_out(installation)
    ana, _ = people(database, mailed)
    with database.writing(by=OWNER) as session:
        person = session.get_one(Volunteer, ana.id)
        with pytest.raises(SettingRefused, match="email"):
            enqueue.resend_invitation(session, seal, person)
        with pytest.raises(SettingRefused, match="already on the list"):
            roster.change_address(session, seal, person, "bo@keep-me-not.example")
        roster.change_address(session, seal, person, "Ana@keep-me-not.example")
        enqueue.resend_invitation(session, seal, person)
    assert [one.address for one in claim(database)] == ["Ana@keep-me-not.example"]
    assert [one.email for one in people(database, mailed)] == ["Ana@keep-me-not.example", ""]
    assert carry_out(installation) == 0


def test_a_certificate_that_is_issued_anew_waits_for_no_mail_to_nowhere(
    installation: Installation, mailed: int
):
    database = installation.database
    keep(database, mailed, 180)
    carry_out(installation)
    ana, _ = people(database, mailed)
    with database.writing(by=OWNER) as session:
        person, settings = session.get_one(Volunteer, ana.id), installation.settings
        issue_anew(session, settings, person, "Ana L. Lund", mailed=True)
    with database.reading() as session:
        found = select(Mail).where(Mail.state == MailState.QUEUED)
        assert session.scalars(found).all() == []


def test_an_uninvited_persons_address_goes_and_they_wait_for_nothing(
    installation: Installation, event_id: int
):
    database = installation.database
    factories.add(database, event_id, "cy@keep-me-not.example")
    age(database, LONG_AGO)
    keep(database, event_id, 180)
    assert carry_out(installation) == 1
    with database.writing() as session:
        event = event_for_change(session, event_id)
        assert invite.count_waiting(session, event) == 0
        assert queue_invitations(session, installation.seal, event) == 0


def test_nobody_is_issued_a_certificate_that_could_not_be_mailed(
    installation: Installation, event_id: int
):
    """Nor does the screen count them, though the list still has their names."""
    database = installation.database
    factories.design(database, event_id)
    factories.add(database, event_id, LIST)
    age(database, LONG_AGO)
    keep(database, event_id, 180)
    assert carry_out(installation) == 2
    factories.add(database, event_id, "email,name\ncy@example.org,Cy Dahl")
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        assert waiting.count_to_issue(session, event) == 1
    assert issue.issue_first(installation, event_id, 5) == 1
    assert issue_in_turns(installation, event_id) == 0
    assert [one.address for one in claim(database)] == ["cy@example.org"]
    with database.reading() as session:
        assert session.scalars(select(Certificate.name)).all() == ["Cy Dahl"]


def test_who_is_erased_afterwards_is_left_out_of_later_lists(
    installation: Installation, mailed: int
):
    database, seal = installation.database, installation.seal
    keep(database, mailed, 180)
    carry_out(installation)
    address = "ana@keep-me-not.example"
    with database.reading() as session:
        person = find_person(session, seal, session.get_one(Event, mailed), address.upper())
    assert person.id == people(database, mailed)[0].id
    erase_person(database, seal, person, OWNER)
    with database.reading() as session:
        assert erased_among(session, seal, mailed, [address]) == {address}


def test_who_said_so_and_how_many_it_concerned_is_in_the_log(
    installation: Installation, mailed: int
):
    keep(installation.database, mailed, 180)
    carry_out(installation)
    (changed,) = acts(installation.database)
    assert (changed.action, changed.fields) == (Action.RETENTION_CHANGED, ["retention_days"])
    with installation.database.reading() as session:
        done = select(AuditEntry).where(AuditEntry.action == Action.RETENTION_DONE)
        assert [entry.count for entry in session.scalars(done)] == [2]


def test_interrupted_it_has_forgotten_some_wholly_and_goes_on_with_the_others(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
):
    database = installation.database
    factories.add(database, event_id, "\n".join(f"p{n}@keep-me-not.example" for n in range(450)))
    age(database, LONG_AGO)
    keep(database, event_id, 180)

    class Killed(BaseException):
        pass

    def kill(turn: int) -> None:
        raise Killed

    with monkeypatch.context() as after_the_first_turn:
        after_the_first_turn.setattr(database, "look_at_growth", kill)
        with pytest.raises(Killed):
            carry_out(installation)
    after = people(database, event_id)
    gone = [one for one in after if not one.email]
    assert 0 < len(gone) < len(after)
    assert all((one.address_forgotten_at is None) == bool(one.email) for one in after)
    assert carry_out(installation) == len(after) - len(gone)
    assert not any(one.email for one in people(database, event_id))
    assert carry_out(installation) == 0


def test_a_time_that_is_too_short_is_refused(database: Database, event_id: int):
    for days in (0, 29, 3651):
        with pytest.raises(SettingRefused):
            keep(database, event_id, days)
    assert acts(database) == []


def test_old_entries_of_the_log_go_and_that_is_in_it(database: Database, event_id: int):
    with database.writing() as session:
        session.execute(update(AuditEntry).values(at=now() - timedelta(days=800)))
        count = session.scalars(select(func.count()).select_from(AuditEntry)).one()
    assert retention.cut_log(database, 0) == 0
    assert retention.cut_log(database, 900) == 0
    assert retention.cut_log(database, 730) == count
    with database.reading() as session:
        (left,) = session.scalars(select(AuditEntry))
    assert (left.action, left.count, left.event_id) == (Action.LOG_CUT, count, None)
    assert retention.cut_log(database, 730) == 0


def test_it_costs_the_same_on_a_long_list(installation: Installation, mailed: int):
    database = installation.database
    keep(database, mailed, 180)
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            connection.execute(text("SET enable_seqscan = off"))
    assert full_scans(database, lambda: carry_out(installation)) == []
