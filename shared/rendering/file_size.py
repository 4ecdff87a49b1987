"""How well a certificate's JPEG may be packed so that a mail can carry it."""

from shared.errors import NameProblem
from shared.rendering.design import CompiledDesign, check, file_size
from shared.rendering.facts import Facts

# From hardly any loss to one that is just about seen on letters.
QUALITIES = (92, 88, 84, 80, 75, 70)


def best_quality(design: CompiledDesign, sample: Facts, limit: int) -> int:
    """The best of QUALITIES whose file is at most `limit` bytes with the facts of `sample`; the
    least of them if none is."""
    facts: Facts | None = sample
    try:
        check(design, sample)
    except NameProblem:
        # The box is too small for the sample; nearly all of a file is its template anyway.
        facts = None
    # The best first: it is nearly always the one.
    fitting = (one for one in QUALITIES if file_size(design, facts, one) <= limit)
    return next(fitting, QUALITIES[-1])
