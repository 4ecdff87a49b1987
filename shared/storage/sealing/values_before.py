"""What stood on a list before another one changed it: sealed, for whoever undoes that."""

import json
from dataclasses import asdict, dataclass, field

from shared.storage.sealing.tokens import Seal


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


def reseal_before(seal: Seal, sealed: str, volunteer_id: int) -> str:
    """Sealed with the newest key. Raises SettingRefused if none of the keys opens it."""
    return seal.reseal_bound(sealed, _binding(volunteer_id))


def _binding(volunteer_id: int) -> tuple[str, str]:
    return ("values before a list", str(volunteer_id))
