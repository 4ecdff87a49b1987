"""Typed places in Streamlit's session state of a browser tab.

A name begins with the screen, or the part of the console, to which the place belongs.
"""

from typing import Generic, TypeVar, overload

import streamlit as st

Value = TypeVar("Value")
Other = TypeVar("Other")


class SessionKey(Generic[Value]):
    """A place for one kind of value; `name` is also the `key` of a widget that fills it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def of(self, *parts: object) -> "SessionKey[Value]":
        """Return a place of the same kind below this one, for an event, a field or a page of a
        table."""
        return type(self)(".".join((self.name, *map(str, parts))))

    @overload
    def get(self) -> Value | None: ...
    @overload
    def get(self, default: Other) -> Value | Other: ...
    def get(self, default: object = None) -> object:
        """Return the value, or `default`."""
        return st.session_state.get(self.name, default)

    def set(self, value: Value) -> None:
        st.session_state[self.name] = value

    def keep(self, first: Value) -> Value:
        """Return the value; if there is none, store `first` and return it."""
        kept: Value = st.session_state.setdefault(self.name, first)
        return kept

    @overload
    def take(self) -> Value | None: ...
    @overload
    def take(self, default: Other) -> Value | Other: ...
    def take(self, default: object = None) -> object:
        """Remove the value, and return it, or `default`."""
        return st.session_state.pop(self.name, default)

    def forget_below(self) -> None:
        """Remove the values of all places that this one's `of` names."""
        for name in [name for name in st.session_state if str(name).startswith(f"{self.name}.")]:
            del st.session_state[name]

    def is_set(self) -> bool:
        return self.name in st.session_state


class AddressKey(SessionKey[Value]):
    """A place that is also in the page's address, under its name, since people keep such links."""
