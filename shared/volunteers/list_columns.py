"""The further columns of an event's list: what else it says about people, by title.

The titles are kept with the event, so that nobody has to look through a long list for them.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.storage.models import Event, Volunteer
from shared.volunteers.list_parser import Recipient, further_columns

_PEOPLE_LOOKED_AT = 50


def note_columns(event: Event, added: Iterable[Recipient]) -> None:
    """Remember the titles that came with these people, in the order of the list."""
    new = [title for title in further_columns(added) if title not in event.list_columns]
    if new:
        event.list_columns = [*event.list_columns, *new]


def sample_columns(session: Session, event: Event) -> dict[str, str]:
    """Every column of the list, title -> what stands there for somebody.

    A column that is empty for those who were looked at shows its title.
    """
    # By address: that order is an index on both databases, however long the list is.
    some = (
        select(Volunteer.columns)
        .where(Volunteer.event_id == event.id)
        .order_by(Volunteer.email_key)
        .limit(_PEOPLE_LOOKED_AT)
    )
    people = session.scalars(some).all() if event.list_columns else []
    return {
        title: next((one[title] for one in people if one.get(title)), title)
        for title in event.list_columns
    }
