"""Events: what their organizers say about them, their groups, and where links lead.

Their people belong to `volunteers`, their designs to `certificates`, who may open them to `access`.
"""

from shared.events.event import (
    LONGEST_TEXT,
    EventChange,
    archive_event,
    bring_back,
    create_event,
    event_for_change,
    numbered,
    renew_organizer_token,
    set_days,
    set_wording,
    update_event,
    update_organization,
)

__all__ = [
    "LONGEST_TEXT",
    "EventChange",
    "archive_event",
    "bring_back",
    "create_event",
    "event_for_change",
    "numbered",
    "renew_organizer_token",
    "set_days",
    "set_wording",
    "update_event",
    "update_organization",
]
