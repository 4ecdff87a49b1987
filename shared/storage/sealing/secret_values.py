"""Secret values of lists, such as identity card numbers: sealed, with a mask to show."""

from collections.abc import Mapping
from contextlib import suppress

from shared.errors import SettingRefused
from shared.storage.sealing.tokens import Seal


def seal_value(seal: Seal, event_id: int, value: str) -> str:
    """`value`, not empty, sealed so that it can be opened for this event only."""
    return seal.seal_bound(value, _binding(event_id))


def open_values(seal: Seal, event_id: int, secrets: Mapping[str, str]) -> dict[str, str]:
    """The values, by title. Raises SettingRefused if none of the keys opens one."""
    return {title: seal.open_bound(one, _binding(event_id)) for title, one in secrets.items()}


def openable_values(seal: Seal, secrets: Mapping[str, str], event_id: int) -> dict[str, str]:
    """Those, still sealed, that one of the keys opens."""
    kept = {}
    for title, one in secrets.items():
        with suppress(SettingRefused):
            kept[title] = seal.reseal_bound(one, _binding(event_id))
    return kept


def reseal_values(seal: Seal, secrets: Mapping[str, str], event_id: int) -> dict[str, str]:
    """The values sealed with the newest key. Raises SettingRefused if none of the keys opens
    one."""
    return {title: seal.reseal_bound(one, _binding(event_id)) for title, one in secrets.items()}


def _binding(event_id: int) -> tuple[str, str]:
    return ("secret value of a list", str(event_id))
