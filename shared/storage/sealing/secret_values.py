"""Secret values of lists, such as identity card numbers: sealed, with a mask to show."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.storage.database import Database
from shared.storage.models import Certificate, Volunteer
from shared.storage.sealing.tokens import Seal

_BATCH = 500

_Holder = TypeVar("_Holder", Volunteer, Certificate)


def seal_value(seal: Seal, event_id: int, value: str) -> str:
    """`value`, not empty, sealed so that it can be opened for this event only."""
    return seal.seal_bound(value, _binding(event_id))


def open_values(seal: Seal, event_id: int, secrets: Mapping[str, str]) -> dict[str, str]:
    """The values, by title. Raises SettingRefused if none of the keys opens one."""
    return {title: seal.open_bound(one, _binding(event_id)) for title, one in secrets.items()}


def reseal_values(database: Database, seal: Seal) -> int:
    """Seal all with the newest key; how many people or certificates had values under an older one.

    Raises SettingRefused when none of the keys opens one.
    """
    return _reseal_all(database, seal, Volunteer) + _reseal_all(database, seal, Certificate)


def count_lost_values(database: Database, seal: Seal) -> int:
    """How many people or certificates have a value that none of the keys of `seal` opens."""
    return _count_lost(database, seal, Volunteer) + _count_lost(database, seal, Certificate)


def _reseal_all(database: Database, seal: Seal, model: type[_Holder]) -> int:
    changed = last = 0
    while True:
        with database.writing() as session:
            # In the order of their ids, as everybody locks them.
            holders = _some_after(session, _after(model, last).with_for_update())
            changed += sum(_reseal(seal, one) for one in holders)
        if not holders:
            return changed
        last = holders[-1].id


def _reseal(seal: Seal, holder: Volunteer | Certificate) -> bool:
    before, binding = holder.secrets or {}, _binding(holder.event_id)
    holder.secrets = {title: seal.reseal_bound(one, binding) for title, one in before.items()}
    return holder.secrets != before


def _count_lost(database: Database, seal: Seal, model: type[_Holder]) -> int:
    lost = last = 0
    while True:
        with database.reading() as session:
            holders = _some_after(session, _after(model, last))
        if not holders:
            return lost
        lost += sum(not _opens(seal, one) for one in holders)
        last = holders[-1].id


def _opens(seal: Seal, holder: Volunteer | Certificate) -> bool:
    try:
        open_values(seal, holder.event_id, holder.secrets or {})
    except SettingRefused:
        return False
    return True


def _after(model: type[_Holder], last: int) -> Select[_Holder]:
    found = select(model).where(model.secrets.is_not(None), model.id > last)
    return found.order_by(model.id).limit(_BATCH)


def _some_after(session: Session, found: Select[_Holder]) -> Sequence[_Holder]:
    return session.scalars(found).all()


def _binding(event_id: int) -> tuple[str, str]:
    return ("secret value of a list", str(event_id))
