"""What the worker makes of a mail: its text, its names, and nothing secret in the logs."""

import logging
from base64 import b64encode
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.mail.accounts.credentials import enter_password
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.mime import EVENT_HEADER
from shared.mail.queue import enqueue
from shared.rendering.text.typesetting import NEW
from shared.storage.models import Event, MailState, Problem, Security, Status, Volunteer
from tests.support import factories
from tests.support.mailing import count_mails, invite, token_of_first, use_sink, wait_until, working
from tests.support.smtp_sink import Received, SmtpSink, trust
from tests.support.submitting import submit_name


def test_a_test_mail_shows_the_organizer_the_invitation(
    installation: Installation, event_id: int
) -> None:
    with SmtpSink() as sink:
        use_sink(installation, event_id, sink)
        with installation.database.writing() as session:
            event = session.get_one(Event, event_id)
            enqueue.queue_test_mail(session, event, INVITATION, "me@example.org")
        with working(installation):
            wait_until(lambda: count_mails(installation, MailState.SENT) == 1)
    (mail,) = sink.received
    assert mail.recipient == "me@example.org"
    assert "your certificate is waiting" in str(mail.message["Subject"])


def test_a_defect_in_one_mail_is_logged_and_the_others_leave(
    installation: Installation, event_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    invite(installation, event_id, 3)
    with installation.database.writing() as session:
        broken = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        assert broken is not None
        broken.token = None
    with SmtpSink() as sink, caplog.at_level(logging.ERROR):
        use_sink(installation, event_id, sink)
        with working(installation):
            wait_until(lambda: len(sink.received) == 2)
            wait_until(lambda: count_mails(installation, MailState.QUEUED) == 1)
    assert any("defect" in record.message for record in caplog.records)


def test_a_name_that_does_not_fit_its_new_place_is_told(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    name = "Maximiliana " * 6
    with installation.database.writing() as session:
        factories.set_picture(session, session.get_one(Event, event_id), factories.sample_picture())
    with installation.database.writing() as session:
        certificate = submit_name(
            session,
            installation.settings,
            installation.seal,
            token_of_first(installation),
            name[:60],
        )
        # As if the fonts were taken away after the name was accepted, and before it was set.
        certificate.typesetting = NEW.to_json()
        certificate.name = "\U000f0000" * 3
    with working(installation):
        wait_until(lambda: count_mails(installation, MailState.FAILED) == 1)
    with installation.database.reading() as session:
        volunteer = session.scalars(select(Volunteer)).one()
        assert volunteer.problem in (Problem.NO_GLYPH, Problem.NAME_DOES_NOT_FIT)
        assert volunteer.problem_text
        assert volunteer.status is Status.SUBMITTED


def test_the_logs_hold_no_token_and_no_password(
    installation: Installation,
    event_id: int,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invite(installation, event_id, 3)
    token = token_of_first(installation)
    password = "a secret of ours"
    account = {"security": Security.TLS, "skip_auth": False}
    with SmtpSink(security=Security.TLS) as sink, caplog.at_level(logging.DEBUG):
        trust(sink, tmp_path, monkeypatch)
        use_sink(installation, event_id, sink, **account)
        with installation.database.writing() as session:
            row = session.get_one(Event, event_id).account
            enter_password(session, installation.seal, row, password)
        with working(installation):
            wait_until(lambda: len(sink.received) == 3)
    as_sent = b64encode(f"\0thanks@example.org\0{password}".encode())
    assert as_sent in sink.heard
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert password not in said
    assert as_sent.decode() not in said
    assert token not in said
    assert "@example.org" not in said
    assert any(token in sent_text(mail) for mail in sink.received)


def sent_text(mail: Received) -> str:
    part = mail.message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_every_mail_names_its_event(installation: Installation, event_id: int) -> None:
    invite(installation, event_id, 1)
    with SmtpSink() as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            wait_until(lambda: len(sink.received) == 1)
    assert sink.received[0].message[EVENT_HEADER] == str(event_id)
