"""The log of who did what: every change by a person, every export, every look at links.

To write an entry, open the transaction with `database.writing(by=actor)` and call, in the function
that makes the change,

    audit.record(session, Action.KEY_REVOKED, event.id, key_id=person.id)

Nothing else is needed: who, as what, with which key and from which network is known from `by`;
where it is None, the program did it, or a volunteer (for whom `record` is given `volunteer_id`).
For a row of which some columns were set, `record_change` finds out their names; it is called before
anything is flushed. What takes turns is told `by`, and calls `begin` before the first one; what was
refused, `refusals` writes down. An act that there is no word for gets one in `Action`, and one in
`console/widgets/actions.py`.

Entries are never changed. Retention alone deletes them (`privacy`).
"""

from collections.abc import Iterable

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from shared.events.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action, AuditEntry, Base


def record(
    session: Session,
    action: Action,
    event_id: int | None,
    *,
    volunteer_id: int | None = None,
    key_id: int | None = None,
    count: int | None = None,
    fields: Iterable[str] = (),
    network: str = "",
) -> None:
    """Write down what is done in this transaction, by whoever `session` writes for.

    `network`: where nobody is known, but where they come from.
    `fields` are words of the program (columns, kinds of message, formats): never what a person
    has entered, so that the log betrays nobody who is erased.
    """
    by: Actor | None = session.info.get("actor")
    session.add(
        AuditEntry(
            event_id=event_id,
            action=action,
            by_key_id=by.key_id if by else None,
            by_role=by.role if by else None,
            by_name=by.name if by else "",
            network=by.network if by else network,
            volunteer_id=volunteer_id,
            key_id=key_id,
            count=count,
            fields=list(fields),
        )
    )


def record_change(
    session: Session, action: Action, event_id: int, row: Base, *, volunteer_id: int | None = None
) -> None:
    """Write down which columns of `row` differ from what is stored; nothing if none does.

    They are flushed, so that they count once.
    """
    if changed := changed_fields(row):
        record(session, action, event_id, volunteer_id=volunteer_id, fields=changed)
        session.flush()


def changed_fields(row: Base) -> list[str]:
    """The names of the columns that were set to something else and are not flushed yet."""
    state = inspect(row)
    return [
        column.key
        for column in state.mapper.column_attrs
        if state.attrs[column.key].history.has_changes()
    ]


def begin(
    database: Database,
    by: Actor | None,
    action: Action,
    event_id: int | None,
    count: int,
    *,
    fields: Iterable[str] = (),
) -> None:
    """Write down what is about to be done in turns, to so many; nothing if there are none.

    In a transaction of its own and before the first turn: whatever interrupts them, what was
    done is in the log.
    """
    if count:
        with database.writing(by=by) as session:
            record(session, action, event_id, count=count, fields=fields)
