"""An account as a transport gets it, with what opens it."""

from dataclasses import replace

from shared.events.installation import Installation
from shared.mail.accounts.credentials import show_password
from shared.mail.tokens.access import AccountToken
from shared.mail.tokens.registration import graph_address
from shared.mail.transport.account import Account
from shared.storage.models import SendingAccount


def opened_account(
    installation: Installation, row: SendingAccount, sender: str, timeout: float
) -> Account:
    """`row` as it was read; `sender` is an event's own address, or empty.

    That its server is shown a password is committed before. A token is asked for by whoever shows
    it. Raises AccountChanged and SettingRefused, see `show_password`.
    """
    account = Account.of(
        row,
        sender,
        show_password(installation.database, installation.seal, row),
        installation.settings.organizers_reach,
        timeout,
        AccountToken(installation, row.id),
    )
    return replace(account, service_url=graph_address(installation.settings))
