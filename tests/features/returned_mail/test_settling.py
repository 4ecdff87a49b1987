"""What a report changes: one mail, one person, once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.features.returned_mail.decision import decide
from shared.features.returned_mail.models import BounceReport
from shared.features.returned_mail.report import read_report
from shared.features.returned_mail.settling import believe, open_reports, settle_reports
from shared.privacy.erasure import erase
from shared.storage.clock import database_time
from shared.storage.models import Event, MailState, Problem, Status, Volunteer
from shared.volunteers.people import progress, roster
from shared.volunteers.people.roster import change_address
from tests.support import whole_tables
from tests.support.bounce_reports import DSNS, Dsn
from tests.support.odd_bounces import EVERYTHING, REPORTS
from tests.support.reported import invited, original_of, sent
from tests.support.sending_steps import mail_of, volunteer_of

UNKNOWN = Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")
FULL_FOR_DAYS = Dsn("4.2.2", "smtp; 452 4.2.2 mailbox full")
STILL_TRYING = Dsn("4.4.1", "smtp; timed out", "delayed")


def read(installation: Installation, *contents: bytes) -> int:
    with installation.database.reading() as session:
        now = database_time(session)
        seal = installation.seal
        decisions = [decide(session, seal, read_report(content), now) for content in contents]
    with installation.database.writing() as session:
        return settle_reports(session, installation.seal, decisions)


def test_a_hard_report_flags_the_person_in_the_servers_words(
    installation: Installation, listed: int
):
    ana, bo = invited(installation, listed)
    assert read(installation, UNKNOWN(original_of(ana))) == 1
    person = volunteer_of(installation.database, ana)
    assert (person.problem, person.problem_text) == (Problem.CAME_BACK, "550 5.1.1 User unknown")
    assert person.status is Status.INVITED
    mail = mail_of(installation.database, ana)
    assert (mail.state, mail.code, mail.answer) == (
        MailState.FAILED, 550, "550 5.1.1 User unknown"
    )  # fmt: skip
    assert volunteer_of(installation.database, bo).problem is None
    assert mail_of(installation.database, bo).state is MailState.SENT


@pytest.mark.parametrize("build", [FULL_FOR_DAYS, STILL_TRYING])
def test_what_the_address_is_not_to_blame_for_is_told_and_flags_nobody(
    installation: Installation, listed: int, build: Dsn
):
    ana, _ = invited(installation, listed)
    read(installation, build(original_of(ana)))
    assert volunteer_of(installation.database, ana).problem is None
    with installation.database.reading() as session:
        person = session.get_one(Volunteer, volunteer_of(installation.database, ana).id)
        said = [entry.details.get("answer") for entry in progress.history(session, person)]
    assert build.diagnostic.removeprefix("smtp; ") in said[-1]


def test_a_report_that_is_read_again_changes_nothing(installation: Installation, listed: int):
    ana, _ = invited(installation, listed)
    report = UNKNOWN(original_of(ana))
    read(installation, report, report)
    with installation.database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(installation.database, ana).id)
        change_address(session, installation.seal, person, "ana@new.example")
    sent(installation)
    assert read(installation, report) == 0
    assert volunteer_of(installation.database, ana).problem is None
    with installation.database.reading() as session:
        assert session.query(BounceReport).count() == 1


def test_two_workers_that_read_it_at_once_settle_it_once(installation: Installation, listed: int):
    ana, _ = invited(installation, listed)
    report, is_settled = UNKNOWN(original_of(ana)), threading.Event()
    with installation.database.reading() as session:
        decision = decide(session, installation.seal, read_report(report), database_time(session))

    def first() -> int:
        with installation.database.writing() as session:
            found = settle_reports(session, installation.seal, [decision])
            session.flush()
            is_settled.set()
            time.sleep(0.3)  # The second one comes.
            return found

    with ThreadPoolExecutor(1) as pool:
        finding = pool.submit(first)
        assert is_settled.wait(10)
        with installation.database.writing() as session:
            assert settle_reports(session, installation.seal, [decision]) == 0
        assert finding.result(10) == 1


@pytest.mark.parametrize(
    "build",
    [
        Dsn("5.1.1", "smtp; 550 5.1.1 \0 User unknown"),
        Dsn("5.1.1", "smtp; 550 5.1.1", returned="", final="rfc822; \0{recipient}"),
        Dsn("5.1.1", "smtp; 550 5.1.1", returned="", final="rfc822; \\x{{D800}}{recipient}"),
    ],
)
def test_characters_that_no_database_takes_hold_up_no_report(
    installation: Installation, listed: int, build: Dsn
):
    ana, bo = invited(installation, listed)
    read(installation, build(original_of(ana)), UNKNOWN(original_of(bo)))
    assert volunteer_of(installation.database, bo).problem is Problem.CAME_BACK


def test_a_mended_address_gets_the_mail_again_and_old_reports_speak_no_more(
    installation: Installation, listed: int
):
    ana, _ = invited(installation, listed)
    read(installation, UNKNOWN(original_of(ana)))
    with installation.database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(installation.database, ana).id)
        roster.change_address(session, installation.seal, person, "ana.new@example.org")
    assert volunteer_of(installation.database, ana).problem is None
    again = sent(installation)
    assert [task.address for task in again] == ["ana.new@example.org"]
    late = Dsn("5.1.1", "smtp; 550 5.1.1 really unknown")(original_of(ana))
    read(installation, late)
    assert volunteer_of(installation.database, ana).problem is None
    assert mail_of(installation.database, ana).state is MailState.SENT


def test_a_later_mail_that_is_taken_does_not_end_the_flag(installation: Installation, listed: int):
    ana, _ = invited(installation, listed)
    read(installation, UNKNOWN(original_of(ana)))
    with installation.database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(installation.database, ana).id)
        from shared.mail.kinds.reminder import REMINDER
        from shared.mail.queue.enqueue import enqueue_one

        mail = enqueue_one(session, person, REMINDER, database_time(session))
        mail.despite = "She says that her mailbox works again."
    assert len(sent(installation)) == 1
    assert volunteer_of(installation.database, ana).problem is Problem.CAME_BACK


def test_mailed_and_come_back_are_counted_beside_each_other(
    installation: Installation, listed: int
):
    ana, _ = invited(installation, listed)
    read(installation, UNKNOWN(original_of(ana)))
    with installation.database.reading() as session:
        event = session.get_one(Event, listed)
        counted = progress.event_progress(session, event)
        assert (counted.mailed, counted.came_back) == (2, 1)
        assert [one.email for one in progress.failures(session, event)] == ["ana@example.org"]
        table = whole_tables.ledger(session, event)
    assert [bool(at) for at in table["returned_at"]] == [True, False]


def test_a_report_by_another_mail_system_is_decided_alike(installation: Installation, listed: int):
    """Through the database, as `certs bounce` and the worker do it."""
    ana, _bo = invited(installation, listed)
    with installation.database.reading() as session:
        now = database_time(session)
        for name, build, expected in REPORTS:
            decision = decide(session, installation.seal, read_report(build(original_of(ana))), now)
            assert decision.verdict is expected, name
            assert decision.email == "ana@example.org", name
            assert decision.message_id == ana.message_id, name


def test_nobody_is_flagged_but_whom_a_report_is_about(installation: Installation, listed: int):
    ana, bo = invited(installation, listed)
    read(installation, *(build(original_of(ana)) for _, build, _ in EVERYTHING))
    assert volunteer_of(installation.database, bo).problem is None
    assert mail_of(installation.database, bo).state is MailState.SENT


def test_the_standard_reports_are_as_many_as_promised():
    assert len(DSNS) >= 45


FORGED = (
    b"From: postmaster@example.net\r\nSubject: Undelivered\r\n\r\n"
    b"<ana@example.org>: 550 5.1.1 no such user\r\n"
)


def undecided(installation: Installation, event_id: int) -> list[int]:
    with installation.database.reading() as session:
        return [one.id for one in session.scalars(open_reports(event_id))]


@pytest.mark.parametrize("believed", [True, False])
def test_what_anybody_may_have_written_flags_nobody_until_a_person_believes_it(
    installation: Installation, listed: int, believed: bool
):
    ana, _ = invited(installation, listed)
    database = installation.database
    assert read(installation, FORGED) == 1
    assert mail_of(database, ana).state is MailState.SENT
    assert volunteer_of(database, ana).problem is None
    assert read(installation, FORGED) == 0
    ids = undecided(installation, listed)
    assert len(ids) == 1
    with database.writing() as session:
        assert believe(session, installation.seal, listed, ids, believed=believed) == 1
    assert undecided(installation, listed) == []
    with database.reading() as session:
        assert session.query(BounceReport.counts).all() == [(believed,)]
    expected = (MailState.FAILED, Problem.CAME_BACK) if believed else (MailState.SENT, None)
    assert (mail_of(database, ana).state, volunteer_of(database, ana).problem) == expected
    with database.writing() as session:
        assert believe(session, installation.seal, listed, ids, believed=True) == 0


def test_a_proven_report_after_a_forged_one_counts(installation: Installation, listed: int):
    ana, _ = invited(installation, listed)
    read(installation, FORGED, UNKNOWN(original_of(ana)))
    assert volunteer_of(installation.database, ana).problem is Problem.CAME_BACK


def test_nobody_decides_about_another_events_reports(installation: Installation, listed: int):
    ana, _ = invited(installation, listed)
    read(installation, FORGED)
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Other", language="en")
        assert (
            believe(
                session, installation.seal, other.id, undecided(installation, listed), believed=True
            )
            == 0
        )
    assert volunteer_of(installation.database, ana).problem is None


def test_a_report_is_erased_with_whom_it_names(installation: Installation, listed: int):
    ana, bo = invited(installation, listed)
    read(installation, UNKNOWN(original_of(ana)), UNKNOWN(original_of(bo)))
    with installation.database.writing() as session:
        erase(session, installation.seal, listed, volunteer_of(installation.database, ana).id)
    with installation.database.reading() as session:
        assert session.scalars(select(BounceReport.address)).all() == [bo.address]
