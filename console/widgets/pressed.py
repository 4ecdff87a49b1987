"""What a button does, carried out in its callback: whole once it has begun, whatever its reader
does next, and once for each button that was drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from console import announcements
from console.session import EVENT_ID, IS_TO_CONFIRM, Viewer, installation, reader, tell_at
from console.session_key import SessionKey
from console.streamlit_edge import gate
from console.text import in_words, keep_language, language
from shared import reading_places
from shared.access import presses
from shared.access.roles import Permission
from shared.errors import ConfirmationNeeded, NotAllowed, ProductError
from shared.events import event_for_change
from shared.language import Language
from shared.storage.sealing.tokens import new_token

# Whether a callback has changed what the whole screen shows.
IS_CHANGED = SessionKey[bool]("pressed.is_changed")
_NOTHING = object()

# What a button does with a session that writes; see `act_button`.
ButtonAct = Callable[..., object]


class Typed(Protocol):
    """A field, or several: what stands in them."""

    def get(self) -> Any: ...


@dataclass(frozen=True)
class _DrawnButton:
    """A button as it was drawn: for whom, in which language, on which event, and what it does."""

    key: str
    act: ButtonAct
    needed: Permission
    done: str
    first: Callable[..., object] | None
    then: Callable[[], object]
    reader: Viewer
    language: Language
    event_id: int | None
    nonce: str

    def announce(self, sentence: str, *, is_refusal: bool = False) -> None:
        who = self.reader.sign_in
        announcements.announce(who, sentence, is_refusal=is_refusal, button=self.key)

    def carried_out(self, *typed: object) -> object:
        """What the act says, once all of it is stored; NOTHING if it was done before."""
        if self.first:
            self.reader.required(self.event_id, self.needed)
            with installation().database.reading() as session:
                if presses.is_taken(session, self.nonce):
                    return _NOTHING
            typed = (self.first(*typed),)
        with self.reader.writing_anywhere(self.event_id, self.needed) as session:
            event = [] if self.event_id is None else [event_for_change(session, self.event_id)]
            if not presses.take(session, self.nonce):
                return _NOTHING
            said = self.act(session, *event, *typed)
        said = said() if callable(said) else said
        return said if isinstance(said, str) else ""


def act_button(
    label: str,
    key: str,
    act: ButtonAct,
    needed: Permission,
    done: str = "",
    *,
    typed: tuple[Typed, ...] = (),
    first: Callable[..., object] | None = None,
    then: Callable[[], object] = lambda: None,
    is_of_event: bool = True,
    in_form: bool = False,
    icon: str = "",
    **looks: Any,
) -> None:
    """Draw a button that changes the event in hand, as the one of a form if it is `in_form`; below
    it (`style.css`) is shown what it did, or why not.

    `act` gets a session that writes for the reader, who may do what is `needed`, the event, locked,
    unless it is about none, and what stands in the fields of `typed` when it is pressed; or what
    `first` makes of that, which is called before anything is locked. They look at nothing of
    Streamlit's: what was shown is bound to them. `act` may return the sentence to say in place of
    `done`, or what is left to do once that is stored, which returns it; nothing else is said.
    `then` is called at the end. `icon` is a name of Material Symbols; `looks` are further arguments
    of `st.button`.
    """
    tell_at(key)
    event_id = EVENT_ID.get() if is_of_event else None
    drawn = _DrawnButton(
        key, act, needed, done, first, then, reader(), language(), event_id, new_token()
    )
    draw = st.form_submit_button if in_form else st.button
    looks["icon"] = f":material/{icon}:" if icon else None
    draw(label, key=key, on_click=_carry_out, args=(drawn, typed), **looks)


def draw_anew_if_changed(*, is_whole: bool = False) -> None:
    """Draw the whole screen if a press in a part of it, as in a window, has changed what it shows;
    `is_whole`: it is just about to be drawn."""
    if IS_CHANGED.take(False) and not is_whole:
        st.rerun()


def _carry_out(drawn: _DrawnButton, typed: tuple[Typed, ...]) -> None:
    values = [one.get() for one in typed]
    keep_language(drawn.language)
    try:
        with reading_places.for_event(drawn.event_id or 0):
            said = drawn.carried_out(*values)
    except NotAllowed:
        # The screen says so.
        return
    except ConfirmationNeeded:
        IS_TO_CONFIRM.set(True)
        IS_CHANGED.set(True)
        return
    except ProductError as refusal:
        drawn.announce(in_words(refusal), is_refusal=True)
        return
    finally:
        gate.acted()
    if said is not _NOTHING:
        if said or drawn.done:
            drawn.announce(str(said or drawn.done))
        drawn.then()
        IS_CHANGED.set(True)
