"""Storing the typesetting of what version 0.1.0 issued, in turns while everything runs.

Until its turn comes, a certificate is set by the rules of its time whenever it is drawn, so nothing
depends on when that is.
"""

import logging
import threading
from collections.abc import Sequence
from typing import cast

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.issuing.drawing import facts_of
from shared.errors import ProductError
from shared.rendering.text.typesetting import Typesetting
from shared.settings import Settings
from shared.storage.database import DATABASE_AWAY, Database, note_fault
from shared.storage.models import Certificate, Design

log = logging.getLogger(__name__)

_IN_A_TURN = 50
# The rest between two turns, so that mails and pages go first.
_PAUSE_SECONDS = 0.05
_DATABASE_WAIT_SECONDS = 5.0


def keep_typesettings(database: Database, settings: Settings, stop: threading.Event) -> None:
    """Store missing typesettings, until all is done or `stop` is set."""
    for kind in (Design, Certificate):
        last: int | None = 0
        while last is not None and not stop.is_set():
            try:
                last = keep_some(database, settings, kind, last)
                stop.wait(_PAUSE_SECONDS)
            except DATABASE_AWAY as fault:
                note_fault(fault)
                stop.wait(_DATABASE_WAIT_SECONDS)


def count_missing(database: Database) -> int:
    """How many certificates do not say how their texts are set."""
    missing = select(func.count()).where(Certificate.typesetting.is_(None))
    with database.reading() as session:
        return session.scalar(missing) or 0


def keep_some(
    database: Database, settings: Settings, kind: type[Design | Certificate], last: int
) -> int | None:
    """Store the typesetting of some designs or certificates after the id `last`; returns the last
    one's id, or None if there were none."""
    following = select(kind).where(kind.typesetting.is_(None), kind.id > last).order_by(kind.id)
    with database.reading() as session:
        rows = cast(
            "Sequence[Design | Certificate]", session.scalars(following.limit(_IN_A_TURN)).all()
        )
        found = {row.id: _typesetting(session, settings, row) for row in rows}
        last = rows[-1].id if rows else last
    with database.writing() as session:
        for id, typesetting in found.items():
            if typesetting:
                still = update(kind).where(kind.id == id, kind.typesetting.is_(None))
                session.execute(still.values(typesetting=typesetting.to_json()))
    return last if rows else None


def _typesetting(
    session: Session, settings: Settings, row: Design | Certificate
) -> Typesetting | None:
    """How the row's texts are set; None if they cannot be drawn (a draft that nobody used)."""
    try:
        if isinstance(row, Certificate):
            design = designs.compiled(session, row.design)
            return design.typesetting_of(facts_of(settings, row))
        before = Typesetting.from_json(row.typesetting)
        if not designs.layout_of(row).has_texts:
            return Typesetting(before.rules, {})
        return designs.compiled(session, row).typesetting
    except ProductError as problem:
        log.warning("%s %d cannot be set: %s", row.__tablename__, row.id, problem)
        return None
