"""An account as given to a transport, with its credentials."""

from dataclasses import replace

from shared.events.installation import Installation
from shared.mail.accounts.credentials import show_password
from shared.mail.tokens.access import AccountToken
from shared.mail.transport.protocol import Account
from shared.mail.transport.transports import kind_of
from shared.storage.models import SendingAccount


def opened_account(
    installation: Installation, row: SendingAccount, sender: str, timeout: float
) -> Account:
    """`row` was read before; `sender` is an event's own address, or empty.

    Before, it is committed that the server is shown a password. The transport itself asks for a
    token. Raises AccountChanged and SettingRefused, see `show_password`.
    """
    account = Account.of(
        row,
        sender,
        show_password(installation.database, installation.seal, row),
        installation.settings.organizers_reach,
        timeout,
        AccountToken(installation, row.id),
    )
    settings, service = installation.settings, kind_of(row.transport).service
    url = service.url(settings) if service else ""
    return replace(account, dot_timeout=settings.mail_dot_timeout, service_url=url)
