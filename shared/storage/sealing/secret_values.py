"""Sealed values of lists: secret ones, such as identity card numbers, and earlier values, which
undo restores."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
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


def seal_json(seal: Seal, content: object, binding: Sequence[str]) -> str:
    """Seal what JSON can hold so that it can be opened with the same `binding` only."""
    return seal.seal_bound(json.dumps(content), binding)


def open_json(seal: Seal, sealed: str, binding: Sequence[str]) -> Any:
    """Open what `seal_json` sealed. Raises SettingRefused if none of the keys does."""
    return json.loads(seal.open_bound(sealed, binding))


def binding_before(volunteer_id: int) -> tuple[str, str]:
    """Return the binding of somebody's values before a list changed them (`ListedValues`)."""
    return ("values before a list", str(volunteer_id))


def binding_of_line(list_id: int) -> tuple[str, str]:
    """Return the binding of a list's waiting lines."""
    return ("line of a list", str(list_id))
