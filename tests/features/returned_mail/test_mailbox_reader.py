"""The worker reads mailboxes by itself."""

from pathlib import Path

import pytest

from shared.events.installation import Installation
from shared.features.returned_mail.mailbox import MailboxChange, set_mailbox
from shared.storage.models import Event, Problem, Security
from tests.support.bounce_reports import Dsn
from tests.support.imap_server import ImapServer, trust
from tests.support.mailing import wait_until, working
from tests.support.reported import invited, original_of
from tests.support.sending_steps import volunteer_of


def test_a_running_worker_finds_what_comes_back(
    installation: Installation, listed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    installation.settings.mailbox_interval = 1
    ana, _ = invited(installation, listed)
    with ImapServer() as server:
        trust(server, tmp_path, monkeypatch)
        place = MailboxChange(
            "127.0.0.1", server.port, Security.TLS, server.user, server.password
        )  # fmt: skip
        with installation.database.writing() as session:
            event = session.get_one(Event, listed)
            reach = installation.settings.organizers_reach
            set_mailbox(session, installation.seal, event, place, reach)
        server.put(Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")(original_of(ana)))
        with working(installation):
            wait_until(lambda: volunteer_of(installation.database, ana).problem is not None)
    assert volunteer_of(installation.database, ana).problem is Problem.CAME_BACK
