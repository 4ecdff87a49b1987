"""What the core tells returned mail, and asks it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from shared.features.returned_mail import evidence, looking, mailbox, troubles
from shared.features.returned_mail.webhooks.services import marks
from shared.mail.transport.transports import kind_of
from shared.storage.hooks import Hooks
from shared.storage.models import Event, SendingAccount


def _read_inbox(session: Session, event: Event) -> None:
    if event.account and kind_of(event.account.transport).inbox:
        mailbox.read_inbox(session, event)


def _marks(account: SendingAccount, message_id: str) -> Iterable[tuple[str, str]]:
    return marks(account.webhook, message_id).items()


def _read_at(account: SendingAccount) -> str | None:
    row = account.mailbox
    return row.username if row and not row.trouble else None


HOOKS = Hooks(
    clock_set_back=looking.bring_back,
    signed_in=_read_inbox,
    evidence=evidence.is_known,
    evidence_wanted=evidence.want,
    marks=_marks,
    read_at=_read_at,
    departure_checked=evidence.check_departure,
    troubles=troubles.troubles,
)
