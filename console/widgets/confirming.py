"""Questions before something is undone, or done for good; each stays until it is answered."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from console import previews
from console.jobs import acts_button
from console.session import installation, reading
from console.session_key import SessionKey
from console.text import t, tn
from console.widgets.spoken import show_info, show_paragraph
from shared.access.roles import Permission
from shared.acts import Act
from shared.acts.remove import Remove
from shared.acts.undo_list import UndoList, Undone, count_undoable
from shared.volunteers.people.listing import Selection

# The effect of undoing a list, once somebody asked.
_COUNTED = SessionKey[Undone]("confirming.undo")
# More people are removed only once their number was typed.
_MOST_UNTYPED = 50


def offer_to_confirm(
    label: str,
    asked: SessionKey[Any],
    begin: Act | Callable[..., Sequence[Act]],
    needed: Permission,
    then: Callable[[], object],
    **how: Any,
) -> None:
    """Draw the button that carries out the acts that were `asked` for, and *Cancel*; either one
    clears `asked`.

    `then` is called after the acts; `how` is passed on to the button.
    """

    def forget() -> None:
        asked.take()
        then()

    acts_button(label, asked.of("do").name, begin, needed, then=forget, **how)
    st.button(t("Cancel"), key=asked.of("not").name, on_click=asked.take)


def effect_of_undoing(import_id: int, label: str, icon: str | None = None) -> Undone | None:
    """Return the effect of undoing a list that was added; until somebody has asked for it, draw
    the button with this `label`, which does."""
    counted = _COUNTED.of(import_id)

    def count() -> None:
        with reading() as (session, event):
            counted.set(count_undoable(session, installation().seal, event, import_id))

    if not counted.is_set():
        st.button(label, key=counted.of("ask").name, icon=icon, type="tertiary", on_click=count)
    return counted.get()


def offer_to_undo(import_id: int, found: Undone, **how: Any) -> None:
    """Offer to undo a list that was added, with the effect that was `found`; `how` is passed on to
    `acts_button`."""
    number = found.removed + found.restored
    label = tn("Yes, undo it for {count} person", "Yes, undo it for {count} people", number)
    # Previews of this screen may contain what the list said.
    offer_to_confirm(
        label, _COUNTED.of(import_id), UndoList(import_id), Permission.CHANGE_LIST,
        previews.forget_all, disabled=not number, **how,
    )  # fmt: skip


def offer_to_remove(
    people: Selection, key: SessionKey[str], then: Callable[[], None] = lambda: None
) -> int:
    """Offer to remove those of `people` to whom nothing was sent, and return how many they are.

    More than `_MOST_UNTYPED` are removed only after their number was typed. `key` names the field
    and the button; `then` is called once they are removed.
    """
    with reading() as (session, event):
        act = Remove(people.as_of_now(session, event))
        count = act.count(session, event)
    if not count:
        show_info("None of them can be removed in bulk.")
        return 0
    show_paragraph("This removes their lines. Nothing was sent to them.")
    is_sure = count <= _MOST_UNTYPED
    if not is_sure:
        label = t("To remove them, type their number: {count}", count=count)
        # In any way of writing thousands.
        typed = re.sub(r"[\s,.’']", "", st.text_input(label, key=key.of("number").name))
        is_sure = typed == str(count)
    label = tn("Yes, remove {count} person", "Yes, remove {count} people", count)
    acts_button(
        label, key.of("do").name, act, Permission.CHANGE_LIST, then=then,
        type="primary", disabled=not is_sure,
    )  # fmt: skip
    return count
