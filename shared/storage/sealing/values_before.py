"""What stood on a list before another one changed it: sealed, for whoever undoes that."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.storage.database import Database
from shared.storage.models import ListChange
from shared.storage.sealing.tokens import Seal

_BATCH = 500


@dataclass(frozen=True)
class ListedValues:
    """Some of what a list says about somebody: None is not among it.

    `columns`: None for a column that the person did not have at all. Secret values are open.
    """

    name: str | None = None
    number: str | None = None
    columns: dict[str, str | None] = field(default_factory=dict)


def seal_before(seal: Seal, volunteer_id: int, before: ListedValues) -> str:
    """Sealed so that it can be opened for this person only."""
    return seal.seal_bound(json.dumps(asdict(before)), _binding(volunteer_id))


def open_before(seal: Seal, volunteer_id: int, sealed: str) -> ListedValues:
    """Raises SettingRefused if none of the keys opens it."""
    return ListedValues(**json.loads(seal.open_bound(sealed, _binding(volunteer_id))))


def reseal_before(database: Database, seal: Seal) -> int:
    """Seal all with the newest key; how many were under an older one. Raises SettingRefused."""
    changed = last = 0
    while True:
        with database.writing() as session:
            rows = _after(session, _kept(last).with_for_update())
            for row in rows:
                sealed = seal.reseal_bound(row.sealed_before or "", _binding(row.volunteer_id))
                changed += sealed != row.sealed_before
                row.sealed_before = sealed
        if not rows:
            return changed
        last = rows[-1].id


def count_lost_before(database: Database, seal: Seal) -> int:
    """How many none of the keys of `seal` opens."""
    lost = last = 0
    while True:
        with database.reading() as session:
            rows = _after(session, _kept(last))
        if not rows:
            return lost
        lost += sum(not _opens(seal, row) for row in rows)
        last = rows[-1].id


def _opens(seal: Seal, row: ListChange) -> bool:
    try:
        open_before(seal, row.volunteer_id, row.sealed_before or "")
    except SettingRefused:
        return False
    return True


def _kept(last: int) -> Select[ListChange]:
    kept = select(ListChange).where(ListChange.sealed_before.is_not(None), ListChange.id > last)
    return kept.order_by(ListChange.id).limit(_BATCH)


def _after(session: Session, found: Select[ListChange]) -> Sequence[ListChange]:
    return session.scalars(found).all()


def _binding(volunteer_id: int) -> tuple[str, str]:
    return ("values before a list", str(volunteer_id))
