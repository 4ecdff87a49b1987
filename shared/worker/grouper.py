"""Finds the groups of the people on long lists, after groups were added or removed."""

from shared.events.installation import Installation
from shared.liveness import one_by_one
from shared.volunteers.people.grouping import go_through, unfinished

# How long for each list at a time.
_SECONDS = 5.0


def find_groups(installation: Installation) -> None:
    """Continue with the lists whose people are not all updated since their groups changed."""
    with installation.database.reading() as session:
        waiting = unfinished(session)
    for event_id in one_by_one("groups of event", waiting):
        go_through(installation.database, event_id, _SECONDS)
