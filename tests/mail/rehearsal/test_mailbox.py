"""An event without a mail account: every mail really travels, and lands in the mailbox."""

import smtplib
from base64 import b64encode
from email.message import EmailMessage

import pytest
from sqlalchemy import select, text

from shared.certificates.issuing import drawing
from shared.events.installation import Installation
from shared.mail import rehearsal
from shared.mail.kinds.certificate import CERTIFICATE
from shared.storage.database import Database
from shared.storage.models import Event, Mail, MailState, RehearsalMail, Status, Volunteer
from shared.storage.sealing.tokens import Seal
from shared.volunteers.people import roster
from tests.support import factories
from tests.support.acting import queue_invitations
from tests.support.console_server import free_port
from tests.support.lists import read_call
from tests.support.mailing import statuses, wait_until, working
from tests.support.submitting import submit_name


@pytest.fixture
def invited(installation: Installation, event_id: int) -> Installation:
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        event.organization = "Harbour Friends"
        factories.set_picture(session, event, factories.sample_picture())
        roster.add_volunteers(
            session, event, read_call("ana@example.org\nbo@example.org\nchen@example.org")
        )
        queue_invitations(session, installation.seal, event)
    return installation


def test_everybody_on_the_list_is_invited_once(invited: Installation, event_id: int) -> None:
    with working(invited):
        wait_until(lambda: statuses(invited.database) == [1, 1, 1])

    with invited.database.reading() as session:
        mails = rehearsal.mailbox(session, event_id)
        assert sorted(mail.recipient for mail in mails) == [
            "ana@example.org",
            "bo@example.org",
            "chen@example.org",
        ]
        assert len({rehearsal.parse(invited.seal, mail).link for mail in mails}) == 3


def test_a_submitted_name_comes_back_as_a_certificate(invited: Installation, event_id: int) -> None:
    with working(invited):
        wait_until(lambda: statuses(invited.database) == [1, 1, 1])
        with invited.database.reading() as session:
            invitation = rehearsal.parse(invited.seal, rehearsal.mailbox(session, event_id)[0])
        token = invitation.link.partition("token=")[2]
        with invited.database.writing() as session:
            submit_name(session, invited.settings, invited.seal, token, "陈 Ana Ñuñez")
        wait_until(lambda: Status.MAILED in statuses(invited.database))

    with invited.database.reading() as session:
        kept = rehearsal.mailbox(session, event_id)[0]
        mail = drawing.read_rehearsed(session, invited.settings, invited.seal, kept)
        assert mail.recipient == invitation.recipient
        attached, printed = mail.attachments
        assert attached.name == "陈 Ana Ñuñez.jpg"
        assert attached.media_type == "image/jpeg"
        issued = session.scalars(select(Mail).where(Mail.kind == CERTIFICATE.name)).one()
        assert issued.state is MailState.SENT
        made = drawing.render_mailed(session, invited.settings, issued.certificate)
        assert (attached.content, printed.content) == (made.picture, made.pdf)
        assert b64encode(made.small).decode() in mail.html
        # 20,000 of these are 200 MB; the pictures would be another 16 GB.
        assert len(kept.content) < 20_000 < len(made.picture)


def kept(sent: EmailMessage, seal: Seal, **row: int) -> RehearsalMail:
    content = seal.seal_mail(sent.as_bytes(), "")
    return RehearsalMail(recipient="", subject="", content=content, **row)


def test_a_mail_whose_certificate_is_gone_is_still_read(invited: Installation, event_id: int):
    sent = EmailMessage()
    sent["X-Certificates-Drawn"] = "of-another-event"
    sent.set_content("Thank you")
    sent.add_attachment(b"", "image", "jpeg", filename="Ana.jpg")
    mail = kept(sent, invited.seal, event_id=event_id)
    with invited.database.reading() as session:
        read = drawing.read_rehearsed(session, invited.settings, invited.seal, mail)
    assert (read.text, read.attachments) == ("Thank you\n", ())


def test_a_mail_that_an_earlier_version_kept_with_its_picture_shows_that():
    sent = EmailMessage()
    sent.set_content("Thank you")
    sent.add_attachment(b"picture", "image", "jpeg", filename="Ana.jpg")
    seal = Seal(["key"])
    (attached,) = rehearsal.parse(seal, kept(sent, seal)).attachments
    assert (attached.name, attached.content) == ("Ana.jpg", b"picture")


def test_a_mailbox_whose_database_is_away_asks_to_try_again() -> None:
    away = Database(f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/nothing")
    server = rehearsal.RehearsalServer(away, Seal(["key"]))
    server.start()
    try:
        with smtplib.SMTP(server.hostname, server.port, timeout=20) as visit:
            with pytest.raises(smtplib.SMTPDataError) as refusal:
                visit.sendmail("a@example.org", ["ana@example.org"], "Subject: Thanks\n\nHello")
            assert refusal.value.smtp_code == 451
            assert refusal.value.smtp_error.endswith(b"try again")
            assert visit.noop()[0] == 250
    finally:
        server.stop()
        away.close()


def test_nobody_is_to_blame_for_a_mailbox_that_cannot_be_written(
    invited: Installation, event_id: int
) -> None:
    with invited.database.writing() as session:
        session.execute(text("ALTER TABLE rehearsal_mail RENAME TO elsewhere"))

    def tried() -> list[Mail]:
        with invited.database.reading() as session:
            return list(session.scalars(select(Mail).where(Mail.code.is_not(None))))

    with working(invited):
        wait_until(lambda: len(tried()) == 3)
    assert {(mail.state, mail.code) for mail in tried()} == {(MailState.QUEUED, 451)}
    assert all("rehearsal_mail" not in mail.answer for mail in tried())
    with invited.database.reading() as session:
        assert set(session.scalars(select(Volunteer.problem))) == {None}
