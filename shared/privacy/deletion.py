"""Deleting an event: it disappears for everybody at once, then from the database in turns.

Every look-up of an event, by token, link or number, asks `ALIVE`. The log stays. Images and fonts
are shared by their SHA-256, so those that other events use stay.
"""

import logging
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
    delete,
    exists,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.certificates.designs.designs import pictures_of
from shared.certificates.issuing import record_links, states
from shared.errors import ProductError
from shared.events.installation import first_event_id
from shared.language import N_
from shared.log import audit
from shared.mail.accounts.own import own_event
from shared.mail.accounts.sending_account import leave_account
from shared.mail.queue import transitions
from shared.rendering.text.own_fonts import drop_cached_font
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.many_values import among
from shared.storage.models import (
    ALIVE,
    Action,
    Attempt,
    Base,
    Certificate,
    Design,
    Event,
    EventFont,
    FontFile,
    Mail,
    MailState,
    Owner,
    Picture,
    Sending,
    VectorPage,
)
from shared.storage.models.message import OPEN
from shared.storage.turns import write_in_turns

log = logging.getLogger(__name__)

Keys = Sequence[Sequence[Any]]
_EVENT = Base.metadata.tables[Event.__tablename__]
_OTHER_NAME = N_("Nothing was deleted, because the name does not match. Type it as shown.")
_IN_USE = N_(
    "Programs that name no event use this one. First choose another event for them, then delete it."
)
# Designs that are removed in one transaction.
_PART = 20


def delete_event(
    session: Session, event: Event, typed_name: str, *, withdraws: bool = False
) -> None:
    """Mark the event, which is locked, as deleted: nothing opens it, and it sends no more mail.

    With `withdraws` its certificates no longer count; otherwise those handed out stay valid. That
    they were issued stays known, and so do their status lists.

    Raises ProductError if `typed_name` is not the event's name, and what `check_deletable` does.
    """
    if " ".join(typed_name.split()) != event.name:
        raise ProductError(_OTHER_NAME)
    session.get_one(Owner, 1, with_for_update=True, populate_existing=True)
    check_deletable(session, event)
    leave_account(session, event)
    event.sending = Sending.STOPPED
    # Ends the pages that show a sample of the event.
    event.design = None
    event.deleted_at = database_time(session)
    event.certificates_withdrawn = withdraws
    hooks.features().event_deleted(session, event, withdraws)
    fields = ["certificates_withdrawn"] if withdraws else []
    audit.record(session, Action.EVENT_DELETED, event.id, fields=fields)


def check_deletable(session: Session, event: Event) -> None:
    """Raise ProductError for the default event, and for the installation's own."""
    if event.is_own or first_event_id(session) == event.id:
        raise ProductError(_IN_USE)


def remove_deleted(database: Database) -> int:
    """Remove the rows and files of deleted events, in turns; return how many events are gone.

    The next call continues after an interruption. An event waits while one of its messages is being
    sent.
    """
    with database.reading() as session:
        deleted = session.scalars(select(Event.id).where(~ALIVE)).all()
    return sum(_remove(database, event_id) for event_id in deleted)


def remove_record_links(database: Database) -> int:
    """Remove mails whose links to records expired long ago, sent or not; return how many."""
    with database.reading() as session:
        own = own_event(session)
        if own is None:
            return 0
        cut = database_time(session) - 2 * record_links.LASTS
        old = Mail.event_id == own.id, Mail.created_at < cut
        if not session.scalar(select(exists().where(*old))):
            return 0
    with database.writing() as session:
        transitions.taken_back(session, *old)
        keys = session.execute(select(Mail.id).where(*old, ~OPEN)).all()
        remove_rows(session.connection(), Base.metadata.tables[Mail.__tablename__], keys)
    return len(keys)


def _remove(database: Database, event_id: int) -> bool:
    """Remove the event; return False if it has to wait for the next call."""
    with database.reading() as session:
        is_mail_under_way = exists().where(
            Mail.event_id == event_id,
            OPEN,
            Mail.state == MailState.SENDING,
            Mail.due_at > database_time(session),
        )
        if session.scalar(select(is_mail_under_way)):
            return False
    _keep_what_stays(database, event_id)
    for table, column in _tables_of_events():
        with database.reading() as session:
            its_own = select(*table.primary_key.columns).where(column == event_id)
            keys = session.execute(its_own).all()

        def remove_some(session: Session, part: Keys, table: Table = table) -> int:
            # One worker at a time: several would deadlock on each other's rows.
            session.execute(select(_EVENT.c.id).where(_EVENT.c.id == event_id).with_for_update())
            remove_rows(session.connection(), table, part)
            return len(part)

        write_in_turns(database, keys, remove_some)
    forget_designs(database, event_id)
    _forget_fonts(database, event_id)
    try:
        with database.writing() as session:
            session.execute(delete(_EVENT).where(_EVENT.c.id == event_id))
    except IntegrityError:
        # Something was added since, which the next call removes.
        return False
    log.info("event %d is removed", event_id)
    return True


def _keep_what_stays(database: Database, event_id: int) -> None:
    """Store what verification still needs: the states of the certificates, before their rows go,
    and what features keep."""
    of_event = Certificate.event_id == event_id
    with database.reading() as session:
        ids = session.scalars(select(Certificate.id).where(of_event)).all()

    def keep_some(session: Session, part: Sequence[int]) -> int:
        session.execute(select(_EVENT.c.id).where(_EVENT.c.id == event_id).with_for_update())
        states.keep(session, among(Certificate.id, part))
        return len(part)

    write_in_turns(database, ids, keep_some)
    hooks.features().event_removed(database, event_id)


def remove_rows(connection: Connection, table: Table, keys: Keys) -> None:
    """Remove the rows with these primary keys, after all that refers to them."""
    if not keys:
        return
    if table is Attempt.__table__:
        # Shows a process that misses an attempt that the database once had it.
        last = max(id for (id,) in keys)
        behind = update(Owner).where(Owner.removed_attempt < last)
        connection.execute(behind.values(removed_attempt=last))
    for other in Base.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table is table and other is not _EVENT:
                its_own = among(key.parent, [key[0] for key in keys])
                theirs = select(*other.primary_key.columns).where(its_own)
                remove_rows(connection, other, connection.execute(theirs).all())
    columns = list(table.primary_key.columns)
    if len(columns) == 1:
        these: ColumnElement[bool] = among(columns[0], [key[0] for key in keys])
    else:
        these = tuple_(*columns).in_([tuple(key) for key in keys])
    connection.execute(delete(table).where(these))


def _tables_of_events() -> tuple[tuple[Table, Column[Any]], ...]:
    """Return the tables that refer to events, with that column, referring tables first.

    Designs and fonts are left out, since other events may use their files.
    """
    apart = ("design", "event_font", Event.__tablename__, Owner.__tablename__)
    return tuple(
        (table, next(key.parent for key in table.foreign_keys if key.column.table is _EVENT))
        for table in reversed(Base.metadata.sorted_tables)
        if table.name not in apart and any(key.column.table is _EVENT for key in table.foreign_keys)
    )


def forget_designs(database: Database, event_id: int) -> None:
    """Remove the event's designs, with their images and pages that no other design shows."""
    with database.writing() as session:
        session.execute(update(Event).where(Event.id == event_id).values(design_id=None))
        ids = session.scalars(select(Design.id).where(Design.event_id == event_id)).all()
    for start in range(0, len(ids), _PART):
        # In one transaction, so that no image is left without a design.
        with database.writing() as session:
            some = Design.id.in_(ids[start : start + _PART])
            designs = session.scalars(select(Design).where(some)).all()
            session.execute(delete(Design).where(some))
            shown = {sha256 for design in designs for sha256 in pictures_of(design)}
            for sha256 in sorted(shown):
                in_layout = cast(Design.layout, Text).contains(sha256, autoescape=True)
                used = exists().where(or_(Design.template_sha256 == sha256, in_layout))
                session.execute(delete(Picture).where(Picture.sha256 == sha256, ~used))
            for sha256 in sorted(filter(None, {design.vector_sha256 for design in designs})):
                used = exists().where(Design.vector_sha256 == sha256)
                session.execute(delete(VectorPage).where(VectorPage.sha256 == sha256, ~used))


def _forget_fonts(database: Database, event_id: int) -> None:
    """Remove the fonts that only this event uploaded, also from this machine's disk."""
    with database.writing() as session:
        its_own = select(EventFont.sha256).where(EventFont.event_id == event_id)
        brought = session.scalars(its_own).all()
        session.execute(delete(EventFont).where(EventFont.event_id == event_id))
        used = set(session.scalars(select(EventFont.sha256).where(EventFont.sha256.in_(brought))))
        gone = [sha256 for sha256 in brought if sha256 not in used]
        session.execute(delete(FontFile).where(FontFile.sha256.in_(gone)))
    for sha256 in gone:
        drop_cached_font(sha256)
