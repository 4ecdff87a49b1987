"""Checking a mail account: its server is asked as for a mail, with the account's credentials."""

from contextlib import closing

from shared.errors import AccountChanged, SettingRefused
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.accounts import looks
from shared.mail.accounts.credentials import opened_account
from shared.mail.accounts.sharing import note_sign_in
from shared.mail.transport.transports import open_transport
from shared.storage.models import Event

# How long an answer is waited for, while a person looks at a spinner.
SIGN_IN_SECONDS = 10.0


def try_stored_account(installation: Installation, event: Event) -> list[Finding]:
    """What the server says about the sign-in and the sender; it accepts both unless a finding
    stops.

    `event` was read before, with its account. Asks the server for some seconds, without an open
    transaction.
    """
    subject, row = N_("Mail account"), event.account
    assert row is not None
    try:
        account = opened_account(installation, row, event.from_address, SIGN_IN_SECONDS)
    except SettingRefused:
        return [Finding(Level.RED, subject, _SEALED_BY_ANOTHER_KEY, stops=True)]
    except AccountChanged as changed:
        return [Finding(Level.RED, subject, changed.message, stops=True)]
    try:
        with closing(open_transport(account)) as transport:
            found = transport.check()
    except SettingRefused as refusal:
        return [Finding(Level.RED, subject, refusal.message, refusal.details, stops=True)]
    if any(finding.stops for finding in found):
        return found
    with installation.database.writing() as session:
        note_sign_in(session, row)
        is_proven = looks.last_left(session, row) is not None
    return [finding for finding in found if not (finding.needs_mail and is_proven)]


_SEALED_BY_ANOTHER_KEY = N_(
    "No key in SECRET_KEYS opens the stored password: put the old key back, or enter the password "
    "of the mail account again."
)
