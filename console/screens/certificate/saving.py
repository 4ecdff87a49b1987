"""Each change of the placement is saved at once, reported, can be undone, and never overwrites
another's."""

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from console.design_changes import store_change
from console.group_choice import chosen_id
from console.screens.certificate import placement
from console.session import in_hand, reading
from console.session_key import SessionKey
from console.text import plain, t
from shared.certificates.designs import designs
from shared.certificates.designs.changes import BringBack, LayoutChange
from shared.errors import DesignChanged, LayoutRefused, ProductError
from shared.language import N_
from shared.rendering.layout import Layout
from shared.storage.models import Design, Event

# An event, and the group of the certificate; None: everybody's.
Place = tuple[int, int | None]
REFUSAL = SessionKey[ProductError]("certificate.refusal")
_SAVED = SessionKey[str]("certificate.saved")
_STEPS = {"undo": N_("Undone."), "redo": N_("Redone.")}
# Whether a step was just taken.
_STEPPED = SessionKey[bool]("certificate.stepped")
# What would have been saved, and the message to show then.
_WAITING = SessionKey[tuple[Layout, str]]("certificate.waiting")


@dataclass
class History:
    """The placement that a tab shows.

    `version` is the design's: somebody who saves with another version than the stored one has not
    seen what was saved elsewhere. `own` are the versions that this tab has saved, `undone` those
    that its last steps back have left, until something else than a step is saved: while `reached`
    is the stored one.
    """

    version: int
    layout: Layout
    own: set[int] = field(default_factory=set)
    undone: list[int] = field(default_factory=list)
    reached: int = 0
    # Which version each step brings back, and what is undone then.
    steps: dict[str, tuple[int | None, list[int]]] = field(default_factory=dict)

    def shows(self, version: int, layout: Layout) -> None:
        """Note that the stored placement is shown."""
        self.version, self.layout = version, layout

    def did(self, version: int, layout: Layout) -> None:
        """Note that this tab saved a placement."""
        self.own.add(version)
        self.shows(version, layout)

    def seen_after(self, version: int) -> int:
        """The newest version that differs from `version` only by this tab's own changes.

        It is needed because the hand is quicker than the answer to its previous change.
        """
        while version + 1 in self.own:
            version += 1
        return version


_HISTORY = SessionKey[History]("certificate.history")


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
        based_on = history.seen_after(history.version if seen is None else seen)
        design = store_change(LayoutChange(layout, seen_version=based_on, group_id=place[1]))
        note_saved(place, design.version, layout, what)
    except DesignChanged:
        _WAITING.of(*place).set((layout, what))
    except LayoutRefused as refusal:
        REFUSAL.set(refusal)


def note_saved(place: Place, version: int, layout: Layout, what: str) -> None:
    """Note that this tab saved a placement; the screen says so."""
    _history(place).did(version, layout)
    _SAVED.set(t("Saved as version {version}: {what}", version=version, what=what))


def note_done(what: str) -> None:
    """Note what this tab did to the certificate besides placing; the screen says so."""
    _SAVED.set(t("Saved: {what}", what=what))


def waiting(place: Place) -> tuple[Layout, str] | None:
    """What this tab would have saved, had the certificate not been changed elsewhere, and which
    change that is."""
    return _WAITING.of(*place).get()


def show_steps(place: Place, design: Design, before: int | None) -> None:
    """The buttons that bring back the version `before` the design that is shown, and what this tab
    has undone."""
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
    if _STEPPED.take(False):
        # Around the sheet, too.
        st.rerun()


def say_saved() -> None:
    if saved := _SAVED.get():
        st.caption(f":material/check: {plain(saved)}")


@in_hand()
def go(place: Place, shown: int, way: str) -> None:
    """Undo or redo; a press meant for another design than the one `shown` is none."""
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
        _STEPPED.set(True)


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
