"""What is shown of secret values, such as the numbers of identity cards."""

from collections.abc import Collection, Mapping

_MASK = "*"
# Shorter values are masked entirely: any remaining character would give them away.
_LEAST_LETTERS = 9
_MOST_AT_THE_START, _MOST_AT_THE_END = 3, 4


def masked(value: str) -> str:
    """A mask as long as a secret value, such as an identity card number, with at most a third of
    its characters: 110************234.

    A value that is already a mask stays as it is.
    """
    length, start, end = len(value), 0, 0
    if length >= _LEAST_LETTERS:
        end = min(_MOST_AT_THE_END, (length // 3 + 1) // 2)
        start = min(_MOST_AT_THE_START, length // 3 - end)
    return value[:start] + _MASK * (length - start - end) + value[length - end :]


def is_masked(value: str) -> bool:
    """Whether it is only a mask."""
    return value == masked(value)


def with_masks(values: Mapping[str, str], secret: Collection[str]) -> dict[str, str]:
    """Values by title, with masks for those under the secret ones."""
    return {title: masked(one) if title in secret else one for title, one in values.items()}
