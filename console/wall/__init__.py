"""Our designs side by side, as a group of radio buttons with pictures: a click chooses one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from console.session_key import SessionKey

HERE = Path(__file__).parent
_COMPONENT = SessionKey[dict[str, Any]]("wall.component")


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

    def take_choice() -> None:
        if name := _COMPONENT.get({}).get("chosen"):
            on_choice(name)

    component = st.components.v2.component(
        "certificate_wall",
        html=(HERE / "wall.html").read_text(encoding="utf-8"),
        css=(HERE / "wall.css").read_text(encoding="utf-8"),
        js=(HERE / "wall.js").read_text(encoding="utf-8"),
    )
    component(
        key=_COMPONENT.name,
        data={
            "designs": [asdict(one) for one in designs],
            "chosen": chosen,
            "ratio": ratio,
            "label": label,
            "unfit": unfit,
        },
        on_chosen_change=take_choice,
    )
