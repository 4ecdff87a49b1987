"""The further columns of a list, beside our own in a table."""

from collections.abc import Iterable, Mapping


def with_further(
    row: dict[str, object], columns: Mapping[str, str], titles: Iterable[str]
) -> dict[str, object]:
    """The row with what stands under `titles`; one that is called like ours is told apart."""
    own = set(row)
    further = {
        (f"{title} (2)" if title in own else title): columns.get(title, "") for title in titles
    }
    return row | further
