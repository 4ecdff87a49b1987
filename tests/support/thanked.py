"""Live events in which one person was thanked, for what their certificates say in public."""

from datetime import date

from api.calls.volunteer import store_name
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.clock import database_time
from shared.storage.models import ColumnKind, Event
from tests.support.factories import add, design, invite
from tests.support.list_columns import say

ANA = "ana@example.org"


def thank(
    installation: Installation, name: str, hours: str, person: str = "Ana Lima", unit: str = "hours"
) -> int:
    """A live event in which Ana has a certificate with so many hours, which are public."""
    with installation.database.writing() as session:
        event, _ = create_event(session, name=name)
        event.certificate_date, event.organization = date(2026, 5, 1), f"Club of {name}"
        event_id = event.id
    design(installation.database, event_id)
    add(installation.database, event_id, f"email,Hours\nAna@Example.org,{hours}\nbo@example.org,9")
    say(installation, event_id, "Hours", kind=ColumnKind.NUMBER, unit=unit, is_public=True)
    token = invite(installation, event_id)["Ana@example.org"]
    with installation.database.writing() as session:
        session.get_one(Event, event_id).live_at = database_time(session)
    store_name(installation, token, person)
    return event_id
