"""Each change of the placement is saved at once, reported, can be undone, and never overwrites
another's."""

from collections.abc import Callable

import streamlit as st

from console.group_choice import chosen_id
from console.screens.certificate import placement
from console.screens.certificate.history import History
from console.session import in_hand, reading, writing
from console.session_key import SessionKey
from console.text import in_words, plain, t
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.errors import DesignChanged, LayoutRefused
from shared.events.groups import with_id
from shared.rendering.layout import Layout
from shared.storage.models import Design, Event

# An event, and the group of the certificate; None: everybody's.
Place = tuple[int, int | None]

REFUSAL = SessionKey[str]("certificate.refusal")
# How often something was refused.
REFUSALS = SessionKey[int]("certificate.refusals")
_SAVED = SessionKey[str]("certificate.saved")
_HISTORY = SessionKey[History]("certificate.history")
# What would have been saved, and the message to show then.
_WAITING = SessionKey[tuple[Layout, str]]("certificate.waiting")


def place_of(event: Event) -> Place:
    """Identifies the certificate that this tab shows."""
    return event.id, chosen_id(event)


def show_stored(place: Place, design: Design) -> History:
    """This tab's history, with the stored placement as the one shown."""
    layout = placement.with_all_kinds(designs.layout_of(design))
    history = _HISTORY.of(*place).keep(History(design.version, layout))
    if waiting(place) is None:
        history.shows(design.version, layout)
    return history


@in_hand()
def save(change: Callable[[Layout], Layout], what: str, seen: int | None = None) -> None:
    """Change the placement that this tab shows; certificates that were issued keep theirs.

    `what` is the message afterwards; `seen` is the version that the person changed, if it is not
    the one shown last. What cannot be drawn is refused with a reason. Changes made elsewhere stay,
    and this one is kept until somebody chooses: see `waiting`.
    """
    with reading() as (_, event):
        place = place_of(event)
    history = _history(place)
    try:
        layout = change(history.layout)
        if layout == history.layout:
            return
        version = _store(place, layout, history.version if seen is None else seen)
        note_saved(place, version, layout, what)
    except DesignChanged:
        _WAITING.of(*place).set((layout, what))
    except LayoutRefused as refusal:
        REFUSAL.set(in_words(refusal))
        # This tells the component that its boxes have to go back.
        REFUSALS.set(REFUSALS.get(0) + 1)


def _store(place: Place, layout: Layout, seen: int) -> int:
    _, group_id = place
    newest = _history(place).seen_after(seen)
    with reading() as (session, event):
        designs.prepare_layout(session, event, layout, with_id(event, group_id))
    with writing(Permission.CHANGE_DESIGN) as (session, event):
        group = with_id(event, group_id)
        return designs.set_layout(session, event, layout, newest, group).version


def note_saved(place: Place, version: int, layout: Layout, what: str) -> None:
    """Note that this tab saved a placement; the screen says so."""
    _history(place).did(version, layout)
    _SAVED.set(t("Saved as version {version}: {what}", version=version, what=what))


def waiting(place: Place) -> Layout | None:
    """What this tab would have saved, had the certificate not been changed elsewhere."""
    change = _WAITING.of(*place).get()
    return change[0] if change else None


def show_steps(history: History) -> None:
    """Buttons to undo and to redo, and what was saved last."""
    _step(t("Undo"), ":material/undo:", "undo", history.past)
    _step(t("Redo"), ":material/redo:", "redo", history.undone)


def say_saved() -> None:
    if saved := _SAVED.get():
        st.caption(f":material/check: {plain(saved)}")


def _step(label: str, icon: str, way: str, layouts: list[Layout]) -> None:
    def go() -> None:
        save(lambda _: layouts[-1], label)

    st.button(label, icon=icon, key=f"certificate.{way}", disabled=not layouts, on_click=go)


def give_up(place: Place) -> None:
    """Continue with what was saved elsewhere."""
    _WAITING.of(*place).take()


def insist(design_version: int, layout: Layout, place: Place) -> None:
    """Replace what was saved elsewhere, and shown as `design_version`, by this tab's own."""
    change = _WAITING.of(*place).take()
    if change is None:
        return
    mine, what = change
    _history(place).shows(design_version, layout)
    save(lambda _: mine, what)


def _history(place: Place) -> History:
    """The history of a certificate that this tab has shown."""
    history = _HISTORY.of(*place).get()
    assert history is not None
    return history
