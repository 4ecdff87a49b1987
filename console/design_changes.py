"""Changes to the certificate from a screen: prepared first, then stored while the event is
locked."""

from collections.abc import Callable
from typing import Any

from console.announcements import announce
from console.session import EVENT_ID, in_hand, installation, reading, sign_in, writing
from console.text import in_words
from console.widgets.pressed import act_button
from shared.access.roles import Permission
from shared.certificates.designs.changes import Change, CheckedChange, prepare, store
from shared.errors import ProductError
from shared.storage.models import Design, Event


def store_change(change: Change) -> Design:
    """Store the change, and return the design that it made.

    Raises RoleTooLow, EventUnknown, and the errors of the change.
    """
    with reading() as (session, event):
        prepared = prepare(session, event, change)
    with writing(Permission.CHANGE_DESIGN) as (session, event):
        store(session, event, prepared)
        return change.current(event)


def change_button(label: str, key: str, change: Change, done: str, **looks: Any) -> None:
    """Draw a button that stores the change."""
    event_id = EVENT_ID.get()

    def prepared() -> CheckedChange:
        with installation().database.reading() as session:
            return prepare(session, session.get_one(Event, event_id), change)

    act_button(label, key, store, Permission.CHANGE_DESIGN, done, first=prepared, **looks)


def telling_at(place: str, act: Callable[..., str | None]) -> Callable[..., None]:
    """Return `act` as a callback, with the event in hand: the sentence that it returns, or why it
    was refused, is told at `place` (`session.tell_at`)."""

    def callback(*given: Any) -> None:
        is_refusal = False
        try:
            with in_hand():
                said = act(*given)
        except ProductError as refusal:
            said, is_refusal = in_words(refusal), True
        if said:
            announce(sign_in(), said, is_refusal=is_refusal, button=place)

    return callback
