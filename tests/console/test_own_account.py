"""The owner enters the account by which the installation itself mails."""

from sqlalchemy import select

from shared.access.roles import Role
from shared.events.installation import Installation
from shared.mail.accounts.own import own_event
from shared.storage.models import Action, AuditEntry, Security
from tests.support.colleagues import join
from tests.support.console_screens import Open, fill, press, told
from tests.support.console_server import free_port
from tests.support.plain_sink import sink
from tests.support.smtp_sink import SmtpSink

__all__ = ["sink"]


def test_it_is_entered_checked_and_changed(
    open_screen: Open, installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    screen = open_screen("mail", event_id)
    assert "No account yet" in screen.info[0].value
    fill(screen, "Mail address or user name", "desk@example.org")
    fill(screen, "Server", sink.host)
    fill(screen, "Port", sink.port)
    fill(screen, "Encryption", Security.NONE)
    fill(screen, "No password needed", True)
    screen = press(screen, "Check and save")
    assert not screen.error
    assert told(screen) == ["Saved."]
    assert screen.success[0].value.endswith(f"example.org through {sink.host}.")
    fill(screen, "Sender address", "thanks@example.org")
    screen = press(screen, "Check and save")
    with installation.database.reading() as session:
        event = own_event(session)
        assert event
        assert event.account
        assert (event.from_address, event.account.port) == ("thanks@example.org", sink.port)
        acts = select(AuditEntry.action).where(AuditEntry.event_id == event.id)
        assert Action.ACCOUNT_CHANGED in session.scalars(acts).all()
    labels = [link.label for link in screen.sidebar.get("page_link")]
    assert "Installation mail" in labels


def test_what_the_server_says_is_shown_and_a_wrong_entry_changes_nothing(
    open_screen: Open, installation: Installation, event_id: int
) -> None:
    screen = open_screen("mail", event_id)
    screen = press(screen, "Check and save")
    assert screen.error
    with installation.database.reading() as session:
        assert own_event(session) is None
    fill(screen, "Mail address or user name", "desk@example.org")
    fill(screen, "Server", "127.0.0.1")
    fill(screen, "Port", free_port())
    fill(screen, "Encryption", Security.NONE)
    fill(screen, "No password needed", True)
    screen = press(screen, "Check and save")
    shown = [*screen.error, *screen.warning]
    assert any("127.0.0.1" in one.value for one in shown)


def test_it_is_for_the_owner_alone(
    open_screen: Open, installation: Installation, event_id: int
) -> None:
    key = join(installation.database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("mail", event_id, token=key)
    assert "Your role does not allow this" in screen.info[0].value
    assert "Installation mail" not in [one.label for one in screen.sidebar.get("page_link")]
