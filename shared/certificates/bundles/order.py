"""What to download, and its certificates: design by design, in the list's order."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.certificates import chosen
from shared.certificates.bundles.file_names import FIRST_PATTERN
from shared.certificates.designs import designs
from shared.certificates.issuing import facts_of
from shared.rendering.design import CompiledDesign, Format
from shared.rendering.facts import Facts
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Certificate, Event, Volunteer
from shared.storage.models.certificate import STANDING
from shared.storage.traits import asked
from shared.volunteers.lists.list_columns import secret_titles

# The values for file names, besides the list's own columns.
OWN_VALUES = ("number", "name", "email")
# How many are fetched at a time.
_PAGE = 200


@dataclass(frozen=True)
class Order:
    """Whose certificates, and in which form. `people` are their ids; None: everybody's.

    `format` is that of the files in a ZIP, which are named by `pattern`.
    """

    event_id: int
    people: Select[int] | None = field(default=None, compare=False)
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


def entries(database: Database, settings: Settings, order: Order) -> Iterator[Entry]:
    """The certificates, design after design, each in the list's order.

    They are fetched a few at a time, and no transaction stays open while those are drawn.
    """
    with database.reading() as session:
        of_event = [Certificate.event_id == order.event_id, asked(STANDING)]
        found = session.scalars(select(Certificate.design_id).where(*of_event).distinct())
        design_ids = sorted(found)
    for design_id in design_ids:
        last = 0
        while True:
            with database.reading() as session:
                page = _page(session, order, design_id, last)
                last = page[-1][0].volunteer_id if page else 0
                made = [_entry(session, order, settings, *row) for row in page]
            yield from made
            if len(made) < _PAGE:
                break


def _page(
    session: Session, order: Order, design_id: int, last: int
) -> list[tuple[Certificate, str]]:
    page = (
        select(Certificate, Volunteer.email)
        .join(Volunteer, Volunteer.id == Certificate.volunteer_id)
        .where(
            Certificate.event_id == order.event_id,
            asked(STANDING),
            Certificate.design_id == design_id,
            Certificate.volunteer_id > last,
        )
        .order_by(Certificate.volunteer_id)
        .limit(_PAGE)
    )
    if order.people is not None:
        page = page.where(Certificate.volunteer_id.in_(order.people.order_by(None)))
    return [(certificate, email) for certificate, email in session.execute(page)]


def _entry(
    session: Session, order: Order, settings: Settings, certificate: Certificate, email: str
) -> Entry:
    facts = facts_of(settings, certificate)
    own = {"number": certificate.number, "name": certificate.name, "email": email}
    design = designs.compiled_for(session, certificate.design, facts, order.format)
    return Entry(design, facts, certificate.date, dict(certificate.columns) | own)


def spread(session: Session, order: Order, settings: Settings, most: int) -> list[Entry]:
    """A few of them, spread over the list, as a sample of all."""
    event = session.get_one(Event, order.event_id)
    holders = chosen.with_certificate(event, order.people).subquery()
    first, last = session.execute(
        select(func.min(holders.c.volunteer_id), func.max(holders.c.volunteer_id))
    ).one()
    if first is None:
        return []
    step = max(1, (last - first) // most)
    found: dict[int, Entry] = {}
    for place in range(first, last + 1, step):
        nearest = select(Certificate, Volunteer.email).join(
            Volunteer, Volunteer.id == Certificate.volunteer_id
        )
        nearest = nearest.where(
            Certificate.event_id == event.id, asked(STANDING), Certificate.volunteer_id >= place
        )
        if order.people is not None:
            nearest = nearest.where(Certificate.volunteer_id.in_(order.people.order_by(None)))
        row = session.execute(nearest.order_by(Certificate.volunteer_id).limit(1)).first()
        if row and len(found) < most:
            found[row[0].id] = _entry(session, order, settings, *row)
    return list(found.values())
