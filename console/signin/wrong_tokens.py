"""How often a network may come with a wrong token, wherever the console asks for one."""

import threading
from weakref import WeakKeyDictionary

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from shared.language import N_
from shared.storage.database import Database

WRONG_TOKENS = parse("10/minute")
TOO_MANY_TRIES = N_("Too many wrong tokens. Wait a minute, then try again.")

_limiters = WeakKeyDictionary[Database, MovingWindowRateLimiter]()
_lock = threading.Lock()


def may_go_on(database: Database, network: str) -> bool:
    """Count one more wrong token; False when there were too many within a minute.

    Called once a token is judged, in one step: neither do many at once slip through, nor does a
    stranger of the same network make a right token wait.
    """
    return _limiter_of(database).hit(WRONG_TOKENS, network)


def _limiter_of(database: Database) -> MovingWindowRateLimiter:
    """One for each installation, which a database is of."""
    with _lock:
        if database not in _limiters:
            _limiters[database] = MovingWindowRateLimiter(MemoryStorage())
        return _limiters[database]
