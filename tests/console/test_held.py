"""After a restore each screen says that mails wait, and Sending asks what became of them."""

from sqlalchemy import select

from shared.acts.decide import MailsDecision
from shared.events.installation import Installation
from shared.mail.queue import hold
from shared.storage.models import Action, AuditEntry, Mail, MailState
from tests.support.console_screens import Open, press
from tests.support.mailing import invite
from tests.support.sending_steps import add_account, claim


def test_a_restore_is_said_on_every_screen_and_decided_on_sending(
    open_screen: Open, installation: Installation, event_id: int
):
    database = installation.database
    invite(installation, event_id, 2)
    add_account(database, event_id)
    with database.writing() as session:
        hold.hold(session)
    for name in ("events", "overview", "send"):
        screen = open_screen(name, event_id)
        assert "older than the mails sent, or was moved" in " ".join(
            box.value for box in screen.error
        )
    (choice,) = [one for one in screen.radio if one.label == "What happened to them?"]
    choice.set_value(MailsDecision.THEY_LEFT)
    screen = press(screen.run(), "Confirm")
    assert not screen.exception
    assert "older than the mails sent, or was moved" not in " ".join(
        box.value for box in screen.error
    )
    with database.reading() as session:
        assert set(session.scalars(select(Mail.state))) == {MailState.SENT}
        noted = session.scalars(
            select(AuditEntry).where(AuditEntry.action == Action.HOLD_ENDED)
        ).one()
    assert noted.fields == ["they_left"]
    assert noted.by_role is not None
    assert claim(database) == []
