"""Mails that were sent for real, so that reports about them can come."""

from shared.events.installation import Installation
from shared.mail.queue.attempts import Claimed
from tests.support import factories
from tests.support.bounce_reports import Original
from tests.support.sending_steps import SENT, add_account, begin, claim, settle


def invited(installation: Installation, event_id: int) -> list[Claimed]:
    """Invitations to everybody on the list, which the server of a live account took."""
    database = installation.database
    add_account(database, event_id)
    factories.invite(installation, event_id)
    return sent(installation)


def sent(installation: Installation) -> list[Claimed]:
    """What is due, taken by the server."""
    tries = claim(installation.database)
    for task in tries:
        begin(installation.database, task)
        settle(installation.database, task, SENT)
    return sorted(tries, key=lambda task: task.mail_id)


def original_of(task: Claimed) -> Original:
    return Original(task.message_id, task.address)
