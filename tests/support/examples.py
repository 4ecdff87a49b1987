"""How many examples a property is tried with."""

from typing import Any

from hypothesis import settings


def examples(number: int, **more: Any) -> settings:
    """`number` of them where Hypothesis' usual 100 are tried, and in proportion in a run that tries
    fewer; `more` as for Hypothesis' settings."""
    usual = settings.get_profile("default").max_examples
    return settings(max_examples=number * settings().max_examples // usual, **more)
