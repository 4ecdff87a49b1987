"""Our designs side by side, as a group of radio buttons with pictures: a click chooses one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from console.component import show_component


@dataclass(frozen=True)
class Shown:
    """One design: `looks` describes it, `picture` is the address of its picture."""

    name: str
    title: str
    looks: str
    picture: str


def show_wall(
    designs: Sequence[Shown],
    chosen: str | None,
    *,
    ratio: float,
    label: str,
    unfit: str,
    on_choice: Callable[[str], None],
) -> None:
    """Show the designs, whose width by height is `ratio`; `on_choice` gets the name of one.

    `label` names the group, and `unfit` stands where a picture could not be drawn.
    """
    data = {
        "designs": [asdict(one) for one in designs],
        "chosen": chosen,
        "ratio": ratio,
        "label": label,
        "unfit": unfit,
    }
    show_component("wall", data, chosen=on_choice)
