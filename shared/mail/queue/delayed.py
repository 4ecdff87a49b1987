"""Whose mail servers refuse for now, and who has been waiting long for it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.mail.transport.quoted_addresses import codes_of
from shared.storage.database import database_time
from shared.storage.models import Event, Mail
from shared.storage.models.message import TRIED_AGAIN
from shared.storage.traits import literal_sql

_LONG = timedelta(hours=4)


@dataclass(frozen=True)
class Delayed:
    """`count` mails were refused for now, and are tried again by themselves.

    `said` is the last answer to the one that has waited longest; it may repeat addresses.
    """

    count: int
    said: str

    def reason(self, *, sees_addresses: bool) -> str:
        """The answer, or only its codes for somebody who may see no addresses."""
        return self.said if sees_addresses else codes_of(self.said)


def delayed(session: Session, event: Event, longer_than: timedelta = _LONG) -> Delayed | None:
    """The mails that were first tried more than four hours ago, or `longer_than` some other time;
    None if there are none."""
    long = [
        Mail.event_id == event.id,
        literal_sql(TRIED_AGAIN),
        Mail.waits_since < database_time(session) - longer_than,
    ]
    count = session.scalars(select(func.count()).where(*long)).one()
    if not count:
        return None
    first = select(Mail).where(*long).order_by(Mail.waits_since).limit(1)
    mail = session.scalars(first).one()
    return Delayed(count, f"{mail.code or ''} {mail.answer}".strip())
