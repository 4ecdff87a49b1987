"""Changing the certificate from a screen."""

from collections.abc import Callable

from console.session import changing, reading, refuse
from console.text import in_words
from shared.access.roles import Permission
from shared.certificates.designs.changes import Change, prepare, store
from shared.errors import ProductError


def change_design(change: Change, done: str = "", then: Callable[[], None] | None = None) -> None:
    """Prepare the change before the event is locked, and store it, as `changing` stores things: a
    refusal is shown in place."""
    with reading() as (session, event):
        try:
            prepared = prepare(session, event, change)
        except ProductError as refusal:
            refuse(in_words(refusal))
            return
    with changing(Permission.CHANGE_DESIGN, done, then) as (session, event):
        store(session, event, prepared)
