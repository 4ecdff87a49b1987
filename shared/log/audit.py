"""The log of who did what: every change by a person, every export, every view of links.

To write an entry, open the transaction with `database.writing(by=actor)` and call, in the function
that makes the change,

    audit.record(session, Action.KEY_REVOKED, event.id, key_id=person.id)

Nothing else is needed: `by` says who did it, in which role, with which key and from which network.
It is None if the program did it, or a volunteer (then pass `volunteer_id` to `record`). When
columns of a row were set, `record_change` finds their names; call it before anything is flushed.
Work in turns takes `by` and calls `begin` before the first turn; `refusals` records refusals. A new
kind of act gets a member in `Action` and a text in `console/widgets/actions.py`.

Entries are never changed. Only retention deletes them (`privacy`).
"""

from collections.abc import Iterable

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from shared.log.actor import Actor
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
    """Record an act of this transaction, done by the actor for whom `session` writes.

    `network` is for acts whose actor is unknown. `fields` are the program's names (columns, kinds
    of message, formats), never what a person entered, so that the log names nobody who was erased.
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
    """Record the columns of `row` that differ from what is stored, if any, and flush them."""
    if changed := changed_fields(row):
        record(session, action, event_id, volunteer_id=volunteer_id, fields=changed)
        session.flush()


def changed_fields(row: Base) -> list[str]:
    """The names of the columns whose values changed and are not flushed yet."""
    state = inspect(row)
    return [
        column.key
        for column in state.mapper.column_attrs
        if state.attrs[column.key].history.has_changes()
    ]
