"""Noticing, every few seconds, that another version has changed the database."""

import time
from contextlib import suppress

from shared.storage.database import DATABASE_AWAY, Database
from shared.storage.migrating import may_work_on

# Seconds between two queries.
FRESH = 3.0


class Outgrowth:
    """Says whether the database had outgrown this program at the last query (`is_there`): the
    program would read its tables wrongly."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looked_at, self.is_there = time.monotonic(), False

    @property
    def is_due(self) -> bool:
        return time.monotonic() - self._looked_at >= FRESH

    def look(self) -> None:
        self._looked_at = time.monotonic()
        with suppress(*DATABASE_AWAY):  # The request itself will find out.
            self.is_there = not may_work_on(self._database)
