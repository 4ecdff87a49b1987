"""Forgetting a column of the list, after saying how many people it is about."""

from collections.abc import Callable

import streamlit as st

from console import previews
from console.long_work import long_work
from console.session import actor, installation, reading, say
from console.session_key import SessionKey
from console.text import plain, t, tn
from shared.access.roles import Permission
from shared.volunteers.lists.forgotten_columns import count_values, forget_column

# How many people have a value, once somebody asked.
_COUNT = SessionKey[int]("recipients.forget")
_SURE = SessionKey[bool]("recipients.forget.sure")


def offer_to_forget(event_id: int, title: str, close: Callable[[], None]) -> None:
    """A button, and behind it what would go, and for how many; `close` ends the window."""
    kept, place = _COUNT.of(event_id, title), st.empty()
    if not kept.is_set():
        is_asked = place.button(
            t("Forget this column"), icon=":material/delete_forever:", type="tertiary",
            key=f"{kept.name}.ask",
        )  # fmt: skip
        if not is_asked:
            return
        place.empty()
        # Once, for it reads the whole list.
        with reading() as (session, event):
            kept.set(count_values(session, event, title))
    count = kept.get(0)
    st.warning(
        tn(
            "What is stored in “{column}” goes, for {count} person. Certificates that were issued "
            "keep what they were made with. Nobody can undo this.",
            "What is stored in “{column}” goes, for {count} people. Certificates that were issued "
            "keep what they were made with. Nobody can undo this.",
            count,
            column=plain(title),
        ),
        icon=":material/delete_forever:",
    )
    is_sure = st.checkbox(t("Yes, for good"), key=_SURE.of(event_id, title).name)
    with st.container(horizontal=True):
        is_pressed = st.button(
            t("Forget “{column}”", column=plain(title)), key=f"{kept.name}.do", type="primary",
            disabled=not is_sure,
        )  # fmt: skip
        st.button(t("Cancel"), key=f"{kept.name}.not", on_click=_withdraw, args=(event_id, title))
    if is_pressed:
        _withdraw(event_id, title)
        close()
        _forget(event_id, title)


def _withdraw(event_id: int, title: str) -> None:
    """The question is answered, or nobody's any more."""
    _COUNT.of(event_id, title).take()


def _forget(event_id: int, title: str) -> None:
    with long_work(Permission.CHANGE_TEXTS, t("The column is being forgotten …")) as told:
        count = forget_column(installation().database, event_id, title, told, actor())
        # Previews shown here may contain its values.
        previews.forget_all()
        say(
            tn(
                "The column is forgotten, and what {count} person had in it.",
                "The column is forgotten, and what {count} people had in it.",
                count,
            )
        )
