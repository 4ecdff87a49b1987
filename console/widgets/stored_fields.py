"""Fields that show what is stored, and keep what was typed until it is saved."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

from console.session_key import SessionKey
from console.streamlit_edge import gate
from console.text import plain, t
from console.widgets.pressed import ButtonAct, act_button
from console.widgets.spoken import caution
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.language import N_
from shared.storage.models import Event

Value = TypeVar("Value")
# Seconds within which a browser draws a widget's new value. Nobody chooses the older one again so
# soon.
_DRAWN_WITHIN = 1.0
_NOTHING = object()
SAVED_BY_ANOTHER = N_("Somebody else just saved this. Check it, then save again.")


@dataclass(frozen=True)
class _Field:
    """A field as it was drawn: its label, what is stored, and a function that writes a value."""

    label: str
    stored: Any
    shown: Callable[[Any], str]


def saved_at_once(
    key: SessionKey[Any], stored: Any, save: Callable[[Any], object]
) -> dict[str, Any]:
    """Return key and callback of a widget that shows what is `stored` and gives each change to
    `save`."""
    # It may have been changed elsewhere: the widget shows what is stored now.
    replaced = key.of("replaced")
    if (shown := key.get(stored)) != stored:
        replaced.set((shown, time.monotonic()))
    key.set(stored)
    older, at = replaced.get((stored, 0.0))

    def change() -> None:
        given = key.get()
        # With each request, a browser reports what its widgets show.
        is_older = given == older and gate.came_before(at + _DRAWN_WITHIN)
        # Streamlit also calls this for widgets that return to the screen unchanged.
        if given != stored and not is_older:
            save(given)

    return {"key": key.name, "on_change": change}


class StoredFields:
    """Fields that belong together, each in a place of its own below `place`.

    Text typed into one stays until it is saved, whatever others store; fields without typed text
    follow what is stored. Streamlit's own defaults do not: when a default changes, a field without
    a key becomes another one and loses its text, and one with a key keeps showing the old default.
    """

    def __init__(
        self,
        place: SessionKey[Any],
        stored: Callable[[str], Any] | None = None,
        *,
        is_new: bool = False,
    ) -> None:
        """`stored` returns what is stored in the field of that name; only `field` needs it. If
        `is_new`, nothing is stored, and whatever a field contains counts as typed."""
        self.place = place
        self._stored, self._is_new = stored, is_new
        # What each field contained when it had no typed text.
        self._untyped: dict[str, Any] = place.of("untyped").keep({})
        self._drawn: dict[str, _Field] = {}
        # The places of the widgets, by the names of their fields.
        self._widgets: dict[str, SessionKey[Any]] = {}
        self._knows_what_was_typed = True

    def of(self, name: str, stored: Value) -> SessionKey[Value]:
        """Return the place of this field's widget, filled with what is `stored` unless something
        was typed into it."""
        key: SessionKey[Value] = self.place.of("field", name)
        self._widgets[name] = key
        key.keep(stored)
        is_untyped = key.get() == self._untyped.get(name)
        if key.get() != stored and is_untyped and self._knows_what_was_typed:
            key.set(stored)
        if key.get() == stored:
            self._untyped[name] = stored
        return key

    def get(self) -> dict[str, Any]:
        """Return what was typed into the drawn fields, by their names, without fields that follow
        what is stored."""
        found = {name: key.get() for name, key in self._widgets.items()}
        untyped = {} if self._is_new else self._untyped
        return {
            name: typed for name, typed in found.items() if untyped.get(name, _NOTHING) != typed
        }

    def field(self, name: str, label: str, shown: Callable[[Any], str] = str) -> dict[str, Any]:
        """Return label and key of this field's widget, for `overtaken`: typed text replaces what
        others have stored only after a person has compared both, written by `shown`."""
        assert self._stored
        stored = self._stored(name)
        self._drawn[name] = _Field(label, stored, shown)
        return {"label": label, "key": self.of(name, stored).name}

    def overtaken(self) -> list[tuple[str, str, str]]:
        """Return the drawn fields that others have changed since they were filled: label, what is
        stored, and what was typed, as they are shown."""
        return [
            (field.label, field.shown(field.stored), field.shown(self._content(name)))
            for name, field in self._drawn.items()
            if self.is_overtaken(name, field.stored)
        ]

    def save_button(
        self,
        label: str,
        key: SessionKey[Any],
        stored: Callable[[Event, str], object],
        store: Callable[..., object],
        needed: Permission,
        *,
        insists: bool = False,
        **looks: Any,
    ) -> None:
        """Draw the button that stores the drawn fields.

        The button refuses if others have stored what is not shown; with `insists`, it replaces
        what they stored and `overtaken` shows. `stored` and `store` are about an event.
        """
        seen = {
            name: field.stored if insists else self._untyped.get(name)
            for name, field in self._drawn.items()
        }

        def act(session: Session, event: Event, *typed: object) -> None:
            for (name, shown), value in zip(seen.items(), typed, strict=True):
                if stored(event, name) not in (shown, value):
                    raise ProductError(SAVED_BY_ANOTHER)
            store(session, event, *typed)

        typed = tuple(self.place.of("field", name) for name in seen)
        act_button(
            label, key.name, act, needed, t("Saved."), typed=typed, then=self.settle, **looks
        )

    def give_up(self) -> None:
        """Replace typed text by what others stored."""
        for name, field in self._drawn.items():
            if self.is_overtaken(name, field.stored):
                self.place.of("field", name).set(field.stored)
                self._untyped[name] = field.stored

    def insist(self) -> None:
        """Let typed text replace what others stored and is shown."""
        for name, field in self._drawn.items():
            if self.is_overtaken(name, field.stored):
                self._untyped[name] = field.stored

    def settle(self, *names: str) -> None:
        """Note that these fields, or all, are saved, perhaps spelled otherwise: they follow what is
        stored again."""
        self._untyped |= {name: self._content(name) for name in names or self._untyped}

    def is_overtaken(self, name: str, stored: object) -> bool:
        """Return whether others have stored something else since this field was filled."""
        content = self._content(name)
        return content != stored and self._untyped.get(name) != stored

    def _content(self, name: str) -> Any:
        return self.place.of("field", name).get()


class StoredForm(StoredFields):
    """The fields of a form, whose button is a widget at `save`.

    A browser keeps what is typed into a form until it is submitted. Filling a field before that
    would overwrite it.
    """

    def __init__(
        self,
        place: SessionKey[Any],
        stored: Callable[[str], Any] | None = None,
        *,
        is_new: bool = False,
    ) -> None:
        super().__init__(place, stored, is_new=is_new)
        self.save: SessionKey[bool] = place.of("save")
        self._is_settled: SessionKey[bool] = place.of("settled")
        self._knows_what_was_typed = self._is_settled.take(False) or self.save.get(False)

    def settle(self, *names: str) -> None:
        super().settle(*names)
        self._is_settled.set(True)

    def submit_button(
        self,
        label: str,
        act: ButtonAct,
        needed: Permission,
        done: str = "",
        typed: Sequence[SessionKey[Any]] = (),
        **how: Any,
    ) -> None:
        """Draw the form's button; `act` gets what stands in the fields at `typed`, otherwise what
        was typed into any, by their names. `how` is passed on to `act_button`."""
        act_button(
            label, self.save.name, act, needed, done or t("Saved."),
            typed=tuple(typed) or (self,), then=self.settle, in_form=True, **how,
        )  # fmt: skip


def show_overtaken(fields: StoredFields, saving: Callable[..., None] | None = None) -> None:
    """Show what others saved and what was typed, side by side, with a button for each; nothing if
    others saved nothing.

    Call it after the fields, and outside of their form. `saving` is `fields.save_button`
    with all but its label and key, if typed text can be stored at once.
    """
    if overtaken := fields.overtaken():
        mine = partial(saving, key=fields.place.of("insist"), insists=True) if saving else None
        show_both(fields.place, overtaken, give_up=fields.give_up, insist=fields.insist, mine=mine)


def show_both(
    place: SessionKey[Any],
    overtaken: Iterable[tuple[str, str, str]],
    *,
    give_up: Callable[[], None],
    insist: Callable[[], None],
    mine: Callable[..., None] | None = None,
) -> None:
    """Show two versions of fields, each given as label, saved text and typed text, and a button for
    either: the first calls `give_up`, the second `insist`, unless `mine` draws it.
    """
    with st.container(border=True):
        caution(
            "Somebody changed this in another tab. Your text is not saved. Choose "
            "which one to keep.",
            icon="call_split",
        )
        for label, stored, typed in overtaken:
            st.markdown(f"**{plain(label)}**")
            shown = {t("Saved elsewhere"): stored, t("Yours"): typed}
            for column, (title, text) in zip(st.columns(2), shown.items(), strict=True):
                column.caption(title)
                column.code(text, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.button(
                t("Keep the saved version"), key=place.of("give_up").name,
                icon=":material/check:", on_click=give_up,
            )  # fmt: skip
            if mine:
                mine(t("Use mine"), icon="swap_horiz")
            else:
                st.button(
                    t("Use mine"), key=place.of("insist").name, icon=":material/swap_horiz:",
                    on_click=insist,
                )  # fmt: skip
