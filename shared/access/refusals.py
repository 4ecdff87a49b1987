"""Refusals in the log: an expired or foreign key, a role too low.

Somebody who is refused can try again endlessly, so the log takes the same refusal once a minute,
and only a limited number of one kind.
"""

from datetime import timedelta

from sqlalchemy import select

from shared.access import keys
from shared.access.roles import Permission
from shared.budgets import LOGGED_REFUSALS
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import AccessKey, Action, AuditEntry, now
from shared.storage.sealing.tokens import token_hash

WITHIN = timedelta(seconds=LOGGED_REFUSALS.seconds)


def note_key(database: Database, key: str, network: str) -> None:
    """Record that `key` was revoked, has expired, or belongs to another installation.

    Text that is not a complete key is a slip or a guess, and is not recorded.
    """
    if not keys.is_whole_key(key):
        return
    with database.reading() as session:
        of_key = select(AccessKey).where(AccessKey.key_hash == token_hash(key))
        found = session.scalar(of_key)
    who = Actor(found.id, found.role, found.name, network) if found else None
    event_id = found.event_id if found else None
    note(database, Action.KEY_REFUSED, event_id, who, network=network)


def note_role(database: Database, who: Actor, event_id: int | None, *needed: Permission) -> None:
    """Record that somebody's role lacks the permissions that were needed."""
    note(database, Action.ROLE_REFUSED, event_id, who, *needed, network=who.network)


def note(
    database: Database,
    action: Action,
    event_id: int | None,
    who: Actor | None,
    *fields: str,
    network: str,
) -> None:
    """Record a refusal, unless the same one was recorded within the last minute.

    `who` is None for somebody unknown; then only their `network` is recorded.
    """
    with database.reading() as session:
        lately = (
            select(AuditEntry.by_key_id, AuditEntry.network)
            .where(
                AuditEntry.event_id == event_id,
                AuditEntry.action == action,
                AuditEntry.at > now() - WITHIN,
            )
            .limit(LOGGED_REFUSALS.most)
        )
        found = [tuple(row) for row in session.execute(lately)]
        is_known = (
            len(found) == LOGGED_REFUSALS.most or (who.key_id if who else None, network) in found
        )
        if is_known:
            return
    with database.writing(by=who) as session:
        audit.record(session, action, event_id, network=network, fields=fields)
