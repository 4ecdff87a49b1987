"""The chores of credentials in each worker: signing, also what leaked keys signed."""

import threading
from collections.abc import Callable, Mapping

from shared.events.installation import Installation
from shared.features.credentials import renewal, stored


def chores(_: threading.Event) -> Mapping[str, Callable[[Installation], object]]:
    """Return the chores. Each goes on after an interruption, and several workers may do it at
    once."""
    return {"leaked keys": renewal.renew_leaked, "credentials": stored.sign_due}
