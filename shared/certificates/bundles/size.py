"""Roughly how large a download will be, estimated from a few of its certificates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from sqlalchemy.orm import Session

from shared.certificates.bundles.order import Entry, Order, count, spread
from shared.rendering.design import render_certificate
from shared.rendering.pdf.many import print_together
from shared.settings import Settings

Kind = Literal["zip", "pdf"]

_JUDGED_BY = 3
# Per file in a ZIP: its two headers, each with its name.
_HEADERS = 180


def expected_bytes(session: Session, settings: Settings, order: Order, kind: Kind) -> int:
    """Roughly how many bytes; 0 for nobody. Raises NameProblem."""
    judged = replace(order, format="pdf") if kind == "pdf" else order
    some = spread(session, judged, settings, _JUDGED_BY)
    if not some:
        return 0
    people = count(session, order)
    return _one_pdf(some, people) if kind == "pdf" else _files(order, some, people)


def _files(order: Order, some: Sequence[Entry], people: int) -> int:
    drawn = [render_certificate(one.design, one.facts, order.format) for one in some]
    return people * (sum(map(len, drawn)) // len(drawn) + _HEADERS)


def _one_pdf(some: Sequence[Entry], people: int) -> int:
    """What all pages share is in the first; each further one adds only its own texts."""
    first = some[0]
    same = [one.facts for one in some if one.design is first.design]
    one, all_of_them = (len(print_together(first.design, facts)) for facts in (same[:1], same))
    further = (all_of_them - one) // (len(same) - 1) if len(same) > 1 else 0
    return one + (people - 1) * further
