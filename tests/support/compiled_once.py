"""SQLAlchemy's compiled statements, shared by the databases of all tests."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache


@contextmanager
def statements_are_compiled_once() -> Iterator[None]:
    """Engines of one kind share what they compiled, as those of one long-lived program would.

    Each test has an engine of its own, which would compile the same statements anew: a fifth of
    the processor's time of the tests of mail/queue.
    """
    shared = LRUCache(2000)

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=shared)

    event.listen(Engine, "engine_connect", share)
    with pytest.MonkeyPatch.context() as patch:
        # Part of each cache's key.
        patch.setattr(Dialect, "__eq__", _is_of_same_kind)
        patch.setattr(Dialect, "__hash__", _hash_of_kind)
        try:
            yield
        finally:
            event.remove(Engine, "engine_connect", share)


def _is_of_same_kind(one: Dialect, other: object) -> bool:
    return type(one) is type(other)


def _hash_of_kind(dialect: Dialect) -> int:
    return hash(type(dialect))
