"""Fields that show what is stored, and keep what was typed until it is saved."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

from console.session_key import SessionKey
from console.streamlit_edge import gate
from console.text import plain, t
from console.widgets.pressed import pressed
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.language import N_
from shared.storage.models import Event

Value = TypeVar("Value")
# So many seconds after a widget got another value, a browser has drawn it. Nobody has chosen the
# older one again by then.
_DRAWN_WITHIN = 1.0
_NOTHING = object()
SAVED_BY_ANOTHER = N_("Somebody else just saved this. Check it, then save again.")


@dataclass(frozen=True)
class _Field:
    """A field as it was drawn: its label, what is stored, and how a value is shown."""

    label: str
    stored: Any
    shown: Callable[[Any], str]


def saved_at_once(
    key: SessionKey[Any], stored: Any, save: Callable[[Any], object]
) -> dict[str, Any]:
    """Key and callback of a widget that shows what is `stored`; `save` gets what is given in its
    place."""
    # It may have been changed elsewhere since: what is stored counts, not what was shown.
    replaced = key.of("replaced")
    if (shown := key.get(stored)) != stored:
        replaced.set((shown, time.monotonic()))
    key.set(stored)
    older, at = replaced.get((stored, 0.0))

    def change() -> None:
        given = key.get()
        # Whatever a browser asks for, it tells what its widgets show.
        is_older = given == older and gate.came_before(at + _DRAWN_WITHIN)
        # Streamlit also calls this for widgets that return to the screen unchanged.
        if given != stored and not is_older:
            save(given)

    return {"key": key.name, "on_change": change}


class StoredFields:
    """Fields that belong together, each in a place of its own below `place`.

    What was typed into one stays until it is saved, whatever others store meanwhile; the others
    follow what is stored. Streamlit would not do that with what is stored as a field's default: as
    soon as it changes, a field without a key is another one and forgets what was typed, and one
    with a key goes on showing what was stored before.
    """

    def __init__(
        self,
        place: SessionKey[Any],
        stored: Callable[[str], Any] | None = None,
        *,
        is_new: bool = False,
    ) -> None:
        """`stored`: what is stored in a field, for `field`. `is_new`: nothing is, so that what
        stands in a field counts as typed."""
        self.place = place
        self._stored, self._is_new = stored, is_new
        # What each field contained when nobody's typing was in it.
        self._untyped: dict[str, Any] = place.of("untyped").keep({})
        self._drawn: dict[str, _Field] = {}
        # The places of the widgets, by the names of their fields.
        self._widgets: dict[str, SessionKey[Any]] = {}
        self._knows_what_was_typed = True

    def of(self, name: str, stored: Value, before: Value | None = None) -> SessionKey[Value]:
        """The place of the widget for this field, filled; at first with what it contained `before`
        it was drawn again, if that was kept."""
        key: SessionKey[Value] = self.place.of("field", name)
        self._widgets[name] = key
        if not key.is_set():
            key.set(stored if before is None else before)
        is_untyped = key.get() == self._untyped.get(name)
        if key.get() != stored and is_untyped and self._knows_what_was_typed:
            key.set(stored)
        if key.get() == stored:
            self._untyped[name] = stored
        return key

    def get(self) -> dict[str, Any]:
        """What was typed into the fields that were drawn, by their names; the others follow what is
        stored by now."""
        found = {name: key.get() for name, key in self._widgets.items()}
        untyped = {} if self._is_new else self._untyped
        return {
            name: typed for name, typed in found.items() if untyped.get(name, _NOTHING) != typed
        }

    def field(
        self,
        name: str,
        label: str,
        shown: Callable[[Any], str] = str,
        before: Any = None,
    ) -> dict[str, Any]:
        """Label and key of the widget for this field. What was typed into it is not stored in place
        of what others have stored meanwhile, unless a person wants that: see `widgets.overtaken`,
        which tells them what both are, as `shown`."""
        assert self._stored
        stored = self._stored(name)
        self._drawn[name] = _Field(label, stored, shown)
        return {"label": label, "key": self.of(name, stored, before).name}

    def overtaken(self) -> list[tuple[str, str, str]]:
        """The drawn fields of which others have stored something else since they were filled: what
        each is called, what is stored, and what was typed, as they are shown."""
        return [
            (field.label, field.shown(field.stored), field.shown(self._content(name)))
            for name, field in self._drawn.items()
            if self.is_overtaken(name, field.stored)
        ]

    def saving(
        self,
        key: SessionKey[Any],
        stored: Callable[[Event, str], object],
        store: Callable[..., object],
        needed: Permission,
        *,
        insists: bool = False,
    ) -> dict[str, Any]:
        """The button that stores what is typed into the drawn fields, unless others have stored
        meanwhile what is not shown; with `insists`, in place of what is shown that they stored."""
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
        return pressed(key.name, act, needed, t("Saved."), typed=typed, then=self.settle)

    def give_up(self) -> None:
        """Continue with what others stored."""
        for name, field in self._drawn.items():
            if self.is_overtaken(name, field.stored):
                self.place.of("field", name).set(field.stored)
                self._untyped[name] = field.stored

    def insist(self) -> None:
        """Store what was typed in place of what others stored, as it is shown."""
        for name, field in self._drawn.items():
            if self.is_overtaken(name, field.stored):
                self._untyped[name] = field.stored

    def settle(self, *names: str) -> None:
        """What these fields contain, or all, is saved, perhaps spelled otherwise: they follow it
        again."""
        self._untyped |= {name: self._content(name) for name in names or self._untyped}

    def is_overtaken(self, name: str, stored: object) -> bool:
        """Whether others have stored something else since this field was filled."""
        content = self._content(name)
        return content != stored and self._untyped.get(name) != stored

    def _content(self, name: str) -> Any:
        return self.place.of("field", name).get()


class StoredForm(StoredFields):
    """The fields of a form; its button is a widget at `save`.

    The browser keeps what is typed into a form until it is submitted, and would replace it by what
    a field is filled with before.
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


# Others stored what somebody is typing over: both are shown, and the person chooses


def show_overtaken(
    fields: StoredFields, saving: Callable[..., dict[str, Any]] | None = None
) -> None:
    """Show what is saved and what was typed, side by side, with the two ways on; nothing if others
    stored nothing. Call after the fields, and outside of their form. `saving` is `fields.saving` of
    a place, with what else it needs, where what was typed can be stored at once."""
    if overtaken := fields.overtaken():
        mine = saving(fields.place.of("insist"), insists=True) if saving else None
        show_both(fields.place, overtaken, give_up=fields.give_up, insist=fields.insist, mine=mine)


def show_both(
    place: SessionKey[Any],
    overtaken: Iterable[tuple[str, str, str]],
    *,
    give_up: Callable[[], None],
    insist: Callable[[], None],
    mine: dict[str, Any] | None = None,
) -> None:
    """What each field is called, what is saved in it and what was typed, with the two ways on.
    `mine`: key and callback of the second, if not `insist`."""
    with st.container(border=True):
        st.warning(
            t(
                "Somebody changed this in another tab. Your text is not saved. Choose "
                "which one to keep."
            ),
            icon=":material/call_split:",
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
            how = mine or {"key": place.of("insist").name, "on_click": insist}
            st.button(t("Use mine"), icon=":material/swap_horiz:", **how)
