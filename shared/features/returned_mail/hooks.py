"""The hooks of returned mail."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from shared.features.returned_mail import evidence, looking, mailbox, settling, troubles
from shared.features.returned_mail.models import (
    IMAP,
    BounceMailbox,
    mailbox_with,
    webhook_with,
)
from shared.features.returned_mail.webhooks.entering import webhook_of
from shared.features.returned_mail.webhooks.services import marks
from shared.mail.transport.transports import kind_of
from shared.storage.hooks import Hooks
from shared.storage.models import Event, SendingAccount


def _read_inbox(session: Session, event: Event) -> None:
    if event.account and kind_of(event.account.transport).inbox:
        mailbox.read_inbox(session, event)


def _marks(account: SendingAccount, message_id: str) -> Iterable[tuple[str, str]]:
    return marks(webhook_with(account), message_id).items()


def _read_at(account: SendingAccount) -> str | None:
    row = mailbox_with(account)
    return row.username if row and not row.trouble else None


def _transport_changed(session: Session, account: SendingAccount) -> None:
    """Stop reading an inbox that was opened by the account's sign-in at the provider before."""
    own = BounceMailbox.account_id == account.id, BounceMailbox.way != IMAP
    session.execute(delete(BounceMailbox).where(*own))


def _accounts_joined(session: Session, kept: SendingAccount, account: SendingAccount) -> None:
    """Let both use a mailbox, or a webhook, that only one of them has."""
    own, told_by = mailbox.mailbox_of(session, account), webhook_of(session, account)
    if own and not mailbox.mailbox_of(session, kept):
        own.account_id = kept.id
    if told_by and not webhook_of(session, kept):
        told_by.account_id = kept.id


HOOKS = Hooks(
    clock_set_back=looking.bring_back,
    signed_in=_read_inbox,
    transport_changed=_transport_changed,
    accounts_joined=_accounts_joined,
    mails_forgotten=settling.forget_reports,
    returned=settling.reports_about,
    evidence=evidence.is_known,
    evidence_wanted=evidence.want,
    marks=_marks,
    read_at=_read_at,
    departure_checked=evidence.check_departure,
    gauges=troubles.gauges,
    troubles=troubles.troubles,
)
