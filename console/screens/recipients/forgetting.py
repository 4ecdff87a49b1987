"""Forgetting a column of the list, after saying how many people it is about."""

from collections.abc import Callable

import streamlit as st

from console import previews
from console.session import actor, installation, long_work, reading, say
from console.session_key import SessionKey
from console.text import plain, t, tn
from shared.events.roles import Permission
from shared.volunteers.forgotten_columns import count_values, forget_column

_ASKED = SessionKey[bool]("recipients.forget")
_SURE = SessionKey[bool]("recipients.forget.sure")


def offer_to_forget(event_id: int, title: str, close: Callable[[], None]) -> None:
    """A button, and behind it what would go, and for how many; `close` ends the window."""
    asked = _ASKED.of(event_id, title)
    if not asked.get(False):
        st.button(
            t("Forget this column"), icon=":material/delete_forever:", type="tertiary",
            key=f"{asked.name}.ask", on_click=asked.set, args=(True,),
        )  # fmt: skip
        return
    # Only now: it reads the whole list.
    with reading() as (session, event):
        count = count_values(session, event, title)
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
            t("Forget “{column}”", column=plain(title)), key=f"{asked.name}.do", type="primary",
            disabled=not is_sure,
        )  # fmt: skip
        st.button(t("Cancel"), key=f"{asked.name}.not", on_click=asked.set, args=(False,))
    if is_pressed:
        asked.take()
        close()
        _forget(event_id, title)


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
