"""Changes of the placement: each is saved at once, can be undone, and never overwrites one made
elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from console.design_changes import store_change
from console.group_choice import chosen_id
from console.screens.certificate import placement
from console.session import in_hand, reading
from console.session_key import SessionKey
from console.text import plain, t
from console.widgets.pressed import IS_CHANGED
from shared.certificates.designs import designs
from shared.certificates.designs.changes import BringBack, LayoutChange
from shared.errors import DesignChanged, LayoutRefused, ProductError
from shared.language import N_
from shared.rendering.layout import Layout
from shared.storage.models import Design, Event

# The ids of an event and of the group whose certificate it is; None means everybody's.
Place = tuple[int, int | None]
REFUSAL = SessionKey[ProductError]("certificate.refusal")
_SAVED = SessionKey[str]("certificate.saved")
_STEPS = {"undo": N_("Undone."), "redo": N_("Redone.")}
# A layout that waits because the certificate was changed elsewhere, and the message of its change.
_WAITING = SessionKey[tuple[Layout, str]]("certificate.waiting")


@dataclass
class History:
    """The placement that a tab shows, and its steps.

    `version` is the design's: if it is not the stored one, this tab has not seen what was saved
    elsewhere. `own` are the versions that this tab has saved. `undone` are those that its last
    steps back have left; they count while `reached` is the stored version.
    """

    version: int
    layout: Layout
    own: set[int] = field(default_factory=set)
    undone: list[int] = field(default_factory=list)
    reached: int = 0
    # The version that each step brings back, and the undone ones after it.
    steps: dict[str, tuple[int | None, list[int]]] = field(default_factory=dict)

    def shows(self, version: int, layout: Layout) -> None:
        """Note that the stored placement is shown."""
        self.version, self.layout = version, layout

    def did(self, version: int, layout: Layout) -> None:
        """Note that this tab saved a placement."""
        self.own.add(version)
        self.shows(version, layout)

    def seen_after(self, version: int) -> int:
        """Return the newest version that differs from `version` only by this tab's own changes.

        People are quicker than the answer to their last change.
        """
        while version + 1 in self.own:
            version += 1
        return version


_HISTORY = SessionKey[History]("certificate.history")


def place_of(event: Event) -> Place:
    """Return the place of the certificate that this tab shows."""
    return event.id, chosen_id(event)


def show_stored(place: Place, design: Design) -> History:
    """Return this tab's history, which now shows the stored placement."""
    layout = placement.with_all_kinds(designs.layout_of(design))
    history = _HISTORY.of(*place).keep(History(design.version, layout))
    if waiting(place) is None:
        history.shows(design.version, layout)
    return history


@in_hand()
def save(change: Callable[[Layout], Layout], message: str, seen: int | None = None) -> None:
    """Change the placement that this tab shows.

    `message` says afterwards what was done; `seen` is the version that the person changed, if it is
    not the one shown last. A layout that cannot be drawn is refused (`REFUSAL`). If the certificate
    was changed elsewhere, this change waits until somebody chooses: see `waiting`.
    """
    with reading() as (_, event):
        place = place_of(event)
    history = _history(place)
    try:
        layout = change(history.layout)
        if layout == history.layout:
            return
        based_on = history.seen_after(history.version if seen is None else seen)
        design = store_change(LayoutChange(layout, seen_version=based_on, group_id=place[1]))
        note_saved(place, design.version, layout, message)
    except DesignChanged:
        _WAITING.of(*place).set((layout, message))
    except LayoutRefused as refusal:
        REFUSAL.set(refusal)


def note_saved(place: Place, version: int, layout: Layout, message: str) -> None:
    """Note that this tab saved a placement; the screen says so."""
    _history(place).did(version, layout)
    _SAVED.set(t("Saved as version {version}: {what}", version=version, what=message))


def note_done(message: str) -> None:
    """Note what this tab did to the certificate besides placing; the screen says so."""
    _SAVED.set(t("Saved: {what}", what=message))


def waiting(place: Place) -> tuple[Layout, str] | None:
    """Return the layout that this tab could not save because the certificate was changed elsewhere,
    and the message of its change; None if there is none."""
    return _WAITING.of(*place).get()


def show_steps(place: Place, design: Design, before: int | None) -> None:
    """Draw the buttons that bring back the version `before` the shown design, and what was
    undone."""
    history = _history(place)
    undone = history.undone if history.reached == design.version else []
    history.steps = {
        "undo": (before, [*undone, design.version]),
        "redo": (undone[-1] if undone else None, undone[:-1]),
    }
    labels = {"undo": t("Undo"), "redo": t("Redo")}
    for way, (to, _) in history.steps.items():
        st.button(
            labels[way], icon=f":material/{way}:", key=f"certificate.{way}", disabled=to is None,
            on_click=go, args=(place, design.version, way),
        )  # fmt: skip


def say_saved() -> None:
    if saved := _SAVED.get():
        st.caption(f":material/check: {plain(saved)}")


@in_hand()
def go(place: Place, shown: int, way: str) -> None:
    """Undo or redo, unless the design is not the one `shown` any more."""
    history = _history(place)
    to, undone = history.steps[way]
    if to is None:
        return
    change = BringBack(to, group_id=place[1])
    try:
        with reading() as (_, event):
            if change.current(event).version != shown:
                return
        history.reached, history.undone = store_change(change).version, undone
    except ProductError as refusal:
        REFUSAL.set(refusal)
    else:
        _SAVED.set(t(_STEPS[way]))
        IS_CHANGED.set(True)


def give_up(place: Place) -> None:
    """Continue with what was saved elsewhere."""
    _WAITING.of(*place).take()


def insist(design_version: int, layout: Layout, place: Place) -> None:
    """Replace what was saved elsewhere, and is shown as `design_version`, by this tab's layout."""
    change = _WAITING.of(*place).take()
    if change is None:
        return
    mine, message = change
    _history(place).shows(design_version, layout)
    save(lambda _: mine, message)


def _history(place: Place) -> History:
    """Return the history of a certificate that this tab has shown."""
    history = _HISTORY.of(*place).get()
    assert history is not None
    return history
