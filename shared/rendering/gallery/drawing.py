"""A design drawn by Typst: as the image for certificates, and as a vector page."""

import io
import json
import shutil
import tempfile
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from PIL import Image

from shared.language import N_, translate
from shared.rendering.gallery import record
from shared.rendering.gallery.catalogue import Choice
from shared.rendering.gallery.layouts import INK, LONG, size_of
from shared.rendering.gallery.plans import plan_of
from shared.rendering.layout import Box
from shared.rendering.pdf.document import built_in_fonts
from shared.rendering.raster.uploaded_images import Template, own_template

SEAL = N_("Seal")
# ISO 216, A4, in millimetres.
_LONG_MM, _SHORT_MM = 297.0, 210.0
_SOURCES = Path(__file__).parent
_LOGO = "logo.png"


def draw_template(choice: Choice) -> Template:
    """The design as a template of A4 at 300 dpi, with its vector page."""
    return replace(own_template(_drawn(choice, "png", LONG)), vector=_drawn(choice, "svg", LONG))


@lru_cache(maxsize=64)
def sketch(choice: Choice, long_side: int) -> bytes:
    """The design as a PNG whose longer side has this many pixels; the last ones are cached."""
    return _drawn(choice, "png", long_side)


def _drawn(choice: Choice, format: Literal["png", "svg"], long_side: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="design-") as place:
        # Typst reads from one folder only.
        folder = Path(place)
        for source in ("sheet", choice.style.name):
            shutil.copy(_SOURCES / f"{source}.typ", folder)
        if choice.logo:
            (folder / _LOGO).write_bytes(choice.logo)
        drawn = typst.compile(
            folder / f"{choice.style.name}.typ",
            format=format,
            ppi=long_side / _LONG_MM * 25.4,
            font_paths=built_in_fonts(),
            sys_inputs={"data": json.dumps(_data(choice), ensure_ascii=False)},
        )
    assert isinstance(drawn, bytes)
    return drawn


def _data(choice: Choice) -> dict[str, Any]:
    main, accent = choice.colours
    width, height = (_SHORT_MM, _LONG_MM) if choice.is_upright else (_LONG_MM, _SHORT_MM)
    sheet = {"width": width, "height": height, "paper": choice.style.paper}
    more = _form(choice) if choice.style.is_record else _free(choice)
    return sheet | {"main": main, "accent": accent} | more


def _free(choice: Choice) -> dict[str, Any]:
    plan = plan_of(choice)
    return {
        "rules": [asdict(plan.under_name)],
        "logo": _logo(choice, plan.boxes["logo"], plan.is_centred),
    }


def _form(choice: Choice) -> dict[str, Any]:
    form = record.form(choice.is_upright)
    top, height, _ = form.rows["logo"]
    left, upper, side = form.seal
    cells = [
        cell.box.model_dump() | {"label": cell.label_width, "text": _translated(cell.label, choice)}
        for cell in record.cells(choice.is_upright)
    ]
    return {
        "rules": [],
        "logo": _logo(choice, Box(left=record.LEFT, top=top, width=0.16, height=height), False),
        "cells": cells,
        "ink": INK,
        "language": choice.language,
        "seal": {"left": left, "top": upper, "side": side, "text": _translated(SEAL, choice)},
    }


def _translated(text: str, choice: Choice) -> str:
    return translate(text, choice.language)


def _logo(choice: Choice, box: Box, is_centred: bool) -> dict[str, Any] | None:
    """Its file, and the largest box of its shape that fits."""
    if choice.logo is None:
        return None
    with Image.open(io.BytesIO(choice.logo), formats=("PNG",)) as opened:
        width, height = opened.size
    sheet_width, sheet_height = size_of(choice)
    scale = min(box.width * sheet_width / width, box.height * sheet_height / height)
    across, down = scale * width / sheet_width, scale * height / sheet_height
    return {
        "file": _LOGO,
        "left": box.left + (box.width - across) / 2 * is_centred,
        "top": box.top + (box.height - down) / 2,
        "width": across,
        "height": down,
    }
