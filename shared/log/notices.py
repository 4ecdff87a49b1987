"""What the console tells an organizer: that others changed permissions, or the mail account.

Read from the log, starting where this organizer last dismissed it.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from shared.log import audit
from shared.log.actor import Actor
from shared.log.audit_log import Wanted, page, place_of
from shared.storage.models import AccessKey, Action, AuditEntry, Event
from shared.storage.models.audit_entry import NOTICED
from shared.storage.traits import literal_sql

MOST = 5


def unread(session: Session, event: Event, reader: Actor) -> list[AuditEntry]:
    """The newest acts of others on the event or the installation, at most `MOST`."""
    wanted = Wanted(event=event, who=reader, action=Action.NOTICES_READ)
    if seen := page(session, wanted, size=1):
        since = seen[0].at
    else:  # They never dismissed the notices: since they began to work on the event.
        joined = select(AccessKey.created_at).where(AccessKey.id == reader.key_id)
        since = session.scalar(joined) or event.created_at
    found = [
        entry
        for about in (AuditEntry.event_id == event.id, AuditEntry.event_id.is_(None))
        for entry in session.scalars(_newest(about, since, reader))
    ]
    return sorted(found, key=place_of, reverse=True)[:MOST]


def _newest(about: ColumnElement[bool], since: datetime, reader: Actor) -> Select[AuditEntry]:
    of_others = or_(
        AuditEntry.by_key_id.is_distinct_from(reader.key_id),
        AuditEntry.by_role.is_distinct_from(reader.role),
    )
    found = select(AuditEntry).where(about, literal_sql(NOTICED), AuditEntry.at > since, of_others)
    if reader.key_id is not None:
        # That somebody joined is no news to that person.
        found = found.where(AuditEntry.key_id.is_distinct_from(reader.key_id))
    return found.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(MOST)


def dismiss(session: Session, event: Event) -> None:
    """Note that the actor of `session` has seen everything up to now."""
    audit.record(session, Action.NOTICES_READ, event.id)
