"""Choices from the gallery, drawn with a person on them."""

import datetime
import hashlib
import io

import numpy
from PIL import Image

from shared.language import translate
from shared.rendering.design import CompiledDesign, compile_design
from shared.rendering.facts import Facts
from shared.rendering.gallery.catalogue import STYLES, DesignChoice, Logo, Style
from shared.rendering.gallery.drawing import sketch
from shared.rendering.gallery.layouts import layout_of

LINK = "https://certificates.example.org/v/Zk3nJw0qT5d7Vb1xUe9aHg"
WORDS = {
    "en": (
        "Certificate of Appreciation",
        "Spring Run 2026",
        "Harbour Friends",
        "Ana Souza",
    ),
    "zh": ("志愿服务证书", "2026 城市马拉松", "港湾之友", "欧阳娜娜"),
}
# As long as they are in life.
CELLS = {
    "en": {
        "volunteer": "V-2026-0042", "id_type": "Passport", "id_number": "L01X00T4*",
        "project": "Spring Run 2026", "period": "2026-05-01 – 2026-05-03", "hours": "12.5",
        "content": "Water station, finish line, tidying up", "issuer": "Harbour Friends",
        "phone": "+44 20 7946 0123", "head": "Maria Fernández", "clerk": "John Doe",
        "remarks": "Team leader on the second day",
    },
    "zh": {
        "volunteer": "330106000042", "id_type": "居民身份证", "id_number": "1101**********4477",
        "project": "2026 城市马拉松", "period": "2026-05-01 至 2026-05-03", "hours": "12.5",
        "content": "补给站服务、终点引导、赛后清场", "issuer": "港湾之友志愿者协会",
        "phone": "010-12345678", "head": "王小明", "clerk": "李晓红", "remarks": "第二日任组长",
    },
}  # fmt: skip


def _choice(style: Style, language: str, *, is_upright: bool) -> DesignChoice:
    title, event, organization, _ = WORDS[language]
    cells = tuple((name, ("text", words)) for name, words in CELLS[language].items())
    if style.is_record or style.plan:
        title = translate(style.title if style.is_record else style.words.title, language)
    return DesignChoice(
        style, language, title, event, organization, is_upright=is_upright, cells=cells
    )


CHOICES = [
    _choice(style, language, is_upright=is_upright)
    for style in STYLES
    for language in WORDS
    for is_upright in (False, True)
]


def flat(style: str) -> DesignChoice:
    """That design across the sheet, in English."""
    return next(one for one in CHOICES if one.style.name == style)


def name_of(choice: DesignChoice) -> str:
    """What a test on it is called."""
    return f"{choice.style.name}-{choice.language}-{'upright' if choice.is_upright else 'flat'}"


def small(choice: DesignChoice, long_side: int = 900) -> CompiledDesign:
    return compile_design(sketch(choice, long_side), layout_of(choice, LINK))


def facts(choice: DesignChoice) -> Facts:
    date = datetime.date(2026, 5, 3)
    return Facts(WORDS[choice.language][3], "R-0042", date, link=LINK, language=choice.language)


def logo(width: int, height: int, colour: str = "#ff00ff") -> Logo:
    buffer = io.BytesIO()
    Image.new("RGBA", (width, height), colour).save(buffer, "PNG")
    content = buffer.getvalue()
    return Logo(hashlib.sha256(content).hexdigest(), width, height, content)


def pixels(png: bytes) -> numpy.ndarray:
    return numpy.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
