"""Colours that can be read on paper."""

import re

from shared.errors import SettingRefused
from shared.language import N_

# WCAG 2.2, 1.4.3: the least contrast of text.
READABLE = 4.5
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def refuse_other(*colours: str) -> None:
    """Raises SettingRefused for what is not written "#rrggbb"."""
    if not all(map(_COLOUR.fullmatch, colours)):
        raise SettingRefused(field="color", reason=N_("must be a colour like #1f4e79"))


def contrast(one: str, other: str) -> float:
    """How much two colours ("#rrggbb") differ in brightness, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, paper: str) -> str:
    """The colour itself, or darkened just enough for text on this paper."""
    for tenths in range(10, -1, -1):
        darker = "#" + "".join(f"{round(part * tenths / 10):02x}" for part in _parts(colour))
        if contrast(darker, paper) >= READABLE:
            return darker
    return "#000000"


def mixed(colour: str, paper: str, part: float) -> str:
    """That part of a colour on the paper, as Typst mixes them (`tint` in sheet.typ)."""
    both = zip(_parts(colour), _parts(paper), strict=True)
    return "#" + "".join(f"{round(one * part + other * (1 - part)):02x}" for one, other in both)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
