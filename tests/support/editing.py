"""The certificate's editor without a browser: what it is given, and what it says."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.support.console_screens import fill, tell


def editor(screen: AppTest) -> dict[str, Any]:
    """What the component is given."""
    given = [json.loads(one.proto.json) for one in screen.get("bidi_component")]
    return next(one for one in given if "template" in one)


def names(screen: AppTest) -> list[str]:
    """What the fields are called."""
    return [field["name"] for field in editor(screen)["fields"]]


def settings(screen: AppTest, field: str) -> dict[str, dict[str, Any]]:
    """What is to be set about a field, by the attributes."""
    found = next(one for one in editor(screen)["fields"] if one["id"] == field)
    return {one["attribute"]: one for one in found["settings"]}


def change_a_layout(screen: AppTest) -> None:
    """What the picture says is a part of the layout, and has a field outside of the component."""
    fill(screen, "Description for people who cannot see the picture", "Thank you")


def edited(screen: AppTest, field: str, **said: Any) -> AppTest:
    """The screen after a change in the editor, as the component tells it."""
    revision = editor(screen)["revision"]
    return tell(screen, "editor", "changed", {"field": field, "revision": revision, **said})
