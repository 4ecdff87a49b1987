"""A mail account where nobody listens."""

from shared import events
from shared.acts import go_live
from shared.events.installation import Installation
from shared.mail.accounts import sending_account
from shared.storage.models import Security
from tests.support.console_server import free_port


def give_account(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        sending_account.set_account(
            session,
            installation.seal,
            event,
            username="thanks@example.org",
            server_address="127.0.0.1",
            smtp_port=free_port(),
            security=Security.NONE,
            skip_auth=True,
            reach=installation.settings.organizers_reach,
        )
        go_live.go_live(session, event)
