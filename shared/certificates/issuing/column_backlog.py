"""Updating people who were already on a list when the kind of a column was set.

Numbers and dates are counted, secrets are sealed or opened, on certificates as well. It runs in
turns from the newest person to the oldest, between which others can write; `ListColumn.backlog`
records the progress, so it continues after an interruption, and two programs share the work.
"""

import logging
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.certificates.designs.designs import layout_of
from shared.certificates.issuing import sums
from shared.certificates.issuing.outdated import Listed, note_outdated
from shared.errors import EventUnknown, SettingRefused
from shared.events import event_for_change
from shared.rendering.text.typesetting import masked_setting
from shared.storage import hooks
from shared.storage.database import Database
from shared.storage.models import Certificate, ColumnKind, ListColumn, Volunteer
from shared.storage.models.lists import CATCHING_UP
from shared.storage.sealing.secret_values import seal_value
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import literal_sql
from shared.storage.turns import Progress, turns, unseen
from shared.volunteers.lists.list_columns import READ_KINDS, count_values
from shared.volunteers.lists.masks import is_masked, masked
from shared.volunteers.people.list_changes import open_column, seal_column

log = logging.getLogger(__name__)


def catch_up_all(database: Database, seal: Seal) -> None:
    """Update people for every column of every event; values that no key opens are left."""
    with database.reading() as session:
        behind = select(ListColumn.id).where(literal_sql(CATCHING_UP)).order_by(ListColumn.id)
        ids = session.scalars(behind).all()
    for column_id in ids:
        try:
            catch_up(database, seal, column_id)
        except SettingRefused as refusal:
            log.warning("column %d stays sealed: %s", column_id, refusal)


def catch_up(database: Database, seal: Seal, column_id: int, progress: Progress = unseen) -> None:
    """Update people for one column. Changes made to it in the meantime are left for the next call.

    Raises SettingRefused if a secret is to be opened and no key opens it.
    """
    with database.reading() as session:
        column = session.get(ListColumn, column_id)
        if column is None:
            return
        is_secret, left = column.kind is ColumnKind.SECRET, column.backlog
        behind = select(Volunteer.id).where(
            Volunteer.event_id == column.event_id, Volunteer.id <= left
        )
        ids = session.scalars(behind.order_by(Volunteer.id.desc())).all()
    done = 0
    for part in turns(ids):
        done += len(part)
        # Anybody older than the last of them has been removed in the meantime.
        rest = part[-1] - 1 if done < len(ids) else 0
        with database.writing() as session:
            if not _do_turn(session, seal, column_id, part, (left, rest)):
                return
        left = rest
        progress(done / len(ids))
    if not ids:
        with database.writing() as session:
            _do_turn(session, seal, column_id, [], (left, 0))
    if is_secret:
        database.empty_journal()


def _do_turn(
    session: Session, seal: Seal, column_id: int, ids: Sequence[int], progress: tuple[int, int]
) -> bool:
    """Do a part, from `progress[0]` to `progress[1]`; False if somebody else continued from there,
    or changed the column."""
    event_id = session.scalar(select(ListColumn.event_id).where(ListColumn.id == column_id))
    if event_id is None:
        return False
    try:
        event = event_for_change(session, event_id)
    except EventUnknown:
        return False  # It was deleted, and will be removed.
    column = session.get_one(ListColumn, column_id, populate_existing=True)
    before, after = progress
    if column.backlog != before:
        return False
    theirs = select(Volunteer).where(Volunteer.id.in_(ids)).order_by(Volunteer.id)
    people = session.scalars(theirs.with_for_update()).all()
    for person in people:
        if column.kind is ColumnKind.SECRET:
            seal_column(session, seal, person, column.title)
        else:
            open_column(seal, person, column.title)
    if column.kind is ColumnKind.SECRET:
        _veil_certificates(session, seal, column, ids)
    elif column.kind in READ_KINDS:
        count_values(session, column, [(one.id, one.columns) for one in people])
    column.backlog = after
    session.flush()
    listed = {one.id: Listed(one.listed_name, one.columns, [column.title]) for one in people}
    note_outdated(session, event, listed)
    return True


def _veil_certificates(
    session: Session, seal: Seal, column: ListColumn, people: Sequence[int]
) -> None:
    """Let issued certificates show a mask from now on, in the columns and in the texts that were
    set."""
    issued = select(Certificate).where(Certificate.volunteer_id.in_(people))
    certificates = session.scalars(issued.order_by(Certificate.id).with_for_update()).all()
    for feature in hooks.loaded():
        feature.veiled(session, certificates, column.title)
    before = sums.share_of(certificates)
    for certificate in certificates:
        value = certificate.columns.get(column.title, "")
        if not value or is_masked(value):
            continue
        if column.is_in_full:
            sealed = {column.title: seal_value(seal, column.event_id, value)}
            certificate.secrets = (certificate.secrets or {}) | sealed
        certificate.columns = certificate.columns | {column.title: masked(value)}
        if kept := certificate.values:
            certificate.values = {
                title: one for title, one in kept.items() if title != column.title
            }
        setting = certificate.typesetting or {}
        if not (texts := setting.get("fields")):
            continue
        # The value goes from texts that were set; where it does not occur literally, the field is
        # left empty.
        changed, literally = dict(texts), "".join(value.split())
        for field in layout_of(certificate.design).fields:
            text = changed.pop(field.id, None) if column.title in field.columns else None
            if text and (hidden := masked_setting(text, literally, masked(literally))):
                changed[field.id] = hidden
        certificate.typesetting = {**setting, "fields": changed}
    sums.change(session, column.event_id, sums.share_of(certificates) - before)
