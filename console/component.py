"""Components of ours in the browser: a folder each, with HTML, CSS and a program in JavaScript."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from console.session_key import SessionKey

HERE = Path(__file__).parent


def show_component(name: str, data: Mapping[str, Any], **takes: Callable[[Any], None]) -> None:
    """Show the component in the folder `name` with `data`; each of `takes` gets what the browser
    sends under its name. A message with a time `at` is taken once."""
    place = SessionKey[dict[str, Any]](f"{name}.component")
    html, css, js = (
        (HERE / name / f"{name}.{kind}").read_text(encoding="utf-8")
        for kind in ("html", "css", "js")
    )

    def taking_once(said: str, take: Callable[[Any], None]) -> Callable[[], None]:
        last = last_taken(name, said)

        def handler() -> None:
            # When the component returns to the screen, Streamlit reports the last one again, or
            # nothing.
            found = place.get({}).get(said)
            at = found["at"] if isinstance(found, dict) else None
            if found and (at is None or at != last.get()):
                last.set(at)
                take(found)

        return handler

    handlers: dict[str, Any] = {
        f"on_{said}_change": taking_once(said, take) for said, take in takes.items()
    }
    component = st.components.v2.component(name, html=html, css=css, js=js)
    component(key=place.name, data=dict(data), **handlers)


def last_taken(name: str, said: str) -> SessionKey[object]:
    """Return the place of the time `at` of the last message under this name, by the browser's
    clock."""
    return SessionKey[object](f"{name}.last.{said}")
