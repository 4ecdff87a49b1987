"""What a thief of the database gets: names and addresses, and nothing that opens anything."""

from sqlalchemy import select

from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail import rehearsal
from shared.mail.accounts import sending_account
from shared.mail.tokens.access import access_token
from shared.storage.models import Event, RehearsalMail, Role, SendingAccount, Status
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import join
from tests.support.dumped import dump
from tests.support.factories import add, invite, set_picture, small_picture
from tests.support.mail_identity import MailIdentity
from tests.support.mail_sign_ins import SENDER, identity, served_identity, signed_in
from tests.support.mailing import statuses, wait_until, working
from tests.support.submitting import submit_name

__all__ = ["identity", "served_identity", "signed_in"]


def rehearse(installation: Installation, event_id: int) -> str:
    """Invitation and certificate both lie in the mailbox; the token of the only volunteer."""
    database = installation.database
    with database.writing() as session:
        set_picture(session, session.get_one(Event, event_id), small_picture())
    add(database, event_id, "ana@example.org")
    token = invite(installation, event_id)["ana@example.org"]
    with working(installation):
        wait_until(lambda: statuses(database) == [Status.INVITED])
        with database.writing() as session:
            submit_name(session, installation.settings, installation.seal, token, "Ana")
        wait_until(lambda: statuses(database) == [Status.MAILED])
    return token


def test_a_dump_of_the_database_holds_no_token_and_no_password(
    installation: Installation, event_id: int
) -> None:
    token = rehearse(installation, event_id)
    with installation.database.writing() as session:
        event, organizers = create_event(session, name="Clean Beach")
        sending_account.set_account(
            session,
            installation.seal,
            event,
            username="thanks@example.org",
            password="the-password-of-the-account",
        )
    key = join(installation.database, event.id, "Mei", Role.ORGANIZER)
    with installation.database.reading() as session:
        invitation = session.scalars(select(RehearsalMail).order_by(RehearsalMail.id)).first()
        assert invitation is not None
        assert token in rehearsal.parse(installation.seal, invitation).link
        assert session.scalars(select(SendingAccount.sealed_password)).one()
        stolen = dump(session)
    assert "ana@example.org" in stolen
    for secret in (OWNER_TOKEN, organizers, key, token, "the-password-of-the-account"):
        assert secret not in stolen


def test_a_dump_of_the_database_holds_no_token_of_a_mail_account(
    signed_in: tuple[Installation, int], identity: MailIdentity
) -> None:
    installation, _ = signed_in
    token = access_token(*signed_in)
    with installation.database.reading() as session:
        stolen = dump(session)
    assert SENDER in stolen
    for secret in (token, *identity.given, "secret-of-the-mail-client"):
        assert secret not in stolen
