"""A field of a form that shows what is stored."""

from typing import Any, TypeVar

from console.session_key import SessionKey

Value = TypeVar("Value")


def shown_in(key: SessionKey[Value], stored: Value) -> SessionKey[Value]:
    """The place of the field's widget, filled with what is `stored`.

    What was typed stays until it is saved, whatever others store meanwhile. Given what is stored as
    its default, Streamlit would take the field for another one as soon as that changes, and forget
    what was typed: it was lost, and its writer told that it was saved.
    """
    drawn: SessionKey[Any] = key.of("drawn")
    stored_before, shown_before = drawn.get((stored, stored))
    is_typed = key.is_set() and key.get() != shown_before
    if not key.is_set() or (not is_typed and stored not in (stored_before, key.get())):
        key.set(stored)
    drawn.set((stored_before if is_typed else stored, key.get()))
    return key
