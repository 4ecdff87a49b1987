"""An event without a mail account: every mail really travels, and lands in the mailbox."""

import pytest
from sqlalchemy import select

from shared import certificates, designs, recipients, sending, volunteers
from shared.installation import Installation
from shared.mail import rehearsal
from shared.models import Event, Mail, MailKind, MailState, Status
from shared.rendering.sample import draw_sample_template
from tests.mailing import statuses, wait_until, working


@pytest.fixture
def invited(installation: Installation, event_id: int) -> Installation:
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        event.organization = "Harbour Friends"
        designs.set_template(session, event, draw_sample_template("en"))
        volunteers.add_volunteers(
            session, event, recipients.parse("ana@example.org\nbo@example.org\nchen@example.org")
        )
        sending.queue_invitations(session, installation.seal, event)
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
        assert len({rehearsal.parse(mail).link for mail in mails}) == 3


def test_a_submitted_name_comes_back_as_a_certificate(invited: Installation, event_id: int) -> None:
    with working(invited):
        wait_until(lambda: statuses(invited.database) == [1, 1, 1])
        with invited.database.reading() as session:
            invitation = rehearsal.parse(rehearsal.mailbox(session, event_id)[0])
        token = invitation.link.partition("token=")[2]
        with invited.database.writing() as session:
            certificates.submit(session, invited.settings, invited.seal, token, "陈 Ana Ñuñez")
        wait_until(lambda: Status.MAILED in statuses(invited.database))

    with invited.database.reading() as session:
        mail = rehearsal.parse(rehearsal.mailbox(session, event_id)[0])
        assert mail.recipient == invitation.recipient
        (attached,) = mail.attachments
        assert attached.name == "陈 Ana Ñuñez.jpg"
        assert attached.media_type == "image/jpeg"
        issued = session.scalars(select(Mail).where(Mail.kind == MailKind.CERTIFICATE)).one()
        assert issued.state is MailState.SENT
        assert attached.content == certificates.render(
            session, invited.settings, issued.certificate
        )
