"""What lists have changed lately: kept for a few days, so that it can be undone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Select, Table, delete, func, select, update
from sqlalchemy.orm import Session

from shared.storage.database import Database, database_time
from shared.storage.many_values import add_rows, among
from shared.storage.models import (
    Attempt,
    Certificate,
    Event,
    ListChange,
    ListImport,
    Mail,
    MailState,
    Volunteer,
)
from shared.storage.models.certificate import STANDING
from shared.storage.sealing.secret_values import ListedValues, seal_before
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import literal_sql
from shared.storage.turns import write_in_turns
from shared.volunteers.people.listed_values import left_as

KEPT_FOR = timedelta(days=7)


def begin_import(session: Session, event: Event, reading: str) -> ListImport:
    """A list is about to change the event's."""
    begun = ListImport(event_id=event.id, at=database_time(session), reading=reading)
    begun.added = begun.updated = 0
    session.add(begun)
    session.flush()
    return begun


def note_added(
    session: Session, seal: Seal, import_id: int, rows: Mapping[int, Mapping[str, Any]]
) -> None:
    """These rows were added, by their ids."""
    noted = [{"volunteer_id": id, "left_as": left_as(seal, row)} for id, row in rows.items()]
    _note(session, import_id, ListImport.added, noted)


def note_updated(
    session: Session,
    seal: Seal,
    import_id: int,
    before: Mapping[Volunteer, ListedValues],
    overtaken: Mapping[int, int],
) -> None:
    """These people were changed; this is what stood there before.

    `overtaken`: the certificates that would be others now, by the ids of their people.
    """
    ids = [one.id for one in before]
    # What an earlier list made different about a certificate was found anew.
    earlier = update(ListChange).where(among(ListChange.volunteer_id, ids))
    session.execute(
        earlier.values(certificate_id=None).execution_options(synchronize_session=False)
    )
    noted = [
        {
            "volunteer_id": one.id,
            "left_as": left_as(seal, one),
            "sealed_before": seal_before(seal, one.id, values),
            "certificate_id": overtaken.get(one.id),
        }
        for one, values in before.items()
    ]
    _note(session, import_id, ListImport.updated, noted)


def _note(session: Session, import_id: int, counted: Any, noted: list[dict[str, Any]]) -> None:
    rows = [{"import_id": import_id} | one for one in noted]
    add_rows(session.connection(), cast(Table, ListChange.__table__), rows)
    more = update(ListImport).where(ListImport.id == import_id)
    more = more.values({counted: counted + len(rows)})
    session.execute(more.execution_options(synchronize_session=False))


def readings_replaced(session: Session, import_id: int, people: Collection[int]) -> set[str]:
    """How other lists were read that brought or changed these people."""
    theirs = select(ListImport.reading).join(ListChange, ListChange.import_id == ListImport.id)
    theirs = theirs.where(among(ListChange.volunteer_id, list(people)), ListImport.id != import_id)
    return set(session.scalars(theirs.distinct())) - {""}


def imports_of(session: Session, event: Event, most: int) -> Sequence[ListImport]:
    """The lists that can still be undone, newest first."""
    recent = select(ListImport).where(
        ListImport.event_id == event.id, ListImport.at > database_time(session) - KEPT_FOR
    )
    return session.scalars(recent.order_by(ListImport.id.desc()).limit(most)).all()


def with_overtaken_certificate(import_id: int) -> Select[int]:
    """The ids of people whose valid certificate would be another one since this list."""
    return (
        select(ListChange.volunteer_id)
        .join(Certificate, Certificate.id == ListChange.certificate_id)
        .where(ListChange.import_id == import_id, literal_sql(STANDING))
        .order_by(ListChange.volunteer_id)
    )


def written_to_since(session: Session, at: datetime, people: Collection[int]) -> set[int]:
    """To whom of these a mail may have gone, or for whom a certificate was made, since this
    time."""
    theirs = select(Mail).where(among(Mail.volunteer_id, list(people)), Mail.tries > 0)
    mails = session.scalars(theirs).all()
    lately = {one.id for one in mails if max(one.created_at, one.sent_at or at) > at}
    unknown = [one.id for one in mails if one.state in (MailState.SENDING, MailState.UNSURE)]
    if unknown:
        tried = select(Attempt.mail_id).where(among(Attempt.mail_id, unknown), Attempt.at >= at)
        lately.update(session.scalars(tried))
    issued = select(Certificate.volunteer_id)
    issued = issued.where(
        among(Certificate.volunteer_id, list(people)), Certificate.created_at >= at
    )
    mailed = {one.volunteer_id for one in mails if one.id in lately and one.volunteer_id}
    return {*mailed, *session.scalars(issued)}


def kept_until(session: Session, volunteer_id: int) -> datetime | None:
    """Until when something is kept of what lists changed about somebody; None: nothing is."""
    newest = select(func.max(ListImport.at)).join(ListChange, ListChange.import_id == ListImport.id)
    theirs = ListChange.volunteer_id == volunteer_id, ListChange.sealed_before.is_not(None)
    at = session.scalar(newest.where(*theirs))
    return at + KEPT_FOR if at else None


def forget_changes(session: Session, people: Collection[int]) -> None:
    """Nothing about these people can be undone any more."""
    session.execute(delete(ListChange).where(among(ListChange.volunteer_id, list(people))))


def forget_old_imports(database: Database) -> int:
    """Forget lists whose time is over, in turns; returns how many changes went with them."""
    with database.reading() as session:
        old = ListImport.at <= database_time(session) - KEPT_FOR
        ids = session.scalars(select(ListImport.id).where(old)).all()
    return forget_imports(database, ids) if ids else 0


def forget_imports(database: Database, ids: Sequence[int]) -> int:
    """Nothing about these lists can be undone any more; returns how many changes went."""
    with database.reading() as session:
        theirs = select(ListChange.id).where(ListChange.import_id.in_(ids))
        changes = session.scalars(theirs).all()

    def delete_some(session: Session, some: Sequence[int]) -> int:
        session.execute(delete(ListChange).where(ListChange.id.in_(some)))
        return len(some)

    count = write_in_turns(database, changes, delete_some)
    with database.writing() as session:
        session.execute(delete(ListImport).where(ListImport.id.in_(ids)))
    return count
