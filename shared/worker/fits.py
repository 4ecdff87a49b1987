"""Searches long lists for the tightest names on their certificates."""

from shared.certificates.designs.fit_sheet import look_through, unfinished
from shared.events.installation import Installation
from shared.liveness import one_by_one

# How long for each list at a time.
_SECONDS = 5.0


def look_through_lists(installation: Installation) -> None:
    """Continue with the lists whose tightest names somebody wants to see."""
    with installation.database.reading() as session:
        wanted = unfinished(session)
    for event_id in one_by_one("tightest names of event", wanted):
        look_through(installation.database, event_id, _SECONDS)
