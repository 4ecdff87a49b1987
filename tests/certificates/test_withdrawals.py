"""A withdrawn certificate is no longer valid anywhere, and is valid again when that is undone."""

import re

import httpx
import pytest
from sqlalchemy import select

from api.calls.volunteer import store_name
from shared.acts.retry import Retry
from shared.acts.run import apply, apply_to, run
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates.issuing import chosen
from shared.certificates.issuing.current import current_certificate
from shared.errors import CorrectionRefused, SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.mail.queue import transitions
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import (
    Action,
    AuditEntry,
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Role,
    Status,
    Volunteer,
)
from shared.storage.rows import count_rows
from shared.volunteers.people import roster
from shared.volunteers.people.listing import ALL
from shared.volunteers.people.progress import history
from tests.support import whole_tables
from tests.support.acting import of
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.factories import add, design, invite
from tests.support.mailing import wait_until, working
from tests.support.sending_steps import SENT, begin, claim, settle

__all__ = ["ana", "api", "default_event", "server_url"]

BY = Actor(None, Role.OWNER)
REASON = "Was not there"


def withdraw(database: Database, person_id: int, reason: str = REASON) -> None:
    with database.writing(by=BY) as session:
        apply_to(session, Withdraw(of(person_id), reason), session.get_one(Volunteer, person_id))


def give_back(database: Database, person_id: int) -> None:
    with database.writing(by=BY) as session:
        apply_to(session, UndoWithdrawal(of(person_id)), session.get_one(Volunteer, person_id))


def mails_with_certificates(database: Database) -> list[MailState]:
    with database.reading() as session:
        found = select(Mail.state).where(Mail.certificate_id.is_not(None)).order_by(Mail.id)
        return list(session.scalars(found))


def come_back(database: Database) -> None:
    """A server took the certificate's mail, and nobody has its address."""
    (claimed,) = [one for one in claim(database) if one.mail.certificate]
    assert begin(database, claimed)
    assert settle(database, claimed, SENT)
    with database.writing() as session:
        mail = session.get_one(Mail, claimed.mail_id)
        at = database_time(session)
        transitions.came_back(mail, 550, "User unknown", at, Problem.CAME_BACK)


@pytest.fixture
def issued(installation: Installation, ana: Invited) -> Certificate:
    return store_name(installation, ana.token, "Ana Lima")


def test_its_files_are_gone_its_page_says_so_and_the_owner_reads_why(
    api: httpx.Client, installation: Installation, ana: Invited, issued: Certificate
) -> None:
    withdraw(installation.database, ana.id)
    for format in ("jpg", "png", "pdf"):
        assert api.get(f"/certificates/{issued.public_id}.{format}").status_code == 410
    page = api.get(f"/verify/{issued.public_id}", params={"lang": "en"}).text
    assert "This certificate was withdrawn" in page
    assert REASON not in page
    assert f"{issued.public_id}/void.jpg" in page
    assert api.get(f"/verify/{issued.public_id}/void.jpg").status_code == 200
    own = api.get("/certificate", params={"token": ana.token, "lang": "en"}).text
    assert "Your certificate was withdrawn" in own
    assert REASON in own
    assert issued.public_id not in own
    told = api.get("/api/getUserInfo", params={"token": ana.token}).json()["data"]
    assert (told["delivery"], told["pic_url"], told["status"]) == ("withdrawn", None, 2)


def test_no_other_name_brings_it_back(
    api: httpx.Client, installation: Installation, ana: Invited, issued: Certificate
) -> None:
    withdraw(installation.database, ana.id)
    body = {"token": ana.token, "name": "Ana da Lima", "correct": True}
    answer = api.post("/api/submitUserInfo", json=body).json()
    assert answer["code"] == 4
    assert "withdrawn" in answer["message"]
    page = api.post("/certificate", params={"lang": "en"}, data=body | {"correct": "true"})
    assert "Your certificate was withdrawn" in page.text
    with installation.database.reading() as session:
        assert session.scalars(select(Certificate.name)).all() == ["Ana Lima"]


def test_undone_everything_is_as_it_was_and_both_stand_in_the_history(
    api: httpx.Client, installation: Installation, ana: Invited, issued: Certificate
) -> None:
    before = api.get(f"/certificates/{issued.public_id}.png").content
    withdraw(installation.database, ana.id)
    give_back(installation.database, ana.id)
    assert api.get(f"/certificates/{issued.public_id}.png").content == before
    page = api.get(f"/verify/{issued.public_id}", params={"lang": "en"}).text
    assert "Valid, checked just now." in page
    withdraw(installation.database, ana.id, "Twice")
    with installation.database.reading() as session:
        entries = history(session, session.get_one(Volunteer, ana.id))
        told = [one.what.format(**one.details) for one in entries]
        log = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert told[-3:] == [
        "Certificate 1 was withdrawn: Was not there",
        "Certificate 1 is valid again",
        "Certificate 1 was withdrawn: Twice",
    ]
    assert [(one.action, one.volunteer_id) for one in log[-3:]] == [
        (Action.CERTIFICATES_WITHDRAWN, ana.id),
        (Action.WITHDRAWALS_UNDONE, ana.id),
        (Action.CERTIFICATES_WITHDRAWN, ana.id),
    ]


def test_a_mail_that_has_not_left_stays_and_leaves_once_it_is_undone(
    installation: Installation, ana: Invited, issued: Certificate
) -> None:
    database = installation.database
    withdraw(database, ana.id)
    assert mails_with_certificates(database) == [MailState.CANCELLED]
    give_back(database, ana.id)
    assert mails_with_certificates(database) == [MailState.QUEUED]
    with working(installation):
        wait_until(lambda: mails_with_certificates(database) == [MailState.SENT])
    withdraw(database, ana.id)
    give_back(database, ana.id)
    assert mails_with_certificates(database) == [MailState.SENT]


def test_a_mail_that_came_back_and_was_queued_again_leaves_once_it_is_undone(
    installation: Installation, ana: Invited, issued: Certificate
) -> None:
    database = installation.database
    come_back(database)
    with database.writing() as session:
        assert apply(session, Retry(), issued.event_id).done == 1
    withdraw(database, ana.id)
    assert mails_with_certificates(database) == [MailState.CANCELLED]
    give_back(database, ana.id)
    assert mails_with_certificates(database) == [MailState.QUEUED]


def test_a_mail_that_came_back_is_among_the_failures_again_once_it_is_undone(
    installation: Installation, ana: Invited, issued: Certificate
) -> None:
    database = installation.database
    come_back(database)
    withdraw(database, ana.id)
    give_back(database, ana.id)
    assert mails_with_certificates(database) == [MailState.FAILED]
    with database.writing() as session:
        assert apply(session, Retry(), issued.event_id).done == 1


def test_a_mail_in_a_workers_hands_is_dropped_at_the_last_look(
    installation: Installation, ana: Invited, issued: Certificate
) -> None:
    """Whatever the queue says, an invalid certificate is not wanted."""
    database = installation.database
    with database.writing() as session:
        session.get_one(Certificate, issued.id).withdrawn_at = issued.created_at
    with working(installation):
        wait_until(lambda: mails_with_certificates(database) == [MailState.CANCELLED])


def test_who_is_reopened_afterwards_gets_a_new_one(
    installation: Installation, ana: Invited, issued: Certificate
) -> None:
    withdraw(installation.database, ana.id)
    with pytest.raises(CorrectionRefused, match="was withdrawn"):
        store_name(installation, ana.token, "Ana da Lima")
    with installation.database.writing() as session:
        roster.reopen(session, session.get_one(Volunteer, ana.id))
    new = store_name(installation, ana.token, "Ana da Lima")
    assert (new.revision, new.is_void) == (2, False)


@pytest.mark.parametrize("reason", ["", " \n", "x" * 501])
def test_without_a_reason_nothing_happens(
    installation: Installation, ana: Invited, issued: Certificate, reason: str
) -> None:
    with pytest.raises(SettingRefused):
        withdraw(installation.database, ana.id, reason)
    with installation.database.reading() as session:
        assert session.scalars(select(Certificate.withdrawn_at)).all() == [None]


def test_all_of_an_event_at_once_and_back_and_nobody_elses(
    installation: Installation, event_id: int, ana: Invited, issued: Certificate
) -> None:
    database = installation.database
    design(database, event_id)
    add(database, event_id, "\n".join(f"v{n}@example.org" for n in range(4)))
    tokens = invite(installation, event_id)
    for n in range(3):
        store_name(installation, tokens[f"v{n}@example.org"], f"Name {n}")
    shares: list[float] = []
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        everybody = chosen.with_certificate(event)
        assert count_rows(session, everybody) == 3
    done = run(database, Withdraw(ALL, REASON), event_id, by=BY, progress=shares.append).done
    assert (done, shares[-1]) == (3, 1.0)
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        standing = select(Certificate.event_id).where(Certificate.withdrawn_at.is_(None))
        assert session.scalars(standing).all() == [issued.event_id]
        table = whole_tables.statuses(session, installation.settings, event)
    assert [bool(at) for at in table["withdrawn_at"]] == [True, True, True, False]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", table["withdrawn_at"][0])
    assert run(database, UndoWithdrawal(ALL), event_id, by=BY, progress=shares.append).done == 3
    with database.reading() as session:
        assert count_rows(session, chosen.with_certificate(session.get_one(Event, event_id))) == 3
        counts = select(AuditEntry.count).where(AuditEntry.event_id == event_id)
        assert [count for count in session.scalars(counts) if count] == [3, 3]


def test_somebody_of_another_event_is_out_of_reach(
    installation: Installation, event_id: int, ana: Invited, issued: Certificate
) -> None:
    with installation.database.writing() as session:
        event_for_change(session, event_id)
        assert apply(session, Withdraw(of(ana.id), REASON), event_id).done == 0
    with installation.database.reading() as session:
        person = session.get_one(Volunteer, ana.id)
        current = current_certificate(session, person)
        assert current
        assert not current.is_void
        assert person.status == Status.SUBMITTED
