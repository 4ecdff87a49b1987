"""The organizers of other events are told what one event changes in a shared account."""

import pytest
from sqlalchemy import select

from shared.access.keys import access_of
from shared.access.roles import Role
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.features.returned_mail import mailbox
from shared.log import audit_log
from shared.log.actor import Actor
from shared.mail.accounts.sending_account import set_account
from shared.mail.accounts.sharing import BY_ANOTHER_EVENT
from shared.mail.transport.providers import SendingLimits
from shared.storage.models import Action, AuditEntry, Event
from tests.support.colleagues import join
from tests.support.sending_steps import add_account, share_account

SECRET_NAME = "Nobody's business 2026"


@pytest.fixture
def others(installation: Installation, event_id: int) -> tuple[int, int]:
    """Of two other events the first sends from the same account, the second from its own."""
    database = installation.database
    with database.writing() as session:
        event_for_change(session, event_id).name = SECRET_NAME
        sharing, apart = (create_event(session, name=one)[0].id for one in ("A", "B"))
    add_account(database, event_id)
    add_account(database, apart, username="apart@example.org")
    share_account(database, event_id, sharing)
    return sharing, apart


def organizer(installation: Installation, event_id: int, name: str) -> Actor:
    key = join(installation.database, event_id, name, Role.ORGANIZER)
    with installation.database.reading() as session:
        return access_of(session, key).actor("192.0.2.1")


def change(installation: Installation, event_id: int, by: Actor, **given: object) -> None:
    with installation.database.writing(by=by) as session:
        set_account(session, installation.seal, event_for_change(session, event_id), **given)


def told(installation: Installation, event_id: int, reader: Actor) -> list[tuple[str, list[str]]]:
    with installation.database.reading() as session:
        unread = audit_log.unread_notices(session, session.get_one(Event, event_id), reader)
        return [(one.by_name, one.fields) for one in unread if one.action is Action.ACCOUNT_CHANGED]


def test_who_shares_the_account_is_told_who_changed_what(
    installation: Installation, event_id: int, others: tuple[int, int]
):
    sharing, apart = others
    ana, bo = organizer(installation, event_id, "Ana"), organizer(installation, sharing, "Bo")
    cy = organizer(installation, apart, "Cy")
    change(installation, event_id, ana, limits=SendingLimits(per_day=50))
    assert told(installation, sharing, bo) == [("Ana", ["per_day", BY_ANOTHER_EVENT])]
    assert told(installation, event_id, bo) == [("Ana", ["per_day"])]
    assert told(installation, apart, cy) == []


def test_nothing_says_in_which_event_it_was_changed(
    installation: Installation, event_id: int, others: tuple[int, int]
):
    ana = organizer(installation, event_id, "Ana")
    change(installation, event_id, ana, min_second=1.0, max_second=2.0)
    with installation.database.reading() as session:
        of_others = select(AuditEntry).where(AuditEntry.event_id == others[0])
        entries = session.scalars(of_others.order_by(AuditEntry.id)).all()
        assert entries[-1].fields == ["min_second", "max_second", BY_ANOTHER_EVENT]
        assert SECRET_NAME not in repr([vars(entry) for entry in entries])


def test_who_changes_the_account_for_themselves_alone_tells_nobody_else(
    installation: Installation, event_id: int, others: tuple[int, int]
):
    ana, bo = organizer(installation, event_id, "Ana"), organizer(installation, others[0], "Bo")
    change(installation, event_id, ana, username="new@example.org", password="secret")
    change(installation, others[0], bo, from_address="harbour@example.org")
    assert told(installation, others[0], organizer(installation, others[0], "Di")) == []


def test_where_returned_mail_is_read_is_told_too(
    installation: Installation, event_id: int, others: tuple[int, int]
):
    ana, bo = organizer(installation, event_id, "Ana"), organizer(installation, others[0], "Bo")
    with installation.database.writing(by=ana) as session:
        event = event_for_change(session, event_id)
        assert event.account
        given = mailbox.usual_mailbox(event.account)
        with_password = mailbox.MailboxChange(**vars(given) | {"password": "secret"})
        mailbox.set_mailbox(session, installation.seal, event, with_password)
        mailbox.forget_mailbox(session, event)
    assert told(installation, others[0], bo) == [("Ana", ["returned_mail", BY_ANOTHER_EVENT])] * 2


def test_reading_the_inbox_of_an_account_is_told_too(
    installation: Installation, event_id: int, others: tuple[int, int]
):
    ana, bo = organizer(installation, event_id, "Ana"), organizer(installation, others[0], "Bo")
    with installation.database.writing(by=ana) as session:
        event = event_for_change(session, event_id)
        assert event.account
        event.account.transport = "graph"
        mailbox.read_inbox(session, event)
    assert told(installation, others[0], bo) == [("Ana", ["returned_mail", BY_ANOTHER_EVENT])]
