"""Masks for secret values, such as identity card numbers."""

from collections.abc import Collection, Mapping

_MASK = "*"
# Shorter values are masked entirely: any remaining character would give them away.
_LEAST_LETTERS = 9
_MOST_AT_THE_START, _MOST_AT_THE_END = 3, 4


def masked(value: str) -> str:
    """Return a mask as long as the value, with at most a third of its characters:
    110************234. A mask is returned unchanged."""
    length, start, end = len(value), 0, 0
    if length >= _LEAST_LETTERS:
        end = min(_MOST_AT_THE_END, (length // 3 + 1) // 2)
        start = min(_MOST_AT_THE_START, length // 3 - end)
    return value[:start] + _MASK * (length - start - end) + value[length - end :]


def is_masked(value: str) -> bool:
    """Return whether the value is only a mask."""
    return value == masked(value)


def with_masks(values: Mapping[str, str], secret: Collection[str]) -> dict[str, str]:
    """Return values by title, with masks for the `secret` titles."""
    return {title: masked(text) if title in secret else text for title, text in values.items()}
