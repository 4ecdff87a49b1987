"""Permits for drawing while somebody waits: they bound memory, and are fair between events."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from api.fair_semaphore import FairSemaphore
from shared import liveness
from shared.budgets import DRAWINGS, DRAWINGS_WAITING
from shared.errors import ForNow, ProductError
from shared.language import N_

_PATIENCE = 4.0


class DrawingsBusy(ForNow):
    message = N_("Many certificates are being drawn right now. Try again in a moment.")


_semaphore = FairSemaphore[int](DRAWINGS.most, DRAWINGS_WAITING.most)


@contextmanager
def permit(event_id: int, what: str) -> Iterator[None]:
    """Hold one of this process's few permits while `what` is drawn for the event.

    Raises DrawingsBusy if none is free within 4 seconds, and ProductError if the program got stuck
    on `what` twice (`liveness.working_on`).
    """
    if what in liveness.stuck_on_twice:
        raise ProductError(
            N_(
                "This certificate cannot be drawn: the program got stuck on it twice in a row. "
                "Tell the organizers. The administrator finds more with “certs doctor”."
            )
        )
    place = _semaphore.line_up(event_id)
    with suppress(TimeoutError):
        place.result(_PATIENCE)
    if not _semaphore.step_out(event_id, place):
        raise DrawingsBusy()
    began = time.monotonic()
    try:
        with liveness.working_on(what):
            yield
    finally:
        _semaphore.release(event_id, time.monotonic() - began)
