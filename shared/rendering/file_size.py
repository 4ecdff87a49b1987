"""Choosing the quality of a certificate's JPEG so that a mail can carry it."""

from shared.errors import NameProblem
from shared.rendering.design import CompiledDesign, drawn
from shared.rendering.facts import Facts

# From hardly any loss to a loss that is just visible on letters.
QUALITIES = (92, 88, 84, 80, 75, 70)


def best_quality(design: CompiledDesign, sample: Facts, limit: int) -> int:
    """The best of QUALITIES whose file is at most `limit` bytes with the facts of `sample`, or the
    worst if none is."""
    try:
        strips = drawn(design, sample)
    except NameProblem:
        # The box is too small for the sample; the template is nearly all of the file anyway.
        strips = []

    def fits(quality: int) -> bool:
        return len(design.jpeg_of(quality).spliced(strips, design.dpi)) <= limit

    # The best first: it is nearly always the one.
    return next(filter(fits, QUALITIES[:-1]), QUALITIES[-1])
