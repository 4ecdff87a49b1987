"""A poster of A4 with a QR code, as PDF."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from shared.rendering.fields import qr
from shared.rendering.pdf.document import built_in_fonts

_SOURCE = Path(__file__).parent / "poster.typ"


@dataclass(frozen=True)
class PosterTexts:
    """Its texts, from the top; `link` is written out below its code."""

    language: str
    title: str
    lead: str
    link: str
    note: str
    organization: str
    # What a screen reader says for the code.
    alt: str


def print_poster(texts: PosterTexts) -> bytes:
    """The PDF; the same texts make the same bytes."""
    _, svg = qr.vector(texts.link)
    data = json.dumps(asdict(texts) | {"svg": svg}, ensure_ascii=False)
    printed: bytes = typst.compile(
        _SOURCE, format="pdf", font_paths=built_in_fonts(), sys_inputs={"data": data}
    )
    return printed
