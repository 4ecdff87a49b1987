"""Sealed values of lists: secret ones, such as identity card numbers, and earlier values, which
undo restores."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from shared.errors import SettingRefused
from shared.storage.sealing.tokens import Seal


def seal_value(seal: Seal, event_id: int, value: str) -> str:
    """Seal `value`, not empty, so that it can be opened for this event only."""
    return seal.seal_bound(value, _binding(event_id))


def open_values(seal: Seal, event_id: int, secrets: Mapping[str, str]) -> dict[str, str]:
    """The values, by title. Raises SettingRefused if none of the keys opens one."""
    return {title: seal.open_bound(value, _binding(event_id)) for title, value in secrets.items()}


def openable_values(seal: Seal, secrets: Mapping[str, str], event_id: int) -> dict[str, str]:
    """The secret values, still sealed, that one of the keys opens."""
    kept = {}
    for title, value in secrets.items():
        with suppress(SettingRefused):
            kept[title] = seal.reseal_bound(value, _binding(event_id))
    return kept


def reseal_values(seal: Seal, secrets: Mapping[str, str], event_id: int) -> dict[str, str]:
    """Seal the values with the newest key. Raises SettingRefused if none of the keys opens one."""
    return {title: seal.reseal_bound(value, _binding(event_id)) for title, value in secrets.items()}


def _binding(event_id: int) -> tuple[str, str]:
    return ("secret value of a list", str(event_id))


@dataclass(frozen=True)
class ListedValues:
    """Some of what a list says about somebody; None stands for what it does not say.

    `columns`: None for a column that the person did not have at all. Secret values are open.
    """

    name: str | None = None
    number: str | None = None
    columns: dict[str, str | None] = field(default_factory=dict)
    # The columns of the row that say what the list had said otherwise: see `people.stood`.
    stood: dict[str, Any] | None = None


def seal_before(seal: Seal, volunteer_id: int, before: ListedValues) -> str:
    """Seal the values so that they can be opened for this person only."""
    return seal.seal_bound(json.dumps(asdict(before)), _binding_before(volunteer_id))


def open_before(seal: Seal, volunteer_id: int, sealed: str) -> ListedValues:
    """Open what `seal_before` sealed. Raises SettingRefused if none of the keys does."""
    return ListedValues(**json.loads(seal.open_bound(sealed, _binding_before(volunteer_id))))


def seal_line(seal: Seal, list_id: int, line: Sequence[Any]) -> str:
    """Seal a line of a list so that it can be opened for this list only."""
    return seal.seal_bound(json.dumps(line), _binding_line(list_id))


def open_line(seal: Seal, list_id: int, sealed: str) -> list[Any]:
    """Open what `seal_line` sealed. Raises SettingRefused if none of the keys does."""
    line: list[Any] = json.loads(seal.open_bound(sealed, _binding_line(list_id)))
    return line


def reseal_line(seal: Seal, sealed: str, list_id: int) -> str:
    """Seal a line with the newest key. Raises SettingRefused if none of the keys opens it."""
    return seal.reseal_bound(sealed, _binding_line(list_id))


def _binding_line(list_id: int) -> tuple[str, str]:
    return ("line of a list", str(list_id))


def reseal_before(seal: Seal, sealed: str, volunteer_id: int) -> str:
    """Seal the values with the newest key. Raises SettingRefused if none of the keys opens them."""
    return seal.reseal_bound(sealed, _binding_before(volunteer_id))


def _binding_before(volunteer_id: int) -> tuple[str, str]:
    return ("values before a list", str(volunteer_id))
