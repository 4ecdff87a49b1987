"""How long the tests of this folder look for what nobody thought of."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# In `make test` they only show that they still work; `make fuzz` goes on until its time is over.
_EXAMPLES_OF_A_TEST, _EXAMPLES_OF_A_ROUND = 20, 200


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    is_guided = collection_path.name == "test_guided.py"
    return True if is_guided and not config.getoption("--seconds") else None


@pytest.fixture
def seconds(request: pytest.FixtureRequest) -> float:
    """What each of the tests has of the time of `make fuzz`; 0 elsewhere."""
    sharing = [one for one in request.session.items if "seconds" in one.fixturenames]
    return float(request.config.getoption("--seconds")) / len(sharing)


@pytest.fixture
def rounds(seconds: float) -> Iterator[int]:
    """How many examples to try, again and again until the time is over."""

    def counted() -> Iterator[int]:
        until = time.monotonic() + seconds
        yield _EXAMPLES_OF_A_ROUND if seconds else _EXAMPLES_OF_A_TEST
        while time.monotonic() < until:
            yield _EXAMPLES_OF_A_ROUND

    return counted()
