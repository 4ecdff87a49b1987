"""The table of people: a page of a list with ticks, sorted by its heads, edited in its cells.

It is a table for screen readers as well, and cards on a phone. Names are foreign: the browser gets
them as data, and makes text of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from console.session_key import SessionKey

HERE = Path(__file__).parent
_COMPONENT = SessionKey[dict[str, Any]]("people_table.component")
# When what was last told was done, by the browser's clock.
_LAST = SessionKey[object]("people_table.last")
_LAST_TICKS = SessionKey[object]("people_table.last_ticks")

# As in ARIA's `aria-sort`.
Sorted = Literal["ascending", "descending", "none"]


@dataclass(frozen=True)
class Head:
    """A column. `sort` says how the list is sorted by it; None: it cannot be."""

    id: str
    label: str
    kind: Literal["name", "address", "number", "state", "detail", "further"]
    sort: Sorted | None = "none"


@dataclass(frozen=True)
class Cell:
    """What stands there; with a `tone` it is a badge of that colour."""

    text: str
    tone: Literal["", "quiet", "good", "look", "bad"] = ""
    may_edit: bool = False


@dataclass(frozen=True)
class Row:
    """A person; `called` is what screen readers are told of whom a tick is for."""

    id: int
    called: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Page:
    """A page of the table. `words` are `title`, `help`, `tick` with `{name}`, and `tick_page`."""

    heads: Sequence[Head]
    rows: Sequence[Row]
    ticked: Sequence[int]
    words: dict[str, str]
    may_tick: bool
    may_open: bool
    # Whose row gets the focus, and a number that is new whenever it does so again.
    focus: dict[str, int] | None = None


# What was done in the table: {"what": "open", "id"}, {"what": "sort", "column"} or
# {"what": "edit", "id", "column", "value"}.
Done = dict[str, Any]


def show_table(
    page: Page, on_ticks: Callable[[list[int], list[int]], None], on_done: Callable[[Done], None]
) -> None:
    """Show it; `on_ticks` gets who was on the page, and who of them is ticked."""

    # After the component was off the screen, Streamlit reports the last ones again, or nothing.
    def take_ticks() -> None:
        said = _COMPONENT.get({}).get("ticked")
        if said and said["at"] != _LAST_TICKS.get():
            _LAST_TICKS.set(said["at"])
            on_ticks(said["shown"], said["ids"])

    def take_done() -> None:
        did = _COMPONENT.get({}).get("did")
        if did and did["at"] != _LAST.get():
            _LAST.set(did["at"])
            on_done(did)

    component = st.components.v2.component(
        "people_table",
        html=(HERE / "people_table.html").read_text(encoding="utf-8"),
        css=(HERE / "people_table.css").read_text(encoding="utf-8"),
        js=(HERE / "people_table.js").read_text(encoding="utf-8"),
    )
    component(
        key=_COMPONENT.name,
        data=asdict(page) | {"answered": _LAST_TICKS.get()},
        on_ticked_change=take_ticks,
        on_did_change=take_done,
    )
