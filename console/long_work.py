"""Work on a long list in turns: how far it is, and numbers on the screen that follow it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st
from sqlalchemy.orm import Session
from streamlit.runtime.scriptrunner import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from console import presses
from console.foot import bar, clear_bar
from console.session import (
    in_hand,
    reading,
    refuse,
    require,
    stay_known,
)
from console.session_key import SessionKey
from console.text import in_words
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.storage.models import Event

T = TypeVar("T")
# What draws the numbers of the open screen anew, by their names on it.
_FOLLOWING = SessionKey[dict[str, Callable[[], None]]]("long_work.following")
# Numbers are read and drawn anew at most once in so many seconds.
_EVERY = 1.0


def follow(
    name: str, read: Callable[[Session, Event], T], draw: Callable[[T], None], found: T
) -> None:
    """Draw what was `found`, and while long work changes it what can be `read` then.

    `draw` draws no fields or buttons: what is typed and chosen elsewhere on the screen stays.
    `name` tells these numbers from others on the same screen.
    """
    place = st.empty()

    def draw_anew() -> None:
        with reading() as (session, event):
            now = read(session, event)
        # As part of the screen: the work may go on in a window or another fragment.
        with ThreadState.scoped(fragment_id=None, delta_path=None), place.container():
            draw(now)

    _FOLLOWING.keep({})[name] = draw_anew
    with place.container():
        draw(found)


def follow_nothing() -> None:
    """The screen is about to be drawn; what is on it will be followed again."""
    _FOLLOWING.set({})


@contextmanager
def long_work(needed: Permission, label: str) -> Iterator[Callable[[float], None]]:
    """A bar grows in the foot while a long list is stored in turns; then the screen is redrawn.

    Yields a function to call with the share that is done. The work goes on to its end when its
    reader opens another screen or closes the browser meanwhile: what it says is told on the next
    one. A refusal is shown in place: what was stored before it stays. Raises RoleTooLow if the
    reader may not do what is `needed`.
    """
    require(needed)
    stay_known()
    drawn_at = time.monotonic()
    left: RerunException | StopException | None = None

    def tell(share: float) -> None:
        nonlocal left, drawn_at
        presses.let_go()
        try:
            draw(share)
            if time.monotonic() >= drawn_at + _EVERY:
                for draw_anew in _FOLLOWING.get({}).values():
                    draw_anew()
                drawn_at = time.monotonic()
        # From then on Streamlit ends this run at whatever it draws.
        except (RerunException, StopException) as request:
            left = request

    try:
        with in_hand(), bar(label) as draw:
            yield tell
    except ProductError as refusal:
        refuse(in_words(refusal))
        clear_bar()
        return
    if left:
        raise left
    st.rerun()
