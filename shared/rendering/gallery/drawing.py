"""Drawing a design with Typst: as the image for certificates, and as a vector page."""

import json
import re
import shutil
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst
from cachetools import LRUCache, cached

from shared.language import N_, translate
from shared.rendering.gallery import record
from shared.rendering.gallery.catalogue import DesignChoice
from shared.rendering.gallery.layouts import INK, LONG, plan_of
from shared.rendering.pdf import built_in_fonts
from shared.rendering.uploads.accepted import own_template
from shared.rendering.uploads.template import Template

SEAL = N_("Seal")
# ISO 216, A4, in millimetres.
_LONG_MM, _SHORT_MM = 297.0, 210.0
_SOURCES = Path(__file__).parent
# A number of an SVG file with more than two decimals.
_FINE = re.compile(rb"\d+\.\d{3,}")


def draw_template(choice: DesignChoice) -> Template:
    """Return the design as a template of A4 at 300 dpi, with its vector page; the last ones are
    cached."""
    return _template(choice.style.name, _drawn_on(choice))


def sketch(choice: DesignChoice, long_side: int) -> bytes:
    """Return the sheet as a PNG whose longer side has `long_side` pixels; the last ones are
    cached."""
    return _sketch(choice.style.name, _drawn_on(choice), long_side)


def _drawn_on(choice: DesignChoice) -> str:
    """Return as JSON what is drawn of the design, which most of its texts do not change."""
    main, accent = choice.colours
    width, height = (_SHORT_MM, _LONG_MM) if choice.is_upright else (_LONG_MM, _SHORT_MM)
    data: dict[str, Any] = {"width": width, "height": height, "paper": choice.style.paper}
    plan = plan_of(choice)
    data |= {"main": main, "accent": accent, "rules": list(map(asdict, plan.lines))}
    data |= {"mirrored": plan.align == "right", "emblem": choice.logo is None}
    data |= {"columns": plan.looks.get("title", {}).get("in_columns", False)}
    data |= _form(choice) if choice.style.is_record else {}
    return json.dumps(data, ensure_ascii=False)


# People choose among some of them repeatedly; one has half a megabyte.
@cached(LRUCache(16_000_000, lambda drawn: drawn.octets), lock=Lock())
def _template(style: str, data: str) -> Template:
    # A hundredth of a point is fine enough, and every PDF contains it.
    vector = _FINE.sub(lambda found: b"%.2f" % float(found[0]), _drawn(style, data, "svg", LONG))
    return replace(own_template(_drawn(style, data, "png", LONG)), vector=vector)


@cached(LRUCache(8_000_000, len), lock=Lock())
def _sketch(style: str, data: str, long_side: int) -> bytes:
    return _drawn(style, data, "png", long_side)


def _drawn(style: str, data: str, format: Literal["png", "svg"], long_side: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="design-") as place:
        # Typst reads from one folder only.
        folder = Path(place)
        for source in ("sheet", "engraving", style):
            shutil.copy(_SOURCES / f"{source}.typ", folder)
        drawn = typst.compile(
            folder / f"{style}.typ",
            format=format,
            ppi=long_side / _LONG_MM * 25.4,
            font_paths=built_in_fonts(),
            sys_inputs={"data": data},
        )
    assert isinstance(drawn, bytes)
    return drawn


def _form(choice: DesignChoice) -> dict[str, Any]:
    left, upper, side = record.form(choice.is_upright).seal
    left = 1 - left - side if choice.is_mirrored else left
    cells = []
    for cell in record.cells(choice.is_upright):
        box, label = cell.box, cell.label_width
        # The left edge of its label.
        start = box.left
        if choice.is_mirrored:
            box = record.from_the_right(box)
            start = box.left + box.width - label
        words = {"start": start, "label": label, "text": _translated(cell.label, choice)}
        cells.append(box.model_dump() | words)
    return {
        "cells": cells,
        "ink": INK,
        "language": choice.language,
        "seal": {"left": left, "top": upper, "side": side, "text": _translated(SEAL, choice)},
    }


def _translated(text: str, choice: DesignChoice) -> str:
    return translate(text, choice.language)
