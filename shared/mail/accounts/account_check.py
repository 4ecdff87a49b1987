"""Trying a mail account: its server is asked, with the stored password, as for a mail."""

from shared.destinations import Reach
from shared.errors import AccountChanged, SettingRefused
from shared.language import N_
from shared.mail.accounts.credentials import show_password
from shared.mail.accounts.sharing import note_sign_in
from shared.mail.transport.account import Account
from shared.mail.transport.findings import Finding, Level
from shared.mail.transport.transports import open_transport
from shared.storage.database import Database
from shared.storage.models import Event
from shared.storage.sealing.tokens import Seal

# Who answers in this time is waited for; a person looks at a spinner meanwhile.
SIGN_IN_SECONDS = 10.0


def try_stored_account(database: Database, seal: Seal, event: Event, reach: Reach) -> list[Finding]:
    """What the server says to the sign-in and the sender; it takes both unless a finding stops.

    `event` as it was read before, with its account; `reach` is the organizers'. Asks the server
    for some seconds, without a transaction meanwhile.
    """
    subject, row = N_("Mail account"), event.account
    assert row is not None
    try:
        password = show_password(database, seal, row)
    except SettingRefused:
        return [Finding(Level.RED, subject, _SEALED_BY_ANOTHER_KEY, stops=True)]
    except AccountChanged as changed:
        return [Finding(Level.RED, subject, changed.message, stops=True)]
    account = Account.of(row, event.from_address, password, reach, timeout=SIGN_IN_SECONDS)
    try:
        found = open_transport(account).check()
    except SettingRefused as refusal:
        return [Finding(Level.RED, subject, refusal.message, refusal.details, stops=True)]
    if not any(finding.stops for finding in found):
        with database.writing() as session:
            note_sign_in(session, row)
    return found


_SEALED_BY_ANOTHER_KEY = N_(
    "No key in SECRET_KEYS opens the stored password: put the old key back, or enter the password "
    "of the mail account again."
)
