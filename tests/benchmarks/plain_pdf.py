"""A page drawn by skia-python: untagged, unshaped, in one typeface; what a PDF costs at least.

It needs libraries of a desktop (EGL, fontconfig) and is no part of the project: who wants this line
says `pip install skia-python` first.
"""

import importlib.util
from collections.abc import Callable
from typing import Any

from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.text.faces import FONTS


def plain_pdf(
    design: CompiledDesign, next_facts: Callable[[], Facts]
) -> Callable[[], bytes] | None:
    """Prints a page on the design's JPEG, which is carried as it came; None without Skia."""
    if importlib.util.find_spec("skia") is None:
        return None
    import skia

    width, height = (pixels * 72 / design.print_dpi for pixels in (design.width, design.height))
    typeface = skia.Typeface.MakeFromFile(str(FONTS / "LXGWWenKai-Regular.ttf"))

    def work() -> bytes:
        picture = skia.Image.MakeFromEncoded(skia.Data.MakeWithoutCopy(design.template.content))
        stream = skia.DynamicMemoryWStream()
        with skia.PDF.MakeDocument(stream) as document, document.page(width, height) as page:
            page.drawImageRect(picture, skia.Rect.MakeWH(width, height))
            _write(skia, page, typeface, next_facts(), width, height)
        return bytes(stream.detachAsData())

    return work


def _write(skia: Any, page: Any, typeface: Any, facts: Facts, width: float, height: float) -> None:
    texts = (
        (facts.name, 0.5, 0.5, 0.09),
        (facts.number, 0.1, 0.9, 0.024),
        (str(facts.date), 0.8, 0.9, 0.024),
    )
    for text, left, baseline, size in texts:
        font = skia.Font(typeface, size * height)
        page.drawString(text, left * width, baseline * height, font, skia.Paint(Color=0xFF222222))
