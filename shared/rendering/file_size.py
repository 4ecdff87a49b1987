"""How well a certificate's JPEG may be packed so that a mail can carry it."""

from collections.abc import Iterable

from shared.errors import NameProblem
from shared.rendering.design import CompiledDesign, drawn
from shared.rendering.facts import Facts

# From hardly any loss to one that is just about seen on letters.
QUALITIES = (92, 88, 84, 80, 75, 70)


def best_quality(design: CompiledDesign, sample: Facts, limit: int) -> int:
    """The best of QUALITIES whose file is at most `limit` bytes with the facts of `sample`; the
    least of them if none is."""
    try:
        patches = design.patches(sample)
    except NameProblem:
        # The box is too small for the sample; nearly all of a file is its template anyway.
        return _best(QUALITIES, design, None, limit)
    # A photograph may be too large by itself, which is known without drawing anything.
    possible = (
        one for one in QUALITIES if design.template.jpeg(one).size_without(patches) <= limit
    )
    return _best(possible, design, sample, limit)


def _best(qualities: Iterable[int], design: CompiledDesign, facts: Facts | None, limit: int) -> int:
    # The best first: it is nearly always the one.
    fitting = (one for one in qualities if file_size(design, facts, one) <= limit)
    return next(fitting, QUALITIES[-1])


def file_size(design: CompiledDesign, facts: Facts | None, quality: int) -> int:
    """Bytes of the certificate's JPEG at a quality; without facts, of what is drawn on.

    Raises NameDoesNotFit or NoGlyph.
    """
    key = f"{quality} {facts}"
    if key not in design.file_sizes:
        strips = drawn(design, facts) if facts else []
        design.file_sizes[key] = len(design.jpeg_of(quality).spliced(strips, design.dpi))
    return design.file_sizes[key]
