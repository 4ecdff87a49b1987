"""What the log says about people's acts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session

from shared.storage.database import Database
from shared.storage.models import Action, AuditEntry, ConsoleDraft
from tests.support.acts_of_screens import acts_of_what_runs


def acts(database: Database) -> list[AuditEntry]:
    """What persons did once they had signed in, in the order in which they did it."""
    with database.reading() as session:
        found = select(AuditEntry).where(
            AuditEntry.by_role.is_not(None), AuditEntry.action != Action.SIGNED_IN
        )
        return list(session.scalars(found.order_by(AuditEntry.id)))


@contextmanager
def every_act_is_written_down() -> Iterator[None]:
    """Fails where something is committed for a person without an entry in the log."""
    listeners = {
        "after_flush": _note_flush,
        "do_orm_execute": _note_statement,
        "before_commit": _refuse_without_entry,
    }
    for name, listener in listeners.items():
        event.listen(Session, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners.items():
            event.remove(Session, name, listener)


def _note_flush(session: Session, _: object) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    # That a button was pressed is no act.
    new = [row for row in session.new if not isinstance(row, ConsoleDraft)]
    written = [*new, *changed, *session.deleted]
    session.info["has_written"] = session.info.get("has_written") or bool(written)
    entries = [row for row in session.new if isinstance(row, AuditEntry)]
    if entries:
        session.info["is_audited"] = True
        _compare_with_table({entry.action for entry in entries})


def _compare_with_table(actions: set[Action]) -> None:
    if found := acts_of_what_runs():
        place, named = found
        # Anything may be refused.
        others = {one for one in actions - named if not one.value.endswith("_refused")}
        assert not others, f"{place} did {others}"


def _note_statement(statement: ORMExecuteState) -> None:
    if statement.is_insert or statement.is_update or statement.is_delete:
        statement.session.info["has_written"] = True


def _refuse_without_entry(session: Session) -> None:
    info = session.info
    if info.get("actor") is None or session.in_nested_transaction():
        return
    session.flush()
    assert info.get("is_audited") or not info.get("has_written"), "no entry in the log"
