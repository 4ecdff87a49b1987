"""Tables: which page of a long one is shown, and the further columns of a list beside our own."""

from collections.abc import Iterable, Mapping

from console.session_key import SessionKey


def with_further(
    row: dict[str, object], columns: Mapping[str, str], titles: Iterable[str]
) -> dict[str, object]:
    """The row with what stands under `titles`; one that is called like ours is told apart."""
    own = set(row)
    further = {
        (f"{title} (2)" if title in own else title): columns.get(title, "") for title in titles
    }
    return row | further


def table_page(key: SessionKey[int], count: int, page_size: int) -> tuple[int, int]:
    """Which page of a table of `count` lines is shown, and how many there are; both from 1.

    `key` is that of the `st.pagination` below the table. When the table has become shorter the
    last page is shown, and told to the widget, which would go back to the first by itself.
    """
    pages = max(1, -(-count // page_size))
    page = int(key.get(1))
    if page > pages:
        page = pages
        key.set(page)
    return page, pages
