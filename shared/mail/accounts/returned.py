"""How an account learns of mails that came back after a server had accepted them."""

from shared.storage.models import SendingAccount

# To so many people a list may go of which nobody knows what comes back.
UNWATCHED = 200


def learns_of_returned(account: SendingAccount) -> bool:
    """Whether anything tells the account of returned mail: a mailbox that is read for it, or a
    webhook that its provider has called.

    A look that failed is repeated, so it does not count against the mailbox.
    """
    webhook = account.webhook
    return account.mailbox is not None or (webhook is not None and webhook.heard_at is not None)
