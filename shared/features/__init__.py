"""The features that the core does not know: a line for each, in the order in which it calls them
(`shared/storage/hooks.py`)."""

from collections.abc import Sequence

from shared.storage import hooks


def load() -> None:
    """Let the core call the features. Every process that changes what is stored does it first."""
    hooks.load(_hooks)


def _hooks() -> Sequence[hooks.Hooks]:
    # Loaded when the first is called: most commands call none.
    from shared.certificates.credentials import stored

    return [stored.HOOKS]
