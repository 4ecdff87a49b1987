"""What is shown of a secret value, such as an identity card number."""

MASK = "*"
# Shorter values are masked entirely: any remaining character would give them away.
_LEAST_LETTERS = 9
_MOST_AT_THE_START, _MOST_AT_THE_END = 3, 4


def masked(value: str) -> str:
    """A mask as long as the value, with at most a third of its characters: 110************234.

    A value that is already a mask stays as it is.
    """
    length, start, end = len(value), 0, 0
    if length >= _LEAST_LETTERS:
        end = min(_MOST_AT_THE_END, (length // 3 + 1) // 2)
        start = min(_MOST_AT_THE_START, length // 3 - end)
    return value[:start] + MASK * (length - start - end) + value[length - end :]


def is_masked(value: str) -> bool:
    """Whether it is only a mask."""
    return value == masked(value)
