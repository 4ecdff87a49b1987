"""The mailbox that an account has at its provider: read by default, with what opens the account.

Only at a provider in the table of presets, over TLS, and once its mail server has accepted the same
password: no other server is shown it.
"""

import logging
from contextlib import closing, suppress
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import EventUnknown, MailboxTrouble, SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.features.returned_mail.imap import ImapInbox
from shared.features.returned_mail.mailbox import (
    MailboxChange,
    known_mailbox,
    mailbox_of,
    set_mailbox,
)
from shared.features.returned_mail.models import mailbox_binding_of
from shared.findings import Finding, Level
from shared.language import N_
from shared.log.actor import Actor
from shared.mail.accounts.signing_in import sign_in_of
from shared.mail.transport.watchdog import watchdog
from shared.storage.models import ALIVE, Event, SendingAccount
from shared.storage.sealing.passwords import open_password

log = logging.getLogger(__name__)

# For each answer, and for the whole, while a person looks at a spinner.
_SECONDS, _WHOLE_SECONDS = 5.0, 10.0


def read_own_mailbox(
    installation: Installation, event_id: int, by: Actor | None = None
) -> Finding | None:
    """Read returned mail from now on in the own mailbox of the event's account, if it opens.

    Asks the provider for some seconds. None if there is nothing to try: the provider is not known,
    its mail server has not accepted the account, another mailbox is read, or a person wants none.
    """
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        account, place = event.account, _to_try(session, event.account)
        if account:
            account.mailbox_due = False
    if account is None or place is None:
        return None
    subject, details = N_("Bounced mail"), {"host": place.host}
    try:
        password = open_password(installation.seal, account) if account.sealed_password else None
        _try_out(installation, account, place, password)
    except (MailboxTrouble, SettingRefused) as trouble:
        details["reason"] = str(trouble.details["reason"])
        log.warning("account %d: its mailbox is not read: %s", account.id, details["reason"])
        return Finding(Level.AMBER, subject, _NOT_READ, details)
    with installation.database.writing(by=by) as session:
        event = event_for_change(session, event_id)
        now = event.account
        is_same = now and (now.id, now.sealed_password) == (account.id, account.sealed_password)
        if not is_same or _to_try(session, now) != place:
            return None  # Somebody entered something else in the meantime.
        reach = installation.settings.organizers_reach
        set_mailbox(session, installation.seal, event, replace(place, password=password), reach)
    return Finding(Level.GREEN, subject, _READ, details)


_READ = N_(
    "Bounced mail is now read in this account's mailbox at {host}, with the same "
    "sign-in. You can switch it off below."
)
_NOT_READ = N_(
    "Bounced mail is not read, because this account's mailbox at {host} did not open. {reason}"
)


def read_due(installation: Installation) -> None:
    """Read the own mailbox of each account that a server has accepted since a password was entered,
    once."""
    due = select(Event).join(Event.account).where(SendingAccount.mailbox_due, ALIVE)
    with installation.database.reading() as session:
        events = {
            event.account_id: event.id
            for event in session.scalars(due.order_by(Event.id))
            if event.account and _is_accepted(session, event.account)
        }
    for event_id in events.values():
        with suppress(EventUnknown):
            read_own_mailbox(installation, event_id)


def _to_try(session: Session, account: SendingAccount | None) -> MailboxChange | None:
    if account is None or account.mailbox_declined or mailbox_of(session, account):
        return None
    return known_mailbox(account) if _is_accepted(session, account) else None


def _is_accepted(session: Session, account: SendingAccount) -> bool:
    if account.by_token:
        sign_in = sign_in_of(session, account.id)
        return sign_in is not None and sign_in.signed_in_at is not None
    return account.signed_in and account.sealed_password is not None


def _try_out(
    installation: Installation, account: SendingAccount, place: MailboxChange, password: str | None
) -> None:
    """Open the mailbox as a look will. Raises MailboxTrouble."""
    row = place.as_row()
    row.account_id = account.id
    if password is not None:
        row.sealed_password = installation.seal.seal_bound(password, mailbox_binding_of(row))
    inbox = ImapInbox(installation, row, _SECONDS)
    with watchdog().watching(inbox, _WHOLE_SECONDS), closing(inbox):
        inbox.try_out()
