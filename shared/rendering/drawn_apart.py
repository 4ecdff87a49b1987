"""What was issued in a font that is refused by now, drawn in a process of its own.

A font that was stored before fonts were looked through (`own_fonts`) may be one whose glyphs take
weeks to load. Nothing new is drawn in it, but whoever holds a certificate sees the same pixels.

The process answers with the files, in parts.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from shared import budgets, confined
from shared.errors import FontTooDeep
from shared.rendering.design import Format, compile_design, render_certificate, render_preview
from shared.rendering.facts import Facts
from shared.rendering.layout import Layout
from shared.rendering.text.own_fonts import file_name
from shared.rendering.text.typesetting import Typesetting

_SECONDS, _MEMORY = budgets.DRAWN_APART
_LIMITS = confined.Limits(
    memory=_MEMORY.most,
    cpu_seconds=_SECONDS.most,
    seconds=30,
    answer=200_000_000,
    file=200_000_000,
)
_TEMPLATE, _PAGE = "template", "page"
_FACTS = TypeAdapter(Facts)


@dataclass(frozen=True)
class DesignParts:
    """What a stored design is made of; `pictures` and `fonts` by their SHA-256."""

    template: bytes
    page: bytes | None
    print_dpi: float | None
    layout: Layout
    quality: int
    typesetting: Typesetting
    pictures: Mapping[str, bytes]
    fonts: Mapping[str, bytes]


def drawn_apart(parts: DesignParts, facts: Facts, wanted: Sequence[Format | int]) -> list[bytes]:
    """The certificate as files of these formats, or as previews of at most so many pixels' width:
    the same bytes as those of `render_certificate` and `render_preview`.

    Raises FontTooDeep if that takes too long, and ReadersBusy if another one is being drawn.
    """
    with tempfile.TemporaryDirectory(prefix="apart-") as folder:
        place = Path(folder)
        (place / _TEMPLATE).write_bytes(parts.template)
        (place / _PAGE).write_bytes(parts.page or b"")
        for sha256, content in parts.pictures.items():
            (place / sha256).write_bytes(content)
        for sha256, content in parts.fonts.items():
            (place / file_name(sha256)).write_bytes(content)
        request = {
            "wanted": wanted,
            "facts": _FACTS.dump_python(facts, mode="json"),
            "print_dpi": parts.print_dpi,
            "layout": parts.layout.to_json(),
            "quality": parts.quality,
            "typesetting": parts.typesetting.to_json(),
            "pictures": list(parts.pictures),
            "fonts": list(parts.fonts),
        }
        try:
            # It is drawn for somebody who holds a turn of those in which others' are drawn.
            answer = confined.answers(__name__, request, b"", _LIMITS, folder=folder, patience=0)
            return confined.joined(answer, len(wanted))
        except (confined.Broken, ValueError):
            raise FontTooDeep() from None


# In the process itself


if __name__ == "__main__":
    request, _ = confined.work()
    place = Path(tempfile.gettempdir())
    page = (place / _PAGE).read_bytes()
    design = compile_design(
        (place / _TEMPLATE).read_bytes(),
        Layout.from_json(request["layout"]),
        {sha256: (place / sha256).read_bytes() for sha256 in request["pictures"]},
        {sha256: place / file_name(sha256) for sha256 in request["fonts"]},
        request["quality"],
        Typesetting(**request["typesetting"]),
    ).printed(request["print_dpi"], "page" if page else None, lambda: page)
    facts = _FACTS.validate_python(request["facts"])
    contents = (
        (render_preview if isinstance(one, int) else render_certificate)(design, facts, one)
        for one in request["wanted"]
    )
    for part in confined.in_parts(contents):
        confined.answer(part)
