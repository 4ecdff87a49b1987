"""Many certificates in one PDF for printing: pages are compiled in parts, which are then joined."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pikepdf

from shared.language import N_, translate
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts

TITLE = N_("Certificates")


def print_together(design: CompiledDesign, facts: Sequence[Facts]) -> bytes:
    """One page for each of these facts, tagged (PDF/UA-1), on the design's own paper.

    The background and the fonts are in it once. Raises NameDoesNotFit or NoGlyph.
    """
    language = facts[0].language
    pages = (design.resolve_shown(one) for one in facts)
    title = translate(TITLE, language)
    return design.pdf.printed_together(pages, title, language, design.print_dpi)


def join(parts: Iterable[Path], out: Path) -> None:
    """Write the pages of all parts, in this order, as one PDF.

    Accessibility tags are left out: those of one part do not describe another's pages.
    """
    opened = [pikepdf.open(part) for part in parts]
    try:
        with pikepdf.new() as whole:
            for part in opened:
                for page in part.pages:
                    for tagging in {"/StructParents", "/Tabs"} & set(page.obj.keys()):
                        del page.obj[tagging]
                whole.pages.extend(part.pages)
            whole.save(out, deterministic_id=True)
    finally:
        for part in opened:
            part.close()
