"""Corrections after the certificate was mailed are limited; earlier ones are not."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import func, select, update

from shared import events
from shared.acts.issue_anew import issue_anew
from shared.certificates.issuing.submission import count_corrections
from shared.errors import CorrectionRefused, NameProblem, ProductError
from shared.events.installation import Installation
from shared.mail.kinds.certificate import CERTIFICATE
from shared.rendering.names import new_name
from shared.storage.database import Database
from shared.storage.models import (
    Attempt,
    Certificate,
    Event,
    Mail,
    MailState,
    Status,
    Volunteer,
)
from shared.volunteers.people import roster
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.console_screens import Open, undisturbed
from tests.support.factories import add, design, invite
from tests.support.processes import at_once
from tests.support.submitting import submit_name

__all__ = ["ana", "api", "default_event", "server_url"]

Submit = Callable[..., Certificate]


@pytest.fixture
def submit(installation: Installation, event_id: int) -> Submit:
    """Ana, who was invited, submits a name, in a transaction of its own."""
    design(installation.database, event_id)
    add(installation.database, event_id, "ana@example.org")
    token = invite(installation, event_id)["ana@example.org"]

    def submitted(name: str, *, correct: bool = True) -> Certificate:
        with installation.database.writing() as session:
            return submit_name(
                session,
                installation.settings,
                installation.seal,
                token,
                new_name(name),
                correct=correct,
            )

    return submitted


def mail_all(database: Database) -> None:
    """The mail server accepted what was queued."""
    with database.writing() as session:
        # The person first, as in a submit, so the two never deadlock.
        session.execute(update(Volunteer).values(status=Status.MAILED))
        queued = update(Mail).where(Mail.state == MailState.QUEUED)
        session.execute(queued.values(state=MailState.SENT))


def let_days_pass(database: Database, days: int) -> None:
    with database.writing() as session:
        for certificate in session.scalars(select(Certificate)):
            certificate.created_at -= timedelta(days=days)


def correct_and_mail(database: Database, submit: Submit, names: list[str]) -> None:
    for name in names:
        submit(name)
        mail_all(database)


def counted(database: Database) -> int:
    with database.reading() as session:
        return count_corrections(session, session.scalars(select(Volunteer)).one())


def issued(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(Certificate)).one()


def test_three_a_day_and_the_fourth_is_told_when_again(
    database: Database, event: Event, submit: Submit
) -> None:
    correct_and_mail(database, submit, ["Ana", "Ana A", "Ana B", "Ana C"])
    with pytest.raises(CorrectionRefused, match="within a day") as refusal:
        submit("Ana D")
    again = datetime.strptime(refusal.value.details["time"][:16], "%Y-%m-%d %H:%M").replace(
        tzinfo=ZoneInfo(event.time_zone)
    )
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert tomorrow - timedelta(minutes=5) < again < tomorrow + timedelta(minutes=2)
    assert issued(database) == 4
    let_days_pass(database, 1)
    correct_and_mail(database, submit, ["Ana D", "Ana E", "Ana F"])
    with pytest.raises(CorrectionRefused, match="within a day"):
        submit("Ana G")


def test_ten_in_all_and_then_the_organizer_is_asked(database: Database, submit: Submit) -> None:
    correct_and_mail(database, submit, ["Ana"])
    for number in range(10):
        correct_and_mail(database, submit, [f"Ana {number}"])
        let_days_pass(database, 1)
    with pytest.raises(CorrectionRefused, match="already corrected"):
        submit("Ana Lima")
    assert counted(database) == 10
    assert issued(database) == 11


def test_the_name_that_stands_there_already_is_no_correction(
    database: Database, submit: Submit
) -> None:
    correct_and_mail(database, submit, ["Ana", "Ana A", "Ana B", "Ana C"])
    assert submit("Ana C").name == "Ana C"
    assert counted(database) == 3


def test_ten_names_before_the_mail_leaves_and_then_the_organizer_is_asked(
    database: Database, submit: Submit
) -> None:
    """A link that somebody passed on, or a script: each name is a certificate for good."""
    for number in range(10):
        submit(f"Ana {number}", correct=number % 2 == 0)
    assert submit("Ana 9").name == "Ana 9"
    for name in ("Ana Lima", "Ana 0"):
        with pytest.raises(CorrectionRefused, match="already corrected 10 times"):
            submit(name)
    assert (issued(database), counted(database)) == (10, 0)
    mail_all(database)
    correct_and_mail(database, submit, ["Ana A", "Ana B", "Ana C"])
    assert counted(database) == 3


def test_a_name_that_is_refused_or_that_an_organizer_issued_is_none_of_the_ten(
    installation: Installation, database: Database, submit: Submit
) -> None:
    for number in range(9):
        submit(f"Ana {number}")
    for name in ("", "\U000e0041", "Ana 8"):
        with suppress(NameProblem):
            submit(name)
    with database.writing() as session:
        person = session.scalars(select(Volunteer)).one()
        issue_anew(session, installation.settings, person, "Ana of the organizer", mailed=True)
    submit("Ana 9")
    with pytest.raises(CorrectionRefused, match="already corrected 10 times"):
        submit("Ana Lima")
    assert issued(database) == 11


def test_reopening_allows_ten_names_anew(database: Database, submit: Submit) -> None:
    for number in range(10):
        submit(f"Ana {number}")
    with database.writing() as session:
        roster.reopen(session, session.scalars(select(Volunteer)).one())
    for number in range(10):
        submit(f"Lima {number}")
    with pytest.raises(CorrectionRefused, match="already corrected 10 times"):
        submit("Ana Lima")
    assert issued(database) == 20


def test_names_at_once_are_not_more(database: Database, submit: Submit) -> None:
    waiting = [f"Ana {number}" for number in range(16)]

    def submitted() -> bool:
        try:
            submit(waiting.pop())
        except CorrectionRefused:
            return False
        return True

    assert sorted(at_once(submitted, 16)) == [False] * 6 + [True] * 10
    assert issued(database) == 10


def test_a_name_after_the_mail_was_handed_over_counts_though_nobody_has_seen_the_outcome(
    database: Database, submit: Submit
) -> None:
    """Otherwise a quick person would be mailed endlessly."""
    for number in range(4):
        certificate = submit(f"Ana {number}", correct=False)
        with database.writing() as session:
            mail = session.scalars(select(Mail).where(Mail.certificate_id == certificate.id)).one()
            mail.state, mail.tries = MailState.SENDING, 1
            session.add(
                Attempt(mail_id=mail.id, account="", try_number=1, phase="content", at=mail.due_at)
            )
    with pytest.raises(CorrectionRefused, match="within a day"):
        submit("Ana 4", correct=False)
    assert counted(database) == 3


def test_reopening_begins_to_count_anew(database: Database, submit: Submit) -> None:
    correct_and_mail(database, submit, ["Ana", "Ana A", "Ana B", "Ana C"])
    with database.writing() as session:
        roster.reopen(session, session.scalars(select(Volunteer)).one())
    assert counted(database) == 0
    submit("Ana Lima", correct=False)
    mail_all(database)
    assert counted(database) == 0
    correct_and_mail(database, submit, ["Ana L", "Ana M", "Ana N"])
    with pytest.raises(CorrectionRefused, match="within a day"):
        submit("Ana O")


def test_corrections_at_once_are_not_more(database: Database, submit: Submit) -> None:
    correct_and_mail(database, submit, ["Ana", "Ana A", "Ana B"])
    waiting = [f"Ana {number}" for number in range(6)]

    def correct() -> bool:
        try:
            submit(waiting.pop())
        except ProductError:
            return False
        mail_all(database)
        return True

    at_once(correct, 6)
    assert counted(database) == 3


def test_the_api_answers_code_4_and_the_page_says_it_beside_the_name(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    for name in ("Ana", "Ana A", "Ana B", "Ana C"):
        body = {"token": ana.token, "name": name, "correct": True}
        assert api.post("/api/submitUserInfo", json=body).json()["code"] == 0
        mail_all(installation.database)
    body = {"token": ana.token, "name": "Ana D", "correct": True}
    answer = api.post("/api/submitUserInfo", json=body)
    assert (answer.status_code, answer.json()["code"]) == (200, 4)
    assert re.search(r"from \d{4}-\d\d-\d\d \d\d:\d\d", answer.json()["message"])
    form = {"token": ana.token, "name": "Ana D", "correct": "true"}
    page = api.post("/certificate", params={"lang": "zh"}, data=form)
    assert page.status_code == 422
    assert "Ana D" in page.text
    assert "之后" in page.text
    with installation.database.reading() as session:
        mails = select(func.count()).where(Mail.kind == CERTIFICATE.name)
        assert session.scalars(mails).one() == 4


def test_the_organizer_sees_how_many_there_were(
    open_screen: Open, database: Database, event_id: int, submit: Submit
) -> None:
    correct_and_mail(database, submit, ["Ana", "Ana A", "Ana B"])
    with database.reading() as session:
        person = session.scalars(select(Volunteer.id)).one()
    screen = open_screen("volunteers", event_id)
    screen.session_state["volunteers.person"] = person
    screen = undisturbed(screen.run())
    assert "Corrected by this person after mailing 2 of 10 times" in [
        caption.value for caption in screen.caption
    ]


def test_who_may_not_correct_at_all_is_told_that(
    database: Database, event_id: int, submit: Submit
) -> None:
    correct_and_mail(database, submit, ["Ana", "Ana A", "Ana B", "Ana C"])
    with database.writing() as session:
        events.event_for_change(session, event_id).corrections_allowed = False
    with pytest.raises(ProductError, match="already mailed"):
        submit("Ana D")
