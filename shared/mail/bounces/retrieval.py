"""A mail of ours, taken back from the mailbox that its reports would come to."""

from contextlib import closing

from shared.events.installation import Installation
from shared.mail.bounces.graph import GraphMailbox
from shared.mail.bounces.looking import imap_mailbox
from shared.mail.bounces.token_sign_in import sign_in_by_token
from shared.mail.tokens.access import AccountToken
from shared.mail.tokens.registration import graph_address
from shared.mail.transport.transports import BY_GRAPH, GRAPH_SHARED
from shared.storage.models import BounceMailbox, Mail


def source_of(
    installation: Installation, mailbox: BounceMailbox, mail: Mail, most: int
) -> bytes | None:
    """The source of a sent mail up to `most` bytes, as it arrived; None if it is not there.

    Asks the mail server: some seconds. Raises MailboxTrouble.
    """
    if mailbox.way in BY_GRAPH:
        with closing(graph_inbox(installation, mailbox)) as inbox:
            return inbox.source(mail.message_id, mail.created_at, most)
    reach = installation.settings.organizers_reach
    sign_in = sign_in_by_token(installation, mailbox)
    with imap_mailbox(installation.seal, mailbox, reach, sign_in) as opened:
        opened.open(mailbox.folder)
        return opened.source(mail.message_id, most)


def graph_inbox(installation: Installation, mailbox: BounceMailbox) -> GraphMailbox:
    """To be closed at the end."""
    token = AccountToken(installation, mailbox.account_id)
    shared = mailbox.username if mailbox.way == GRAPH_SHARED else ""
    return GraphMailbox(graph_address(installation.settings), token, shared)
