"""Anybody can ask for a lost link, and it goes to its owner only."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select, update

from api.pages import personal_link
from shared.acts.invite import count_waiting
from shared.certificates.issuing import links as link_requests
from shared.certificates.issuing.drawing import read_rehearsed
from shared.certificates.issuing.links import send_link_to_address, send_link_to_holder
from shared.events.installation import Installation
from shared.mail import rehearsal
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION, LINK_REQUEST
from shared.mail.queue import enqueue
from shared.mail.queue.failed_mails import count_failed
from shared.storage.database import Database
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Sending,
    Status,
    Suppression,
    Volunteer,
)
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.api_server import invite as invite_one
from tests.support.calls import owners
from tests.support.factories import add, invite
from tests.support.mailing import statuses, wait_until, working
from tests.support.processes import at_once
from tests.support.sending_steps import NOBODY, SENT, add_account, claim, settle, submit

__all__ = ["ana", "api", "default_event", "server_url"]

ANA = "ana@example.org"
AS_SHIPPED = personal_link.DELAY_SECONDS


@pytest.fixture
def invited(installation: Installation, listed: int) -> int:
    """An event whose two people got their invitations."""
    invite(installation, listed)
    for mail in claim(installation.database):
        settle(installation.database, mail, SENT)
    return listed


def requested(database: Database) -> list[Mail]:
    with database.reading() as session:
        found = select(Mail).where(Mail.kind == LINK_REQUEST.name)
        return list(session.scalars(found.order_by(Mail.id)))


def change_ana(database: Database, **values: object) -> None:
    with database.writing() as session:
        session.execute(update(Volunteer).where(Volunteer.email == ANA).values(**values))


def let_pass(database: Database, passed: timedelta) -> None:
    """Move the requests into the past, with their mails sent."""
    with database.writing() as session:
        for mail in session.scalars(select(Mail).where(Mail.kind == LINK_REQUEST.name)):
            mail.created_at -= passed
            mail.state = MailState.SENT


def ask(installation: Installation, address: str = ANA) -> int:
    return send_link_to_address(installation.database, installation.seal, address)


# Who gets it


def test_it_goes_to_the_address_on_record_however_it_is_written(
    installation: Installation, invited: int
) -> None:
    assert ask(installation, " ANA@Example.org ") == 1
    assert ask(installation, "nobody@example.org") == ask(installation, "no address") == 0
    [mail] = requested(installation.database)
    assert (mail.kind, mail.version, mail.state) == (LINK_REQUEST.name, 2, MailState.QUEUED)
    [claimed] = claim(installation.database)
    assert claimed.address == ANA


def test_each_event_that_invited_the_address_sends_one(
    installation: Installation, invited: int, default_event: Event
) -> None:
    invite_one(installation, default_event.id, ANA)
    assert ask(installation) == 2
    assert {mail.event_id for mail in requested(installation.database)} == {
        invited,
        default_event.id,
    }


def test_nobody_who_was_not_invited_and_nothing_of_a_paused_event(
    installation: Installation, invited: int
) -> None:
    database = installation.database
    change_ana(database, status=Status.NEW)
    assert ask(installation) == 0
    change_ana(database, status=Status.INVITED, problem=Problem.REFUSED_ADDRESS)
    assert ask(installation) == 0
    change_ana(database, problem=None)
    with database.writing() as session:
        session.get_one(Event, invited).sending = Sending.STOPPED
    assert ask(installation) == 0
    with database.writing() as session:
        session.get_one(Event, invited).sending = Sending.RUNNING
    assert ask(installation) == 1


def test_nothing_is_queued_for_who_gets_no_more_mail_and_no_right_to_ask_is_used_up(
    installation: Installation, invited: int
) -> None:
    database = installation.database
    change_ana(database, suppressed_at=func.now(), suppressed=Suppression.DEAD)
    assert ask(installation) == 0
    assert not requested(database)
    change_ana(database, suppressed_at=None, suppressed=None)
    assert ask(installation) == 1


def test_a_status_never_goes_back_and_the_counts_add_up(
    installation: Installation, invited: int
) -> None:
    database = installation.database
    submit(installation, invited, "Ana Lima")
    for mail in claim(database):
        settle(database, mail, SENT)
    assert statuses(database) == [Status.MAILED, Status.INVITED]
    with database.reading() as session:
        public_id = session.scalars(select(Certificate.public_id)).one()
    assert send_link_to_holder(database, installation.seal, public_id) == 1
    assert send_link_to_holder(database, installation.seal, "no-such-certificate") == 0
    [mail] = claim(database)
    assert (mail.kind, mail.address) == (LINK_REQUEST, ANA)
    settle(database, mail, SENT)
    assert statuses(database) == [Status.MAILED, Status.INVITED]
    with database.reading() as session:
        event = session.get_one(Event, invited)
        assert count_waiting(session, event) == 0


# How often


def test_once_an_hour_and_three_times_a_day(installation: Installation, invited: int) -> None:
    for number in range(1, 4):
        assert ask(installation) == 1
        assert ask(installation) == 0
        let_pass(installation.database, link_requests.HOUR)
        assert len(requested(installation.database)) == number
    assert ask(installation) == 0
    let_pass(installation.database, link_requests.DAY)
    assert ask(installation) == 1


def test_one_that_still_waits_gets_no_second_one(installation: Installation, invited: int) -> None:
    assert ask(installation) == 1
    with installation.database.writing() as session:
        for mail in session.scalars(select(Mail).where(Mail.kind == LINK_REQUEST.name)):
            mail.created_at -= link_requests.DAY
    assert ask(installation) == 0


def test_many_who_ask_at_once_get_one_mail(installation: Installation, invited: int) -> None:
    assert sum(at_once(lambda: ask(installation), 8)) == 1


def test_an_event_sends_sixty_an_hour(
    installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [f"p{number}@example.org" for number in range(62)]
    add(installation.database, listed, "\n".join(people))
    invite(installation, listed)
    with installation.database.writing() as session:
        session.execute(update(Volunteer).values(status=Status.INVITED))
    assert sum(ask(installation, person) for person in people) == 60


def test_an_event_spends_a_twentieth_of_the_days_mails(
    installation: Installation, invited: int
) -> None:
    database = installation.database
    add_account(database, invited, per_day=20)
    assert ask(installation, "bo@example.org") == 1
    assert ask(installation) == 0
    with database.writing() as session:
        session.get_one(Event, invited).account.per_day = 40
    assert ask(installation) == 1


def test_it_leaves_behind_certificates_and_before_the_invitations_that_wait(
    installation: Installation, invited: int
) -> None:
    database = installation.database
    add(database, invited, "\n".join(f"later{number}@example.org" for number in range(3)))
    invite(installation, invited)
    assert ask(installation, "bo@example.org") == 1
    submit(installation, invited, "Ana Lima")
    assert [claim(database, 1)[0].address for _ in range(3)] == [
        ANA,
        "bo@example.org",
        "later0@example.org",
    ]


# The pages


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal_link, "DELAY_SECONDS", (0.0, 0.0))


def test_nothing_happens_until_a_while_after_the_answer(
    api: httpx.Client, installation: Installation, ana: Invited, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert AS_SHIPPED == (2.0, 10.0)
    monkeypatch.setattr(personal_link, "DELAY_SECONDS", (1.0, 1.0))
    assert api.post("/personal-link", data={"address": ana.email}).status_code == 303
    time.sleep(0.3)
    assert requested(installation.database) == []
    wait_until(lambda: len(requested(installation.database)) == 1)


def test_for_an_address_on_no_list_the_same_right_to_write_is_taken(
    installation: Installation, invited: int
) -> None:
    if not installation.database.is_sqlite:
        return  # Nobody waits for another's turn there.
    with ThreadPoolExecutor(2) as pool:
        with installation.database.writing():
            asking = [pool.submit(ask, installation, one) for one in (ANA, "nobody@example.org")]
            time.sleep(0.3)
            assert [one.done() for one in asking] == [False, False]
        assert [one.result() for one in asking] == [1, 0]


def test_every_answer_is_the_same_and_given_before_anybody_is_looked_for(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    held = installation.database.writing()
    # Nobody else can write while this lasts, and the answers come all the same.
    with held as session:
        if not installation.database.is_sqlite:
            session.get_one(Event, 1, with_for_update=True)
        forms = [{"address": ana.email}, {"address": "nobody@example.org"}, {"certificate": "x"}]
        answers = [api.post("/personal-link?lang=en", data=form) for form in forms]
        assert requested(installation.database) == []
    assert {(answer.status_code, answer.content) for answer in answers} == {(303, b"")}
    assert {answer.headers["location"] for answer in answers} == {"link-asked?lang=en"}
    wait_until(lambda: len(requested(installation.database)) == 1)
    assert "Check your mailbox" in api.get("/link-asked?lang=en").text


def test_asking_is_a_post_and_looking_changes_nothing(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    for method in ("GET", "HEAD"):
        assert api.request(method, f"/personal-link?address={ana.email}").status_code == 405
        assert api.request(method, f"/link-asked?address={ana.email}").status_code == 200
    time.sleep(0.3)
    assert requested(installation.database) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    ],
)
def test_no_other_site_asks_in_somebodys_name(
    api: httpx.Client, installation: Installation, ana: Invited, headers: dict[str, str]
) -> None:
    answer = api.post("/personal-link", data={"address": ana.email}, headers=headers)
    assert answer.status_code == 403
    allowed = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
    assert api.post("/personal-link", data={"address": "x"}, headers=allowed).status_code == 303
    time.sleep(0.3)
    assert requested(installation.database) == []


def test_one_network_asks_twenty_times_an_hour(api: httpx.Client, ana: Invited) -> None:
    answers = [
        api.post("/personal-link", data={"address": f"p{number}@example.org"}).status_code
        for number in range(21)
    ]
    assert answers == [303] * 20 + [429]


def test_who_passes_the_certificates_mail_on_gives_no_link_away(
    installation: Installation, api: httpx.Client, ana: Invited
) -> None:
    database = installation.database
    with working(installation):
        wait_until(lambda: statuses(database)[0] == Status.INVITED)
        api.post("/api/submitUserInfo", json={"token": ana.token, "name": "Ana Lima"})
        wait_until(lambda: statuses(database)[0] == Status.MAILED)
        with database.reading() as session:
            kept = rehearsal.mailbox(session, 1)[0]
            mail = read_rehearsed(session, installation.settings, installation.seal, kept)
        assert mail.attachments
        assert "token" not in mail.text + mail.html
        assert ana.token not in mail.text + mail.html
        # What the mail has leads to a page with the button, and the link comes by mail.
        [page] = {found for found in re.findall(r"http\S+/verify/\S{22}", mail.text)}
        path = page.removeprefix(installation.settings.public_url)
        shown = api.get(path, params={"lang": "en"}).text
        assert "Send me my personal link" in shown
        assert ana.token not in shown
        public_id = path.rpartition("/")[2]
        assert f'name="certificate" value="{public_id}"' in shown
        api.post("/personal-link", data={"certificate": public_id})
        wait_until(lambda: [m.state for m in requested(database)] == [MailState.SENT])
    with database.reading() as session:
        link = rehearsal.parse(installation.seal, rehearsal.mailbox(session, 1)[0])
        assert (link.recipient, ana.token in link.text) == (ANA, True)
        sent = select(Mail.kind).where(Mail.kind != CERTIFICATE.name).order_by(Mail.id)
        assert session.scalars(sent).all() == [INVITATION.name, LINK_REQUEST.name]


def test_of_a_persons_links_the_newest_counts_and_programs_know_it_as_an_invitation(
    installation: Installation, api: httpx.Client, invited: int
) -> None:
    database = installation.database
    with database.writing() as session:
        for mail in session.scalars(select(Mail).join(Volunteer).where(Volunteer.email == ANA)):
            mail.state = MailState.FAILED
    ask(installation)
    [mail] = claim(database)
    settle(database, mail, NOBODY)
    with database.reading() as session:
        # Of both, which failed, the invitation is not tried again.
        assert count_failed(session, invited) == 1
    failed = owners(api, "email", action="query", event=invited)["data"]["failures"]
    assert [one["kind"] for one in failed] == ["invitation", "invitation"]


def test_an_organizer_who_sends_the_link_again_sends_the_one_that_waits(
    installation: Installation, invited: int
) -> None:
    database = installation.database
    ask(installation)
    with database.writing() as session:
        ana = session.scalars(select(Volunteer).where(Volunteer.email == ANA)).one()
        enqueue.resend_invitation(session, installation.seal, ana)
    [mail] = claim(database)
    assert mail.kind is LINK_REQUEST
