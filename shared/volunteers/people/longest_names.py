"""The longest names of a list, to be tried on the certificate before it is sent to anybody."""

from sqlalchemy import desc, select
from sqlalchemy.orm import Session

from shared.storage.models import Event, Volunteer
from shared.storage.models.volunteer import NAME_LENGTH
from shared.storage.traits import asked


def longest_names(session: Session, event: Event, most: int = 2) -> list[str]:
    """A limited number of different names, longest first; an index finds them in any list."""
    # Some people share a name; only a few rows are read, however many do.
    names = session.scalars(
        select(Volunteer.name)
        .where(Volunteer.event_id == event.id)
        .order_by(desc(asked(NAME_LENGTH)))
        .limit(10 * most)
    )
    return [name for name in dict.fromkeys(names) if name][:most]
