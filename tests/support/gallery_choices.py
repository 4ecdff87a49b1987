"""Choices from the gallery, drawn with a person on them."""

import datetime
import io

import numpy
from PIL import Image

from shared.rendering.design import CompiledDesign, compile_design
from shared.rendering.facts import Facts
from shared.rendering.gallery.catalogue import STYLES, Choice
from shared.rendering.gallery.drawing import sketch
from shared.rendering.gallery.layouts import layout_of
from shared.rendering.gallery.record import CELLS, NAME

LINK = "https://certificates.example.org/v/Zk3nJw0qT5d7Vb1xUe9aHg"
WORDS = {
    "en": ("Certificate of Appreciation", "Spring Run 2026", "Harbour Friends", "Ana Souza"),
    "zh": ("志愿服务证书", "2026 城市马拉松", "港湾之友", "欧阳娜娜"),
}
CHOICES = [
    Choice(
        style=style,
        language=language,
        title=words[0],
        event=words[1],
        organization=words[2],
        is_upright=is_upright,
        cells=tuple((cell.name, ("text", words[1])) for cell in CELLS if cell.name != NAME),
    )
    for style in STYLES
    for language, words in WORDS.items()
    for is_upright in (False, True)
]


def flat(style: str) -> Choice:
    """That design across the sheet, in English."""
    return next(one for one in CHOICES if one.style.name == style)


def name_of(choice: Choice) -> str:
    """What a test on it is called."""
    return f"{choice.style.name}-{choice.language}-{'upright' if choice.is_upright else 'flat'}"


def small(choice: Choice, long_side: int = 900) -> CompiledDesign:
    return compile_design(sketch(choice, long_side), layout_of(choice, LINK))


def facts(choice: Choice) -> Facts:
    date = datetime.date(2026, 5, 3)
    return Facts(WORDS[choice.language][3], "R-0042", date, link=LINK, language=choice.language)


def pixels(png: bytes) -> numpy.ndarray:
    return numpy.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
