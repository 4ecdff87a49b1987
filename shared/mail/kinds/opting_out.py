"""People who want no reminders: in this event, or in another that sends from the same account.

To a person both come from one sender, and one click ends them (RFC 8058).
"""

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased

from shared.storage.models import Event, Volunteer


def wants_no_reminders() -> ColumnElement[bool]:
    """Whether that is true of a row in `Volunteer`, using an index of people who ended any."""
    other, own, shared = aliased(Volunteer), aliased(Event), aliased(Event)
    elsewhere = exists().where(
        other.email_key == Volunteer.email_key,
        other.reminders_ended_at.is_not(None),
        own.id == Volunteer.event_id,
        shared.id == other.event_id,
        shared.account_id == own.account_id,
    )
    return or_(Volunteer.reminders_ended_at.is_not(None), elsewhere.correlate(Volunteer))
