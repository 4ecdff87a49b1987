"""What comes back is read from a server that many providers run."""

from collections.abc import Iterator

import pytest

from shared.events.installation import Installation
from shared.features.returned_mail import imap
from shared.features.returned_mail.looking import look
from shared.features.returned_mail.mailbox import MailboxChange, set_mailbox
from shared.features.returned_mail.models import BounceMailbox
from shared.storage.models import Event, Problem, Security
from tests.support.bounce_reports import Dsn
from tests.support.dovecot import PASSWORD, USER, Dovecot, is_installed, running_dovecot
from tests.support.one_database import database_url
from tests.support.reported import invited, original_of
from tests.support.sending_steps import volunteer_of

__all__ = ["database_url"]

pytestmark = pytest.mark.skipif(not is_installed(), reason="needs Dovecot 2.4 (dovecot-imapd)")

UNKNOWN = Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")
ORDINARY = b"From: bo@example.net\r\nSubject: hello\r\n\r\nHello\r\n"


@pytest.fixture(scope="module")
def running() -> Iterator[Dovecot]:
    with running_dovecot() as server:
        yield server


@pytest.fixture
def dovecot(running: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """With an empty mailbox, its certificate taken for a good one."""
    monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
    running.empty()
    return running


def enter(
    installation: Installation,
    event_id: int,
    server: Dovecot,
    security: Security = Security.TLS,
    **changed: str,
) -> None:
    values = {"username": USER, "password": PASSWORD, **changed}
    port = server.tls if security is Security.TLS else server.starttls
    change = MailboxChange("127.0.0.1", port, security, **values)
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        reach = installation.settings.organizers_reach
        set_mailbox(session, installation.seal, event, change, reach)


def stored(installation: Installation) -> BounceMailbox:
    with installation.database.reading() as session:
        return session.query(BounceMailbox).one()


def look_again(installation: Installation) -> int:
    return look(installation, stored(installation))


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_report_is_found_once_and_nothing_is_marked_or_moved(
    installation: Installation, listed: int, dovecot: Dovecot, security: Security
):
    ana, bo = invited(installation, listed)
    dovecot.put(ORDINARY, UNKNOWN(original_of(ana)))
    before = dovecot.flags()
    enter(installation, listed, dovecot, security)
    assert [look_again(installation), look_again(installation)] == [1, 0]
    assert volunteer_of(installation.database, ana).problem is Problem.CAME_BACK
    assert volunteer_of(installation.database, bo).problem is None
    assert dovecot.flags() == before
    assert b"Seen" not in b"".join(before)
    dovecot.put(UNKNOWN(original_of(bo)))
    assert look_again(installation) == 1
    assert volunteer_of(installation.database, bo).problem is Problem.CAME_BACK


def test_reports_are_moved_where_that_was_chosen_and_nothing_else_is(
    installation: Installation, listed: int, dovecot: Dovecot
):
    ana, _ = invited(installation, listed)
    dovecot.create("Read")
    dovecot.put(ORDINARY, UNKNOWN(original_of(ana)))
    enter(installation, listed, dovecot, move_to="Read")
    assert look_again(installation) == 1
    assert (len(dovecot.flags()), len(dovecot.flags("Read"))) == (1, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"password": "wrong"}, imap.REFUSED), ({"folder": "Nowhere"}, imap.NO_FOLDER)],
)
def test_what_is_wrong_is_said(
    installation: Installation, listed: int, dovecot: Dovecot, change: dict[str, str], reason: str
):
    invited(installation, listed)
    enter(installation, listed, dovecot, **change)
    assert look_again(installation) == 0
    assert stored(installation).trouble == reason


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    installation: Installation,
    listed: int,
    dovecot: Dovecot,
    security: Security,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.delenv("SSL_CERT_FILE")
    invited(installation, listed)
    enter(installation, listed, dovecot, security)
    before = dovecot.sign_ins()
    assert look_again(installation) == 0
    assert stored(installation).trouble == imap.NO_SERVER
    assert dovecot.sign_ins() == before > 0
