"""Tables: paging through long ones, and the further columns of a list besides our own."""

from collections.abc import Iterable, Mapping

from console.session_key import SessionKey


def with_further(
    row: dict[str, object], columns: Mapping[str, str], titles: Iterable[str]
) -> dict[str, object]:
    """The row with the values of `titles`; a title that equals one of ours is made distinct."""
    own = set(row)
    further = {
        (f"{title} (2)" if title in own else title): columns.get(title, "") for title in titles
    }
    return row | further


def table_page(key: SessionKey[int], count: int, page_size: int) -> tuple[int, int]:
    """Which page of a table of `count` lines is shown, and how many there are; both from 1.

    `key` is that of the `st.pagination` below the table. If the table became shorter, the last page
    is shown and set in the widget, which by itself would go back to the first.
    """
    pages = max(1, -(-count // page_size))
    page = int(key.get(1))
    if page > pages:
        page = pages
        key.set(page)
    return page, pages
