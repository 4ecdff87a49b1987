"""After a rehearsal the same list is invited for real."""

from sqlalchemy import func, select

from shared.acts.begin_for_real import Left, count_left, count_rehearsed
from shared.acts.held_back import TakeBack
from shared.acts.issue_anew import issue_anew
from shared.acts.run import apply
from shared.events.installation import Installation
from shared.mail.queue import enqueue
from shared.mail.queue import settle as outcomes
from shared.storage.database import Database
from shared.storage.models import (
    Attempt,
    Certificate,
    Event,
    Mail,
    Problem,
    RehearsalMail,
    Status,
    Volunteer,
)
from shared.volunteers.people import roster
from tests.support import factories
from tests.support.acting import begin_for_real, issue_in_turns, queue_invitations
from tests.support.mailing import invite, statuses
from tests.support.sending_steps import SENT, add_account, claim, settle, submit


def rehearse(installation: Installation, event_id: int) -> None:
    """Three people are invited, and one of them gets a certificate, all in rehearsal."""
    invite(installation, event_id, 3)
    for invitation in claim(installation.database):
        settle(installation.database, invitation, SENT)
    submit(installation, event_id, "Only a Test")
    for certificate in claim(installation.database):
        settle(installation.database, certificate, SENT)
    with installation.database.writing() as session:
        session.add(
            RehearsalMail(event_id=event_id, recipient="v0@example.org", subject="", content=b"")
        )


def counted(database: Database, event_id: int) -> int:
    with database.reading() as session:
        return count_rehearsed(session, session.get_one(Event, event_id))


def go_live(database: Database, event_id: int) -> int:
    return begin_for_real(database, event_id)


def test_people_of_a_rehearsal_are_counted_once_there_is_an_account(
    installation: Installation, event_id: int
) -> None:
    rehearse(installation, event_id)
    assert counted(installation.database, event_id) == 0
    add_account(installation.database, event_id)
    assert counted(installation.database, event_id) == 3


def test_everybody_can_be_invited_for_real_with_a_link_that_no_rehearsal_has_shown(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    rehearse(installation, event_id)
    with database.reading() as session:
        rehearsed = set(session.scalars(select(Volunteer.token)))
    add_account(database, event_id)
    assert go_live(database, event_id) == 3
    assert statuses(database) == [Status.NEW] * 3
    with database.reading() as session:
        assert session.scalars(select(Volunteer.name)).all() == ["", "", ""]
        for table in (Mail, Attempt, Certificate, RehearsalMail):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        assert queue_invitations(session, installation.seal, event) == 3
    with database.reading() as session:
        real = set(session.scalars(select(Volunteer.token)))
    assert len(real) == 3
    assert not real & (rehearsed | {None})


def test_what_an_organizer_did_for_one_person_in_the_rehearsal_is_forgotten_too(
    installation: Installation, event_id: int
) -> None:
    """Somebody with a name on the list gets their certificate for real, with that name."""
    database = installation.database
    factories.design(database, event_id)
    listed = "email,name\nana@example.org,Ana Lund\nbo@example.org,Bo Berg"
    factories.add(database, event_id, listed)
    assert issue_in_turns(installation, event_id) == 2
    for certificate in claim(database):
        settle(database, certificate, SENT)
    with database.writing() as session:
        ana, bo = session.scalars(select(Volunteer).order_by(Volunteer.id))
        roster.reopen(session, ana)
        issue_anew(session, installation.settings, bo, "Bo B. Berg", mailed=False)
    add_account(database, event_id)
    assert go_live(database, event_id) == 2
    assert issue_in_turns(installation, event_id) == 2
    with database.reading() as session:
        shown = select(Volunteer.name, Certificate.name).join(Certificate)
        rows = session.execute(shown.order_by(Volunteer.id)).all()
    assert [tuple(row) for row in rows] == [("Ana Lund", "Ana Lund"), ("Bo Berg", "Bo Berg")]


def test_whoever_was_handed_a_certificate_since_is_neither_counted_nor_forgotten(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    rehearse(installation, event_id)
    add_account(database, event_id)
    with database.writing() as session:
        last = session.scalars(select(Volunteer).order_by(Volunteer.id.desc())).first()
        issue_anew(session, installation.settings, last, "Hand Over", mailed=False)
    with database.reading() as session:
        left = count_left(session, session.get_one(Event, event_id))
    assert left == Left(people=2, names=1, certificates=1, mails=1)
    assert go_live(database, event_id) == 2
    with database.reading() as session:
        assert session.scalars(select(Certificate.name)).all() == ["Hand Over"]
        assert sorted(session.scalars(select(Volunteer.given_name))) == ["", "", "Hand Over"]


def test_a_worker_may_give_back_or_refuse_to_draw_what_was_forgotten_meanwhile(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 2)
    (rehearsed,) = claim(database, 1)
    settle(database, rehearsed, SENT)
    (in_hand,) = claim(database, 1)
    with database.writing() as session:
        assert apply(session, TakeBack(), event_id).done == 1
    add_account(database, event_id)
    assert go_live(database, event_id) == 1
    with database.writing() as session:
        assert not outcomes.give_back(session, in_hand)
        outcomes.refuse_to_draw(session, in_hand, Problem.NAME_DOES_NOT_FIT, "too long")


def test_after_one_real_mail_nothing_is_forgotten(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    rehearse(installation, event_id)
    add_account(database, event_id)
    with database.writing() as session:
        person = session.scalars(select(Volunteer)).first()
        assert person is not None
        enqueue.resend_invitation(session, installation.seal, person)
    assert counted(database, event_id) == 0
    (real,) = claim(database)
    settle(database, real, SENT)
    assert go_live(database, event_id) == 0
    assert statuses(database) == [Status.MAILED, Status.INVITED, Status.INVITED]
