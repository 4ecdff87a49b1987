"""Looks through long lists for the names that stand tightest on their certificates."""

from shared.certificates.fit_sheet import look_through, unfinished
from shared.events.installation import Installation

# For each list at a time.
_SECONDS = 5.0


def look_through_lists(installation: Installation) -> None:
    """Go on with the lists of which somebody wants to see the tightest names."""
    with installation.database.reading() as session:
        wanted = unfinished(session)
    for event_id in wanted:
        look_through(installation.database, event_id, _SECONDS)
