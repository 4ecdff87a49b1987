"""Each change of the placement is saved at once, said, undone, and never put over another's."""

from collections.abc import Callable

import streamlit as st

from console.screens.certificate import placement
from console.screens.certificate.history import History
from console.session import installation, reading
from console.text import in_words, plain, t
from shared.certificates import designs
from shared.errors import DesignChanged, LayoutRefused
from shared.events import event_for_change
from shared.rendering.layout import Layout
from shared.storage.models import Design, Event


def show_stored(design: Design) -> History:
    """What this tab has done so far, with the stored placement as the one that it shows."""
    layout = placement.with_all_kinds(designs.layout_of(design))
    history = _histories().setdefault(design.event_id, History(design.version, layout))
    if waiting(design.event_id) is None:
        history.shows(design.version, layout)
    return history


def save(change: Callable[[Layout], Layout], what: str, seen: int | None = None) -> None:
    """Change the placement that this tab shows; certificates that were issued keep theirs.

    `what` says afterwards what was saved; `seen` is the version that the person has changed, if
    that is not what was shown last. What cannot be drawn is refused with a reason, and what
    was changed elsewhere stays, with the change kept until somebody chooses: see `waiting`.
    """
    with reading() as (_, event):
        event_id = event.id
    history = _histories()[event_id]
    try:
        layout = change(history.layout)
        if layout == history.layout:
            return
        version = _store(event_id, layout, history.version if seen is None else seen)
        note_saved(event_id, version, layout, what)
    except DesignChanged:
        _waiting()[event_id] = (layout, what)
    except LayoutRefused as refusal:
        st.session_state["refusal"] = in_words(refusal)
        # By this the component knows that its boxes have to go back.
        st.session_state["refusals"] = st.session_state.get("refusals", 0) + 1


def _store(event_id: int, layout: Layout, seen: int) -> int:
    newest = _histories()[event_id].seen_after(seen)
    with installation().database.reading() as session:
        designs.prepare_layout(session, session.get_one(Event, event_id), layout)
    with installation().database.writing() as session:
        event = event_for_change(session, event_id)
        return designs.set_layout(session, event, layout, newest).version


def note_saved(event_id: int, version: int, layout: Layout, what: str) -> None:
    """This tab has saved a placement; it is said on the screen."""
    _histories()[event_id].did(version, layout)
    st.session_state["saved"] = t("Saved as version {version}: {what}", version=version, what=what)


def waiting(event_id: int) -> Layout | None:
    """What this tab would have saved, had the certificate not been changed elsewhere."""
    return _waiting().get(event_id, (None, ""))[0]


def show_steps(history: History) -> None:
    """Buttons to undo and to redo, and what was saved last."""
    _step(t("Undo"), ":material/undo:", "undo", history.past)
    _step(t("Redo"), ":material/redo:", "redo", history.undone)


def say_saved() -> None:
    if saved := st.session_state.get("saved", ""):
        st.caption(f":material/check: {plain(saved)}")


def _step(label: str, icon: str, key: str, layouts: list[Layout]) -> None:
    def go() -> None:
        save(lambda _: layouts[-1], label)

    st.button(label, icon=icon, key=key, disabled=not layouts, on_click=go)


def give_up(event_id: int) -> None:
    """Go on with what was saved elsewhere."""
    _waiting().pop(event_id, None)


def insist(design_version: int, layout: Layout, event_id: int) -> None:
    """Put this tab's own in place of what was saved elsewhere, and shown as `design_version`."""
    mine, what = _waiting().pop(event_id)
    _histories()[event_id].shows(design_version, layout)
    save(lambda _: mine, what)


def _histories() -> dict[int, History]:
    found: dict[int, History] = st.session_state.setdefault("histories", {})
    return found


def _waiting() -> dict[int, tuple[Layout, str]]:
    found: dict[int, tuple[Layout, str]] = st.session_state.setdefault("waiting", {})
    return found
