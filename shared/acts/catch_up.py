"""Bringing people who were already on a list into line with a column's new settings.

Numbers and dates are counted, secrets are sealed or opened, on certificates as well, from the
newest person to the oldest. `ListColumn.backlog` is the id of the person up to whom that is still
to do, so a job and a worker can share the work.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from shared.acts import ConcludedAct, Context, Tally, Turn
from shared.acts.run import run
from shared.certificates.designs.designs import layout_of
from shared.certificates.issuing import sums
from shared.certificates.issuing.outdated import Listed, note_outdated
from shared.errors import EventUnknown, SettingRefused
from shared.language import N_
from shared.rendering.text.typesetting import masked_setting
from shared.storage import hooks
from shared.storage.database import Database
from shared.storage.models import Certificate, ColumnKind, Event, Job, ListColumn, Volunteer
from shared.storage.models.job import GOING_ON
from shared.storage.models.lists import CATCHING_UP
from shared.storage.sealing.secret_values import seal_value
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.list_columns import READ_KINDS, count_values
from shared.volunteers.lists.masks import is_masked, masked
from shared.volunteers.people.list_changes import open_column, seal_column

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CatchUp(ConcludedAct):
    """Adapt the values of everybody in the column's backlog. Raises SettingRefused if a secret is
    to be opened and no key opens it."""

    column_id: int

    label = N_("Checking the values …")
    summary = (N_("Column settings saved."),)
    # The column has its settings already: a worker would do the rest.
    may_grow = True
    may_stop = False
    leaves_no_trace = True

    def whom(self, session: Session, event: Event) -> Select[int]:
        found = select(Volunteer.id).join(ListColumn, ListColumn.event_id == Volunteer.event_id)
        theirs = ListColumn.id == self.column_id, Volunteer.event_id == event.id
        return found.where(*theirs, Volunteer.id <= ListColumn.backlog).order_by(
            Volunteer.id.desc()
        )

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        session, event = turn.session, turn.event
        # Another process may have continued, or the column may have other settings by now.
        ids = session.scalars(self.whom(session, event).limit(len(ids))).all()
        if not ids:
            return 0
        column = session.get_one(ListColumn, self.column_id, populate_existing=True)
        people = turn.people(ids)
        for person in people:
            if column.kind is ColumnKind.SECRET:
                seal_column(session, turn.seal, person, column.title)
            else:
                open_column(turn.seal, person, column.title)
        if column.kind is ColumnKind.SECRET:
            _veil_certificates(session, turn.seal, column, ids)
        elif column.kind in READ_KINDS:
            count_values(session, column, [(person.id, person.columns) for person in people])
        column.backlog = ids[-1] - 1
        session.flush()
        listed = {
            person.id: Listed(person.listed_name, person.columns, [column.title])
            for person in people
        }
        note_outdated(session, event, listed)
        return len(people)

    def conclude(self, session: Session, event: Event, collected: Tally) -> None:
        column = session.get(ListColumn, self.column_id, populate_existing=True)
        if column and session.scalar(self.whom(session, event).limit(1)) is None:
            column.backlog = 0


def catch_up_all(database: Database, seal: Seal) -> None:
    """Run it for every column of every event, except of events with a job; values that no key opens
    are left."""
    goes_on = exists().where(Job.event_id == ListColumn.event_id, GOING_ON)
    behind = select(ListColumn.id, ListColumn.event_id).where(CATCHING_UP, ~goes_on)
    with database.reading() as session:
        found = session.execute(behind.order_by(ListColumn.id)).all()
    for column_id, event_id in found:
        try:
            run(database, CatchUp(column_id), event_id, Context(seal))
        except SettingRefused as refusal:
            log.warning("column %d stays sealed: %s", column_id, refusal)
        except EventUnknown:
            continue  # The event was deleted.


def _veil_certificates(
    session: Session, seal: Seal, column: ListColumn, people: Sequence[int]
) -> None:
    """Let issued certificates show a mask instead of values, in the columns and in the texts that
    were set."""
    issued = select(Certificate).where(Certificate.volunteer_id.in_(people))
    certificates = session.scalars(issued.order_by(Certificate.id).with_for_update()).all()
    hooks.features().veiled(session, certificates, column.title)
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
            certificate.values = {key: text for key, text in kept.items() if key != column.title}
        setting = certificate.typesetting or {}
        if not (texts := setting.get("fields")):
            continue
        # The value is masked in texts that were set; if it does not occur literally, the field is
        # left empty.
        changed, literally = dict(texts), "".join(value.split())
        for field in layout_of(certificate.design).fields:
            text = changed.pop(field.id, None) if column.title in field.columns else None
            if text and (hidden := masked_setting(text, literally, masked(literally))):
                changed[field.id] = hidden
        certificate.typesetting = {**setting, "fields": changed}
    sums.change(session, column.event_id, sums.share_of(certificates) - before)
