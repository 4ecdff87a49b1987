"""Fields that store themselves when they are left, each by itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import streamlit as st
from sqlalchemy.orm import Session

from console.session import reader
from console.session_key import SessionKey
from console.text import in_words, t, written_time
from console.widgets.stored_fields import SAVED_BY_ANOTHER, show_both
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.storage.models import Event, now

# One line beneath each field: its place is reserved, so that nothing moves.
_LINE = SessionKey[None]("saving_fields.line")


class _Drawn(NamedTuple):
    """A field as it was drawn: what was stored then, and what its widget contained."""

    stored: Any
    content: Any


class _Unsaved(NamedTuple):
    """Text that could not be stored, what its field had shown, and the reason."""

    typed: Any
    shown: Any
    refusal: ProductError


class _Saved(NamedTuple):
    """The last value that this tab stored: its field, as it was typed and as it is stored, what it
    replaced, and when."""

    name: str
    typed: Any
    stored: Any
    before: Any
    at: datetime


@dataclass
class _KnownFields:
    """The state of a tab's fields.

    A callback changes it without touching Streamlit's own state, which would end the callback if
    another request waits.
    """

    drawn: dict[str, _Drawn] = field(default_factory=dict)
    unsaved: dict[str, _Unsaved] = field(default_factory=dict)
    # How often a field was filled with something else than it contained. Each time it becomes
    # another widget, so that what a browser still reports of the one before is ignored.
    fillings: dict[str, int] = field(default_factory=dict)
    saved: _Saved | None = None


class SavingFields:
    """The fields of a screen that store themselves.

    A value is stored only if what its field showed is still stored; otherwise the field shows both,
    and a person chooses.
    """

    def __init__(
        self,
        place: SessionKey[Any],
        event: Event,
        stored: Callable[[Event, str], Any],
        store: Callable[[Session, Event, str, Any], object],
    ) -> None:
        """`stored` returns what an event contains in the field of that name. `store` checks a value
        and sets it within the transaction, without reading Streamlit's state, or raises
        ProductError.
        """
        self._place = place.of(event.id)
        self._kept: _KnownFields = self._place.of("kept").keep(_KnownFields())
        self._event, self._stored, self._store = event, stored, store
        self._reader = reader()

    def get(self) -> dict[str, Any]:
        """Return what the drawn fields contain, by their names."""
        return {name: self._widget(name).get() for name in self._kept.drawn}

    def show(
        self,
        draw: Callable[..., object],
        name: str,
        label: str,
        *,
        shown: Callable[[Any], str] = str,
        **how: Any,
    ) -> None:
        """Draw a field by `draw`, such as `st.text_input`, and beneath it when it was saved, or why
        not. `shown` writes a value where two of them are compared."""
        stored = self._stored(self._event, name)
        widget = self._filled(name, stored)
        with st.container(gap=None):
            draw(label, key=widget.name, on_change=self._leave, args=(name, stored), **how)
            line = _LINE.of(self._place.name, name)
            with st.container(key=line.name, horizontal=True, vertical_alignment="center"):
                self._show_line(name, stored)
        unsaved = self._kept.unsaved.get(name)
        if unsaved and unsaved.shown != stored:
            show_both(
                self._place.of("both", name),
                [(label, shown(stored), shown(unsaved.typed))],
                give_up=partial(self._give_up, name),
                insist=partial(self._keep, name, stored, unsaved.typed),
            )

    def _widget(self, name: str) -> SessionKey[Any]:
        return self._place.of("field", name, self._kept.fillings.get(name, 0))

    def _filled(self, name: str, stored: Any) -> SessionKey[Any]:
        """Return the place of the widget, filled with what is stored, or with what could not be."""
        kept, widget = self._kept, self._widget(name)
        drawn = kept.drawn.get(name)
        if drawn and widget.get(drawn.content) != drawn.content:
            # Its callback was ended before it had read this.
            self._leave(name, drawn.stored)
            st.rerun()
        content = kept.unsaved[name].typed if name in kept.unsaved else stored
        if widget.get(content) != content and not self._is_as_saved(name, stored, widget.get()):
            kept.fillings[name] = kept.fillings.get(name, 0) + 1
            widget = self._widget(name)
        if not widget.is_set() or widget.get() != content:
            widget.set(content)
        kept.drawn[name] = _Drawn(stored, content)
        return widget

    def _is_as_saved(self, name: str, stored: Any, content: Any) -> bool:
        """Return whether `content` is stored, though spelled otherwise."""
        saved = self._kept.saved
        return saved is not None and saved[:3] == (name, content, stored)

    def _leave(self, name: str, shown: Any) -> None:
        """Store what the field contains, if that is not what it showed."""
        typed = self._widget(name).get()
        self._kept.drawn[name] = _Drawn(shown, typed)
        if typed != shown:
            self._keep(name, shown, typed)
        else:
            self._give_up(name)

    def _give_up(self, name: str) -> None:
        """Continue with what is stored."""
        self._kept.unsaved.pop(name, None)

    def _keep(self, name: str, shown: Any, typed: Any) -> None:
        """Store what was typed in place of what was shown."""
        kept = self._kept
        try:
            with self._reader.writing(self._event.id, Permission.CHANGE_TEXTS) as (session, event):
                before = self._stored(event, name)
                if before not in (shown, typed):
                    raise ProductError(SAVED_BY_ANOTHER)
                self._store(session, event, name, typed)
                stored = self._stored(event, name)
        except ProductError as refusal:
            kept.unsaved[name] = _Unsaved(typed, shown, refusal)
        else:
            kept.unsaved.pop(name, None)
            kept.saved = _Saved(name, typed, stored, before, now())

    def _show_line(self, name: str, stored: Any) -> None:
        unsaved, saved = self._kept.unsaved.get(name), self._kept.saved
        if unsaved and unsaved.shown == stored:
            st.markdown(f":red[:material/error: {in_words(unsaved.refusal)}]")
        elif saved and (saved.name, saved.stored) == (name, stored):
            said = t("Saved {time}", time=written_time(saved.at, self._event, "%H:%M"))
            st.caption(said, width="content")
            st.button(
                t("Undo"), key=self._place.of("undo").name, type="tertiary",
                on_click=self._keep, args=(name, stored, saved.before),
            )  # fmt: skip
        else:
            # Streamlit draws no empty container.
            st.caption("\u00a0", width="content")
