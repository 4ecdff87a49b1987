"""Fields that show what is stored, and keep what was typed until it is saved."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

from console.session_key import SessionKey
from console.streamlit_edge import gate
from console.text import plain, t
from console.widgets.pressed import ButtonAct, act_button
from console.widgets.spoken import show_warning
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
        event: Event | None = None,
        stored: Callable[[Any, str], Any] | None = None,
        store: Callable[..., object] | None = None,
        *,
        is_new: bool = False,
    ) -> None:
        """`stored` returns what is stored in the field of that name, of the event; `field` needs
        it. `store` gets a session, the event and what is in each field. If `is_new`, nothing is
        stored, and whatever a field contains counts as typed."""
        self.place = place
        self._event, self._stored, self._store = event, stored, store
        self._is_new = is_new
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
        """Return label and key of this field's widget, for `save_button`: typed text replaces what
        others have stored only after a person has compared both, written by `shown`."""
        assert self._stored
        stored = self._stored(self._event, name)
        self._drawn[name] = _Field(label, stored, shown)
        return {"label": label, "key": self.of(name, stored).name}

    def save_button(self, label: str, **looks: Any) -> None:
        """Draw the button that stores the drawn fields; it refuses if others have stored what is
        not shown."""
        shown = {name: self._untyped.get(name) for name in self._drawn}
        self._save_button(label, self.place.of("save"), shown, **looks)

    def show_overtaken(self) -> bool:
        """Show what others saved since the drawn fields were filled and what was typed, side by
        side, with a button for each; return whether there is anything.

        Call it after the fields, and outside of their form.
        """
        overtaken = {
            name: field
            for name, field in self._drawn.items()
            if self.is_overtaken(name, field.stored)
        }

        def choose(*, is_mine: bool) -> None:
            for name, field in overtaken.items():
                self._untyped[name] = field.stored
                if not is_mine:
                    self._widgets[name].set(field.stored)

        def store_mine(label: str, **looks: Any) -> None:
            shown = {name: field.stored for name, field in self._drawn.items()}
            self._save_button(label, self.place.of("insist"), shown, **looks)

        if overtaken:
            show_both(
                self.place,
                [
                    (field.label, field.shown(field.stored), field.shown(self._content(name)))
                    for name, field in overtaken.items()
                ],
                give_up=partial(choose, is_mine=False),
                insist=partial(choose, is_mine=True),
                mine=store_mine if self._store else None,
            )
        return bool(overtaken)

    def _save_button(
        self, label: str, key: SessionKey[Any], shown: Mapping[str, object], **looks: Any
    ) -> None:
        """Draw a button that stores the drawn fields in place of what was `shown` as stored."""
        stored, store = self._stored, self._store
        assert stored
        assert store

        def act(session: Session, event: Event, *typed: object) -> None:
            for (name, seen), value in zip(shown.items(), typed, strict=True):
                if stored(event, name) not in (seen, value):
                    raise ProductError(SAVED_BY_ANOTHER)
            store(session, event, *typed)

        act_button(
            label, key.name, act, Permission.CHANGE_TEXTS, t("Saved."),
            typed=tuple(self._widgets[name] for name in shown), then=self.settle, **looks,
        )  # fmt: skip

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

    def __init__(self, place: SessionKey[Any], *given: Any, is_new: bool = False) -> None:
        super().__init__(place, *given, is_new=is_new)
        self.save: SessionKey[bool] = place.of("save")
        self._is_settled: SessionKey[bool] = place.of("settled")
        self._knows_what_was_typed = self._is_settled.take(False) or self.save.get(False)

    def settle(self, *names: str) -> None:
        super().settle(*names)
        self._is_settled.set(True)

    def submit_button(self, label: str, act: ButtonAct, needed: Permission, **how: Any) -> None:
        """Draw the form's button; `act` gets what was typed into any of its fields, by their names.
        `how` is passed on to `act_button`."""
        usual: dict[str, Any] = {"done": t("Saved."), "typed": (self,), "then": self.settle}
        act_button(label, self.save.name, act, needed, in_form=True, **(usual | how))


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
        show_warning(
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
