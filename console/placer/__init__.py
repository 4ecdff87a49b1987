"""Placing by hand: the certificate with a box for each field, to drag and resize.

The browser draws a box while it moves; on release the boxes are sent, and the exact image, drawn by
the same function as the certificate, replaces the drawing.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from console.component import show_component


@dataclass(frozen=True)
class PlacedBox:
    """One field as the browser needs it: geometry in fractions, `text` to draw while it moves."""

    id: str
    label: str
    left: float
    top: float
    width: float
    height: float
    text: str
    color: str
    face: str
    align: str
    size: float


@dataclass(frozen=True)
class Sheet:
    """The certificate as the browser shows it, with the names that the component reads.

    `ratio` is width by height, known before the images, whose addresses are `template` and
    `picture`. `revision` changes after every drop, stored or refused, so that the browser can tell
    the answer from an echo of its own. `words` explain the keys, for screen readers.
    """

    ratio: float
    template: str
    picture: str
    boxes: list[PlacedBox]
    selected: str
    words: dict[str, str]
    revision: str


# Which box was moved, all boxes by id, and the revision with which they were shown.
TakeDrop = Callable[[str, Mapping[str, Mapping[str, float]], str], None]


def show_placer(sheet: Sheet, on_drop: TakeDrop, on_select: Callable[[str], None]) -> None:
    """Show the certificate; `on_select` gets the id of the box that was touched."""

    def take_drop(dropped: dict[str, Any]) -> None:
        on_drop(dropped["moved"], dropped["boxes"], dropped["revision"])

    show_component("placer", asdict(sheet), dropped=take_drop, selected=on_select)
