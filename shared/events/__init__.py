"""Events: what their organizers say about them, their groups, and where links lead.

Their people belong to `volunteers`, their designs to `certificates`, who may open them to `access`.
"""

from shared.events.event import LONGEST_TEXT as LONGEST_TEXT
from shared.events.event import EventChange as EventChange
from shared.events.event import archive_event as archive_event
from shared.events.event import bring_back as bring_back
from shared.events.event import create_event as create_event
from shared.events.event import event_for_change as event_for_change
from shared.events.event import numbered as numbered
from shared.events.event import renew_organizer_token as renew_organizer_token
from shared.events.event import set_days as set_days
from shared.events.event import set_wording as set_wording
from shared.events.event import update_event as update_event
from shared.events.event import update_organization as update_organization
