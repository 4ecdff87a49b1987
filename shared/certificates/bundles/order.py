"""What to download, and its certificates: design by design, in the list's order."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.certificates.bundles.file_names import FIRST_PATTERN
from shared.certificates.credentials.stored import all_served
from shared.certificates.designs import designs
from shared.certificates.issuing import chosen
from shared.certificates.issuing.drawing import facts_of
from shared.events.installation import Installation
from shared.rendering.derivatives import print_together
from shared.rendering.design import CompiledDesign, Format, render_certificate
from shared.rendering.facts import Facts
from shared.settings import Settings
from shared.storage.models import Certificate, Event, Volunteer
from shared.storage.models.certificate import STANDING
from shared.storage.traits import literal_sql
from shared.volunteers.lists.list_columns import secret_titles

# The values for file names, besides the list's own columns.
OWN_VALUES = ("number", "name", "email")
Kind = Literal["zip", "pdf"]
# How many are fetched at a time.
_PAGE = 200
# A download's size is estimated from so many.
_JUDGED_BY = 3
# Bytes per file in a ZIP: its two headers, each with its name.
_HEADERS = 180


@dataclass(frozen=True)
class Order:
    """Whose certificates, and in which form. `people` are their ids; None: everybody's.

    `format` is that of the files in a ZIP, which are named by `pattern`.
    """

    event_id: int
    people: chosen.People = field(default=None, compare=False)
    format: Format = "jpg"
    pattern: str = FIRST_PATTERN


@dataclass(frozen=True)
class Entry:
    """One certificate, ready to be drawn, and the values for its file name."""

    design: CompiledDesign
    facts: Facts
    day: datetime.date
    values: dict[str, str]


def count(session: Session, order: Order) -> int:
    """How many certificates the order contains."""
    event = session.get_one(Event, order.event_id)
    return chosen.count(session, chosen.with_certificate(event, order.people))


def known_values(event: Event) -> list[str]:
    """The placeholders that a pattern for this event may use."""
    left_out = {*OWN_VALUES, *secret_titles(event)}
    return [*OWN_VALUES, *(title for title in event.list_columns if title not in left_out)]


def entries(
    installation: Installation, order: Order, *, are_signed: bool = False
) -> Iterator[Entry]:
    """The certificates, design after design, each in the list's order; if wanted, with their
    credentials.

    They are fetched a few at a time, and no transaction stays open while those are drawn.
    """
    with installation.database.reading() as session:
        of_event = [Certificate.event_id == order.event_id, literal_sql(STANDING)]
        found = session.scalars(select(Certificate.design_id).where(*of_event).distinct())
        design_ids = sorted(found)
    for design_id in design_ids:
        last = 0
        while True:
            with installation.database.reading() as session:
                of_design = Certificate.design_id == design_id, Certificate.volunteer_id > last
                page = session.execute(_ordered(order).where(*of_design).limit(_PAGE)).all()
                last = page[-1][0].volunteer_id if page else 0
                ids = [row[0].id for row in page] if are_signed else []
                signed = all_served(installation, ids) if ids else {}
                made = [
                    _entry(session, order, installation.settings, *row, signed.get(row[0].id))
                    for row in page
                ]
            yield from made
            if len(made) < _PAGE:
                break


def _entry(
    session: Session,
    order: Order,
    settings: Settings,
    certificate: Certificate,
    email: str,
    credential: bytes | None = None,
) -> Entry:
    facts = facts_of(settings, certificate, credential)
    own = {"number": certificate.number, "name": certificate.name, "email": email}
    design = designs.compiled(session, certificate.design, facts, order.format)
    return Entry(design, facts, certificate.date, dict(certificate.columns) | own)


def _ordered(order: Order) -> Select[Certificate, str]:
    """The certificates with their people's addresses, in the list's order."""
    found = (
        select(Certificate, Volunteer.email)
        .join(Volunteer, Volunteer.id == Certificate.volunteer_id)
        .where(Certificate.event_id == order.event_id, literal_sql(STANDING))
        .order_by(Certificate.volunteer_id)
    )
    return chosen.of_these(found, Certificate.volunteer_id, order.people)


def expected_bytes(session: Session, settings: Settings, order: Order, kind: Kind) -> int:
    """Roughly how large the download will be, estimated from a few of its certificates; 0 for
    nobody. Raises NameProblem."""
    some = _spread(session, replace(order, format="pdf") if kind == "pdf" else order, settings)
    if not some:
        return 0
    people = count(session, order)
    if kind == "zip":
        drawn = [render_certificate(one.design, one.facts, order.format) for one in some]
        return people * (sum(map(len, drawn)) // len(drawn) + _HEADERS)
    # What all pages share is in the first; each further one adds only its own texts.
    first = some[0]
    same = [one.facts for one in some if one.design is first.design]
    one, all_of_them = (len(print_together(first.design, facts)) for facts in (same[:1], same))
    further = (all_of_them - one) // (len(same) - 1) if len(same) > 1 else 0
    return one + (people - 1) * further


def _spread(session: Session, order: Order, settings: Settings) -> list[Entry]:
    """A few of them, spread over the list, as a sample of all."""
    event = session.get_one(Event, order.event_id)
    holders = chosen.with_certificate(event, order.people).subquery()
    ends = select(func.min(holders.c.volunteer_id), func.max(holders.c.volunteer_id))
    first, last = session.execute(ends).one()
    if first is None:
        return []
    found: dict[int, Entry] = {}
    for place in range(first, last + 1, max(1, (last - first) // _JUDGED_BY)):
        nearest = _ordered(order).where(Certificate.volunteer_id >= place).limit(1)
        row = session.execute(nearest).first()
        if row and len(found) < _JUDGED_BY:
            found[row[0].id] = _entry(session, order, settings, *row)
    return list(found.values())
