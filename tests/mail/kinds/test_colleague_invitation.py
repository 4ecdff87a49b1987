"""An invited colleague gets their link by mail: real, once, and not after it was taken back."""

import re

import pytest

from shared import events
from shared.access import colleagues
from shared.access.roles import Role
from shared.errors import SettingRefused
from shared.events.installation import Installation
from shared.mail.queue.enqueue import queue_colleague_link
from shared.storage.models import Mail, MailState
from tests.support.composed import text_of
from tests.support.mailing import use_sink, wait_until, working
from tests.support.plain_sink import sink
from tests.support.smtp_sink import SmtpSink

__all__ = ["sink"]


def mail_link(installation: Installation, event_id: int, address: str) -> int:
    """Invite Ana by mail; the id of the mail."""
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        invitation, _ = colleagues.invite(
            session, installation.seal, event, name="Ana Lund", role=Role.HELPER
        )
        return queue_colleague_link(session, event, invitation, address).id


def state_of(installation: Installation, mail_id: int) -> MailState:
    with installation.database.reading() as session:
        return session.get_one(Mail, mail_id).state


def test_the_mail_brings_a_link_that_works(
    installation: Installation, event_id: int, sink: SmtpSink
):
    use_sink(installation, event_id, sink)
    mail = mail_link(installation, event_id, "ana@example.org")
    with working(installation):
        wait_until(lambda: state_of(installation, mail) is MailState.SENT)
    assert sink.recipients() == ["ana@example.org"]
    text = text_of(sink.received[0].message)
    assert "Hello Ana Lund," in text
    assert "because you are invited to work on Harbour Run 2026." in text
    token = re.findall(r"/join/(\S+)", text)[0]
    with installation.database.writing() as session:
        assert colleagues.take(session, token, "").person.name == "Ana Lund"


def test_no_mail_leaves_with_a_link_that_was_taken_back(
    installation: Installation, event_id: int, sink: SmtpSink
):
    use_sink(installation, event_id, sink)
    mail = mail_link(installation, event_id, "ana@example.org")
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        (one,) = colleagues.pending(session, event_id)
        colleagues.revoke(session, event, one.invitation.id)
    with working(installation):
        wait_until(lambda: state_of(installation, mail) is MailState.CANCELLED)
    assert sink.recipients() == []


@pytest.mark.parametrize("address", ["ana", "ana@example.org"])
def test_a_link_is_not_mailed_to_nowhere_nor_in_rehearsal(
    installation: Installation, event_id: int, sink: SmtpSink, address: str
):
    if address == "ana":
        use_sink(installation, event_id, sink)
    with pytest.raises(SettingRefused):
        mail_link(installation, event_id, address)
    with installation.database.reading() as session:
        assert colleagues.pending(session, event_id) == []
        assert session.query(Mail).count() == 0
