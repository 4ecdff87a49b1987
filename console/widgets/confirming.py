"""What is asked before something is undone, or done for good: it stands until it is answered."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from console import previews
from console.jobs import act_on_people, acting_on_people
from console.session import reading
from console.session_key import SessionKey
from console.text import t, tn
from console.widgets.pressed import pressed
from shared.access.roles import Permission
from shared.acts import Tally
from shared.acts.remove import Remove
from shared.acts.undo_list import UndoList, Undone
from shared.volunteers.people.listing import Selection

# More people are removed only once their number was typed.
_MOST_UNTYPED = 50


def is_confirmed(label: str, asked: SessionKey[Any], **how: Any) -> bool:
    """Whether what was `asked` is wanted; either answer forgets that it was."""
    is_pressed = st.button(label, key=asked.of("do").name, **how)
    st.button(t("Cancel"), key=asked.of("not").name, on_click=asked.take)
    if is_pressed:
        asked.take()
    return is_pressed


# Undoing a list that was brought: asked once it is known for how many, and then done


def ask_whether_undone(counted: SessionKey[Undone], kind: Literal["primary", "secondary"]) -> bool:
    """Whether it is to be undone for as many as were `counted`; either answer forgets them."""
    found = counted.get(Undone(0, 0, 0))
    number = found.removed + found.restored
    label = tn("Yes, undo it for {count} person", "Yes, undo it for {count} people", number)
    return is_confirmed(label, counted, type=kind, disabled=not number)


def undo_list(import_id: int, further: Callable[[Tally], Sequence[str]] = lambda _: ()) -> None:
    """Undo that list, and tell the reader for how many, with `further` sentences."""
    act = UndoList(import_id)
    # Previews shown here may contain what it said.
    then = previews.forget_all
    act_on_people(lambda: act, Permission.CHANGE_LIST, then, further)


# Taking several people off the list: how many have nothing yet, and their number typed


def offer_to_remove(
    people: Selection, key: SessionKey[str], then: Callable[[], None] = lambda: None
) -> int:
    """Offer to remove those of `people` who have nothing yet; how many those are.

    `key` names what is typed and pressed; `then` is called once they are removed.
    """
    with reading() as (session, event):
        act = Remove(people.as_of_now(session, event))
        count = act.count(session, event)
    if not count:
        st.info(t("None of them can be removed in bulk."))
        return 0
    st.markdown(t("This removes their lines. Nothing was sent to them."))
    is_sure = count <= _MOST_UNTYPED
    if not is_sure:
        label = t("To remove them, type their number: {count}", count=count)
        # However its thousands are parted.
        typed = re.sub(r"[\s,.’']", "", st.text_input(label, key=key.of("number").name))
        is_sure = typed == str(count)
    label = tn("Yes, remove {count} person", "Yes, remove {count} people", count)
    act_on_them = acting_on_people(act, Permission.CHANGE_LIST)
    how = pressed(key.of("do").name, act_on_them, Permission.CHANGE_LIST, then=then)
    st.button(label, type="primary", disabled=not is_sure, **how)
    return count
