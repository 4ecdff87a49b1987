"""Choosing the quality of a certificate's JPEG so that a mail can carry it."""

from shared.errors import NameProblem
from shared.rendering.design import CompiledDesign, drawn
from shared.rendering.facts import Facts
from shared.rendering.raster.strips import Patch

# From hardly any loss to a loss that is just visible on letters.
QUALITIES = (92, 88, 84, 80, 75, 70)
# By how many bytes a template's file grows, at most, for each pixel drawn on it: small coloured
# letters of many strokes were found to take 1.5, the same letters 220 pixels high 0.7.
MOST_A_PIXEL = 2.0
# Above this size in pixels, bytes grow with the length of the edges, no longer with the area.
LARGE = 100


def best_quality(design: CompiledDesign, sample: Facts, limit: int) -> int:
    """The best of QUALITIES whose file is at most `limit` bytes with the facts of `sample`, or the
    worst if none is. It is found once for each design, limit and sample."""
    key = f"{limit} {sample}"
    if key not in design.best_qualities:
        try:
            patches: list[Patch] | None = design.patches(sample)
        except NameProblem:
            # The box is too small for the sample; the template is nearly all of the file anyway.
            patches = None

        def fits(quality: int) -> bool:
            """Mostly known from the template's size, without drawing anything."""
            if patches is None:
                return file_size(design, None, quality) <= limit
            template = design.template.jpeg(quality)
            if template.size_without(patches) > limit:
                return False
            grown = sum(MOST_A_PIXEL * one.area * min(1, LARGE / one.least_side) for one in patches)
            most = template.size_without([]) + grown
            return most <= limit or file_size(design, sample, quality) <= limit

        # The best first: it is nearly always the one.
        fitting = (one for one in QUALITIES[:-1] if fits(one))
        design.best_qualities[key] = next(fitting, QUALITIES[-1])
    return design.best_qualities[key]


def file_size(design: CompiledDesign, facts: Facts | None, quality: int) -> int:
    """Bytes of the certificate's JPEG at a quality; without facts, of the background's.

    Raises NameDoesNotFit or NoGlyph.
    """
    key = f"{quality} {facts}"
    if key not in design.file_sizes:
        strips = drawn(design, facts) if facts else []
        design.file_sizes[key] = len(design.jpeg_of(quality).spliced(strips, design.dpi))
    return design.file_sizes[key]
