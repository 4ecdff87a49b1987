"""How much of what was thought of one run tries: `make test-all` everything, `make test` a part."""

import os
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

THOROUGH = bool(os.environ.get("THOROUGH"))


def one_in(number: int, everything: Iterable[T]) -> Sequence[T]:
    """Each `number`th, where all of them take long and each tries the same promise."""
    return list(everything)[:: 1 if THOROUGH else number]
