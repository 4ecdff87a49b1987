"""How often a network may try wrong tokens, wherever the console asks for one."""

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
    """Count one more wrong token; False if there were too many within a minute.

    It is called after a token was checked, in one step: many at once do not slip through, and a
    stranger in the same network never delays a right token.
    """
    return _limiter_of(database).hit(WRONG_TOKENS, network)


def _limiter_of(database: Database) -> MovingWindowRateLimiter:
    """One per installation, known by its database."""
    with _lock:
        if database not in _limiters:
            _limiters[database] = MovingWindowRateLimiter(MemoryStorage())
        return _limiters[database]
