"""How well a certificate's JPEG may be packed so that a mail can carry it."""

import bisect

from shared.errors import NameProblem
from shared.rendering import raster
from shared.rendering.design import CompiledDesign, drawn
from shared.rendering.facts import Facts

# From hardly any loss to one that is just about seen on letters.
QUALITIES = (92, 88, 84, 80, 75, 70)


def best_quality(design: CompiledDesign, sample: Facts, limit: int) -> int:
    """The best of QUALITIES whose file is at most `limit` bytes with the facts of `sample`; the
    least of them if none is."""
    try:
        picture = drawn(design, sample)
    except NameProblem:
        # The box is too small for the sample; nearly all of a file is its template anyway.
        picture = design.base
    place = bisect.bisect_left(
        QUALITIES, True, key=lambda quality: len(raster.full_jpeg(picture, quality)) <= limit
    )
    return QUALITIES[min(place, len(QUALITIES) - 1)]
