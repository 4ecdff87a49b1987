"""Finds the groups of the people on long lists, after groups were added or removed."""

from shared.events.installation import Installation
from shared.volunteers.grouping import go_through, unfinished

# For each list at a time.
_SECONDS = 5.0


def find_groups(installation: Installation) -> None:
    """Go on with the lists whose people were not all looked at since their groups changed."""
    with installation.database.reading() as session:
        waiting = unfinished(session)
    for event_id in waiting:
        go_through(installation.database, event_id, _SECONDS)
