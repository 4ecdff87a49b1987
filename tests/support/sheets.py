"""Certificates as PDFs, for a validator that others made: `python -m tests.support.sheets FOLDER`.

In `FOLDER/both` those that claim PDF/UA-1 and PDF/A-3a, in `FOLDER/readers` PDF/UA-1 alone.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shared.rendering.design import CompiledDesign, compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.gallery.drawing import draw_template
from shared.rendering.gallery.layouts import layout_of
from shared.rendering.layout import first_layout
from shared.rendering.uploads.page_reader import LonePage
from tests.support import pdf_pages
from tests.support.factories import small_picture
from tests.support.gallery_choices import CHOICES, LINK
from tests.support.rendering_names import NAMES

_CREDENTIAL = '{"type": ["VerifiableCredential", "OpenBadgeCredential"]}'


def _facts(name: str, language: str = "en") -> Facts:
    return Facts(
        *(name, "No. 7", date(2026, 11, 24), {"Language": ""}, LINK, language),
        event="Spring Run",
        organization="Harbour Friends",
        credential=_CREDENTIAL,
    )


def _sheets() -> Iterator[tuple[str, CompiledDesign, Facts]]:
    """Our own designs, a picture with every script on it, and a foreign page."""
    for number, choice in enumerate(CHOICES):
        template = draw_template(choice)
        design = compile_design(template.content, layout_of(choice, LINK))
        vector = template.vector or b""
        page = design.printed(None, f"{number:064}", lambda vector=vector: vector)  # type: ignore[misc]
        yield f"both/design-{number}", page, _facts("欧阳娜娜 Ana", choice.language)
    plain = compile_design(small_picture(), first_layout(LINK, 1000, 707))
    for number, name in enumerate(NAMES.values()):
        yield f"both/name-{number}", plain, _facts(name)
    page = LonePage(pdf_pages.made()).printed()
    yield "readers/foreign", plain.printed(None, "0" * 64, lambda: page), _facts("José")


if __name__ == "__main__":
    for name, design, facts in _sheets():
        path = Path(sys.argv[1], f"{name}.pdf")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render_certificate(design, facts, "pdf"))
