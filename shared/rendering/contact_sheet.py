"""Many certificates on one image, to check them before they go out."""

import io
from collections.abc import Sequence

from PIL import Image

from shared.rendering.design import CompiledDesign, render_preview
from shared.rendering.facts import Facts
from shared.rendering.raster.encoding import encoded
from shared.rendering.text import fitting
from shared.rendering.text.drawing import draw_text
from shared.rendering.text.faces import chain

COLUMNS, WIDTH, GAP, CAPTION = 4, 460, 16, 30


def contact_sheet(design: CompiledDesign, shown: Sequence[tuple[Facts, str]]) -> bytes:
    """A JPEG with a small certificate for each of `shown` (facts, caption), row by row."""
    previews = [
        Image.open(io.BytesIO(render_preview(design, facts, WIDTH)), formats=("JPEG",))
        for facts, _ in shown
    ]
    pitch = max(preview.height for preview in previews) + CAPTION + GAP
    columns = min(COLUMNS, len(shown))
    size = (columns * (WIDTH + GAP) + GAP, -(-len(shown) // columns) * pitch + GAP)
    sheet, style = Image.new("RGB", size, "#e8e8e8"), fitting.Style(chain("hei"))
    for index, (preview, (_, caption)) in enumerate(zip(previews, shown, strict=True)):
        corner = (GAP + index % columns * (WIDTH + GAP), GAP + index // columns * pitch)
        sheet.paste(preview, corner)
        fitted = fitting.fit(caption, style, WIDTH, CAPTION, 18, 6)
        if fitted:
            setting = fitting.place(fitted, style, WIDTH, CAPTION, "left", "middle")
            draw_text(setting, style, "#333333", sheet, (corner[0], corner[1] + preview.height))
    return encoded(sheet, "JPEG", quality=85)
