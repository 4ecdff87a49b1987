"""An SVG as a one-page PDF, by Typst, which loads nothing from elsewhere. Texts are refused.

Its input may be malicious, so this belongs in a process of its own.
"""

import re
from pathlib import Path

import typst

# A place without other files that a path in an SVG could name.
_SOURCE = Path(__file__).with_suffix(".typ")
# Text would use whatever font the viewer has; only browsers draw HTML inside it.
_TEXT = re.compile(r"<(?:\w+:)?(?:text|foreignObject)[\s/>]")


class NotOutlined(Exception):
    """It has texts that are not outlines."""


class NotWhole(Exception):
    """It is no SVG, or refers to files that are not in it."""


def is_svg(upload: bytes) -> bool:
    return b"<svg" in upload[:1000].lower()


def as_pdf(svg: bytes) -> bytes:
    """Raises NotOutlined and NotWhole."""
    try:
        drawing = svg.decode("utf-8-sig")
        if _TEXT.search(drawing):
            raise NotOutlined()
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
        pdf: bytes = typst.compile(
            _SOURCE, format="pdf", font_paths=fonts, sys_inputs={"svg": drawing}
        )
    except (UnicodeDecodeError, typst.TypstError) as problem:
        raise NotWhole() from problem
    return pdf
