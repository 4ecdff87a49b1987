"""How many examples a property is tried with."""

from typing import Any

from hypothesis import settings


def examples(number: int, **more: Any) -> settings:
    """`number` of them in a whole run, and as few of them in `make quick` as of all others;
    `more` as for Hypothesis' settings."""
    usual = settings.get_profile("promises").max_examples
    return settings(max_examples=number * settings().max_examples // usual, **more)
