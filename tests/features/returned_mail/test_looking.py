"""Mailboxes are read over IMAP: what is new, once, without changing them."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shared.cli.doctor import examine
from shared.events.installation import Installation
from shared.features.returned_mail import imap, looking, report_reader
from shared.features.returned_mail.looking import claim_due, look
from shared.features.returned_mail.mailbox import MailboxChange, set_mailbox
from shared.features.returned_mail.models import BounceMailbox
from shared.storage.clock import database_time
from shared.storage.models import Event, MailState, Problem, Security
from tests.support.bounce_reports import Dsn
from tests.support.imap_server import ImapServer, trust
from tests.support.lying_server import IMAP_LIES
from tests.support.odd_bounces import NO_REPORTS
from tests.support.reported import invited, original_of
from tests.support.sending_steps import mail_of, volunteer_of

UNKNOWN = Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapServer]:
    with ImapServer() as running:
        trust(running, tmp_path, monkeypatch)
        yield running


def change_for(server: ImapServer, **changed: str) -> MailboxChange:
    values = {"username": server.user, "password": server.password, **changed}
    return MailboxChange("127.0.0.1", server.port, Security.TLS, **values)


def enter(installation: Installation, event_id: int, change: MailboxChange) -> BounceMailbox:
    settings = installation.settings
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        return set_mailbox(session, installation.seal, event, change, settings.organizers_reach)


def look_again(installation: Installation) -> int:
    return look(installation, stored(installation))


def minutes_to_next_look(installation: Installation) -> float:
    with installation.database.reading() as session:
        left = session.query(BounceMailbox).one().next_look_at - database_time(session)
    return left.total_seconds() / 60


def stored(installation: Installation) -> BounceMailbox:
    with installation.database.reading() as session:
        return session.query(BounceMailbox).one()


def test_what_comes_back_is_found_among_other_mail_and_the_mailbox_stays_as_it_was(
    installation: Installation, listed: int, server: ImapServer
):
    ana, bo = invited(installation, listed)
    server.put(*(build(original_of(bo)) for _, build, _ in NO_REPORTS), UNKNOWN(original_of(ana)))
    before = dict(server.folders["INBOX"])
    enter(installation, listed, change_for(server))
    assert look_again(installation) == 1
    assert volunteer_of(installation.database, ana).problem is Problem.CAME_BACK
    assert volunteer_of(installation.database, bo).problem is None
    assert server.folders["INBOX"] == before
    assert server.said('EXAMINE "INBOX"')
    # Neither marks what it reads as seen, nor does it change anything else.
    assert all("BODY.PEEK[" in line for line in server.said("FETCH"))
    assert not [word for word in ("SELECT", "STORE", "MOVE", "EXPUNGE", "COPY", "DELETE")
                if server.said(word)]  # fmt: skip


def test_of_ordinary_mail_only_the_headers_are_fetched(
    installation: Installation, listed: int, server: ImapServer
):
    _ana, _ = invited(installation, listed)
    server.put(b"From: bo@example.net\r\nSubject: holiday\r\n\r\n" + b"x" * 5_000_000)
    enter(installation, listed, change_for(server))
    look_again(installation)
    assert [line for line in server.said("FETCH") if "HEADER" not in line] == []


def test_what_was_read_is_not_read_again(
    installation: Installation, listed: int, server: ImapServer
):
    ana, bo = invited(installation, listed)
    server.put(UNKNOWN(original_of(ana)))
    enter(installation, listed, change_for(server))
    assert [look_again(installation), look_again(installation)] == [1, 0]
    assert len(server.said("FETCH")) == 2
    server.put(UNKNOWN(original_of(bo)))
    assert look_again(installation) == 1
    assert (stored(installation).uid_validity, stored(installation).last_uid) == (7, 2)


def test_a_mailbox_that_was_numbered_anew_is_read_anew_and_nothing_happens_twice(
    installation: Installation, listed: int, server: ImapServer
):
    ana, _ = invited(installation, listed)
    server.put(UNKNOWN(original_of(ana)))
    enter(installation, listed, change_for(server))
    look_again(installation)
    server.validity = 8
    assert look_again(installation) == 0
    assert stored(installation).uid_validity == 8


def test_reports_are_moved_where_that_was_chosen_and_nothing_else_is(
    installation: Installation, listed: int, server: ImapServer
):
    ana, _ = invited(installation, listed)
    report = UNKNOWN(original_of(ana))
    server.put(b"From: bo@example.net\r\nSubject: hello\r\n\r\nHello\r\n", report)
    enter(installation, listed, change_for(server, move_to="Read"))
    look_again(installation)
    assert list(server.folders["INBOX"]) == [1]
    assert list(server.folders["Read"].values()) == [report]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"password": "wrong"}, imap.REFUSED),
        ({"folder": "Nowhere"}, imap.NO_FOLDER),
    ],
)
def test_what_is_wrong_is_said_and_asked_again_only_an_hour_later(
    installation: Installation, listed: int, server: ImapServer, change: dict[str, str], reason: str
):
    invited(installation, listed)
    enter(installation, listed, change_for(server, **change))
    look_again(installation)
    mailbox = stored(installation)
    assert (mailbox.trouble, mailbox.looked_at) == (reason, None)
    assert minutes_to_next_look(installation) >= 59


def test_what_is_entered_during_a_look_is_read_at_once_though_the_look_fails(
    installation: Installation, listed: int, server: ImapServer
):
    ana, _ = invited(installation, listed)
    server.put(UNKNOWN(original_of(ana)))
    enter(installation, listed, change_for(server, password="wrong"))
    looked_at = stored(installation)
    enter(installation, listed, change_for(server))
    assert look(installation, looked_at) == 0
    assert stored(installation).trouble == ""
    with installation.database.writing() as session:
        assert claim_due(session, timedelta(minutes=5)) is not None
    assert look_again(installation) == 1


def test_what_is_no_imap_server_is_not_quoted(
    installation: Installation, listed: int, server: ImapServer
):
    invited(installation, listed)
    server.greeting = "HTTP/1.1 200 inner secrets"
    enter(installation, listed, change_for(server))
    look_again(installation)
    assert stored(installation).trouble == imap.NO_SERVER


def test_a_server_that_numbers_its_folders_with_words_is_left(
    installation: Installation, listed: int, server: ImapServer
):
    invited(installation, listed)
    server.validity = "seven"
    enter(installation, listed, change_for(server))
    assert look_again(installation) == 0
    assert stored(installation).trouble == imap.NO_FOLDER


def test_a_connection_that_breaks_loses_nothing(
    installation: Installation, listed: int, server: ImapServer
):
    ana, _ = invited(installation, listed)
    server.put(UNKNOWN(original_of(ana)))
    enter(installation, listed, change_for(server))
    server.broken = "BODY.PEEK[]"
    assert look_again(installation) == 0
    assert stored(installation).trouble == imap.BROKEN_OFF
    assert mail_of(installation.database, ana).state is MailState.SENT
    server.broken = ""
    assert look_again(installation) == 1
    assert stored(installation).trouble == ""


def test_a_look_that_breaks_off_is_made_again_after_1_2_and_4_minutes(
    installation: Installation, listed: int, server: ImapServer
):
    ana, _ = invited(installation, listed)
    server.put(UNKNOWN(original_of(ana)))
    enter(installation, listed, change_for(server))
    server.broken = "LOGIN"
    for minutes in (1, 2, 4):
        assert look_again(installation) == 0
        assert minutes - 1 < minutes_to_next_look(installation) <= minutes
    server.broken = ""
    assert look_again(installation) == 1
    mailbox = stored(installation)
    assert (mailbox.trouble, mailbox.failed_looks) == ("", 0)


def test_a_mail_that_the_server_does_not_deliver_is_passed_over_and_named(
    installation: Installation, listed: int, server: ImapServer, caplog: pytest.LogCaptureFixture
):
    ana, bo = invited(installation, listed)
    server.put(UNKNOWN(original_of(ana)), *[b"Subject: lunch\r\n\r\n"] * 60)
    server.put(UNKNOWN(original_of(bo)))
    server.undeliverable = {7}
    enter(installation, listed, change_for(server))
    assert look_again(installation) == 2
    assert (stored(installation).trouble, stored(installation).last_uid) == ("", 62)
    assert [line for line in caplog.messages if "UID 7 is passed over" in line]


def test_a_mail_that_is_alone_has_some_looks_to_be_delivered_in(
    installation: Installation, listed: int, server: ImapServer
):
    ana, _ = invited(installation, listed)
    server.put(UNKNOWN(original_of(ana)))
    server.undeliverable = {1}
    enter(installation, listed, change_for(server))
    for _ in range(3):
        look_again(installation)
        assert (stored(installation).trouble, stored(installation).last_uid) == (imap.BROKEN_OFF, 0)
    look_again(installation)
    assert (stored(installation).trouble, stored(installation).last_uid) == ("", 1)


def test_a_server_that_delivers_nothing_at_all_keeps_every_mail_unread(
    installation: Installation, listed: int, server: ImapServer
):
    ana, _ = invited(installation, listed)
    server.put(UNKNOWN(original_of(ana)), *[b"Subject: lunch\r\n\r\n"] * 60)
    enter(installation, listed, change_for(server))
    server.broken = "FETCH"
    assert look_again(installation) == 0
    assert stored(installation).last_uid == 0
    # It is not asked again and again, either.
    assert len(server.said("LOGIN")) < 25
    server.broken = ""
    assert look_again(installation) == 1


def test_a_server_that_sends_more_than_it_was_asked_for_is_left(
    installation: Installation, listed: int, server: ImapServer
):
    ana, _ = invited(installation, listed)
    server.put(UNKNOWN(original_of(ana)) + b"x" * (33 << 20))
    enter(installation, listed, change_for(server))
    server.is_lavish = True
    assert look_again(installation) == 0
    assert stored(installation).trouble == imap.BROKEN_OFF
    server.is_lavish = False
    assert look_again(installation) == 1


@pytest.mark.parametrize("lie", IMAP_LIES)
def test_a_mailbox_whose_server_lies_is_left_with_little_taken(
    installation: Installation,
    listed: int,
    server: ImapServer,
    lie: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(looking, "_LONGEST_LOOK_SECONDS", 0.5)
    invited(installation, listed)
    server.lie = IMAP_LIES[lie]
    for server.lies_at in ("", "LOGIN", "EXAMINE", "SEARCH", "FETCH"):
        server.put(b"Subject: hello\r\n\r\n")
        enter(installation, listed, change_for(server))
        tracemalloc.start()
        try:
            assert look_again(installation) == 0
            assert tracemalloc.get_traced_memory()[1] < 64 << 20
        finally:
            tracemalloc.stop()
        assert stored(installation).trouble


def test_a_server_that_does_not_let_go_is_left(
    installation: Installation, listed: int, server: ImapServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(looking, "_LONGEST_LOOK_SECONDS", 1)
    invited(installation, listed)
    enter(installation, listed, change_for(server))
    server.lie, server.lies_at = IMAP_LIES["a letter at a time"], "LOGOUT"
    assert look_again(installation) == 0


def test_a_server_in_a_private_network_is_not_asked(
    installation: Installation, listed: int, server: ImapServer
):
    invited(installation, listed)
    enter(installation, listed, change_for(server))
    settings = installation.settings.model_copy(update={"trusted_networks": ""})
    look_again(replace(installation, settings=settings))
    assert server.sessions == 0
    assert stored(installation).trouble == imap.NOT_REACHED


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    installation: Installation, listed: int, server: ImapServer, monkeypatch: pytest.MonkeyPatch
):
    invited(installation, listed)
    monkeypatch.delenv("SSL_CERT_FILE")
    enter(installation, listed, change_for(server))
    look_again(installation)
    assert server.heard == []
    assert stored(installation).trouble == imap.NO_SERVER


def test_two_workers_never_read_one_mailbox_at_once(
    installation: Installation, listed: int, server: ImapServer
):
    invited(installation, listed)
    enter(installation, listed, change_for(server))
    claimed = []
    for _ in range(2):
        with installation.database.writing() as session:
            claimed.append(claim_due(session, timedelta(minutes=5)))
    assert claimed[0] is not None
    assert claimed[1] is None


def test_the_doctor_says_what_the_last_look_met(
    installation: Installation, listed: int, server: ImapServer
):
    invited(installation, listed)
    enter(installation, listed, change_for(server, password="wrong"))
    look_again(installation)
    found = [one for one in examine(installation.settings, quick=True) if "returned" in one.subject]
    assert [(one.is_fine, one.text) for one in found] == [(False, imap.REFUSED)]


def test_a_mail_that_takes_long_to_read_is_passed_over_and_those_behind_it_are_read(
    installation: Installation,
    listed: int,
    server: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    """Python's parser takes minutes for an empty line after the other in such a part."""
    monkeypatch.setattr(report_reader, "LIMITS", replace(report_reader.LIMITS, cpu_seconds=1))
    ana, bo = invited(installation, listed)
    endless = (
        b"From: MAILER-DAEMON@mx.example.net\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" + b"\n" * 200_000
    )
    server.put(UNKNOWN(original_of(ana)), endless, UNKNOWN(original_of(bo)))
    enter(installation, listed, change_for(server))
    assert look_again(installation) == 2
    assert stored(installation).last_uid == 3
    assert "1 mails were passed over" in caplog.text
    assert look_again(installation) == 0
