"""The table of people: a page of a list with ticks, sorted by its heads, edited in its cells.

It is a table for screen readers as well, and cards on a phone. The browser gets foreign names as
data, and shows them as text only.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from console.component import last_taken, show_component

# As in ARIA's `aria-sort`.
Sorted = Literal["ascending", "descending", "none"]


@dataclass(frozen=True)
class Head:
    """A column. `sort` says how the list is sorted by it; None if it cannot be."""

    id: str
    label: str
    kind: Literal["name", "address", "number", "state", "detail", "further"]
    sort: Sorted | None = "none"


@dataclass(frozen=True)
class TableCell:
    """The text of a cell; with a `tone` it is a badge of that colour."""

    text: str
    tone: Literal["", "quiet", "good", "look", "bad"] = ""
    may_edit: bool = False


@dataclass(frozen=True)
class TableRow:
    """The row of a person; `called` is their name for screen readers."""

    id: int
    called: str
    cells: Sequence[TableCell]


@dataclass(frozen=True)
class TablePage:
    """A page of the table. `words` are `title`, `help`, `tick` with `{name}`, `tick_page`, and with
    the number of people `tick_all` and `all_ticked`."""

    heads: Sequence[Head]
    rows: Sequence[TableRow]
    ticked: Sequence[int]
    words: dict[str, str]
    may_tick: bool
    may_open: bool
    # Whether people on other pages are ticked as well, and how many those are.
    all_ticked: bool = False
    others: int = 0
    # The person whose row gets the focus, and a number that changes each time it does.
    focus: dict[str, int] | None = None


# An action in the table: {"what": "open", "id"}, {"what": "sort", "column"}, {"what": "all"} or
# {"what": "edit", "id", "column", "value"}.
Done = dict[str, Any]


def show_table(
    page: TablePage,
    on_ticks: Callable[[list[int], list[int]], None],
    on_done: Callable[[Done], None],
) -> None:
    """Show the table; `on_ticks` gets the ids of the people on the page, and of those ticked."""

    def take_ticks(said: dict[str, Any]) -> None:
        on_ticks(said["shown"], said["ids"])

    data = asdict(page) | {"answered": last_taken("people_table", "ticked").get()}
    show_component("people_table", data, ticked=take_ticks, did=on_done)
