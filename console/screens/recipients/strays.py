"""Lines with characters that nobody sees, as copies of documents bring them: read without, by one
press."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from console.screens.recipients.entering import Entered
from console.session_key import SessionKey
from console.text import t, tn
from shared.rendering.names import without_strays
from shared.volunteers.lists.list_parser import Refusal

# The fingerprint of the list that is read without them.
_READ_WITHOUT = SessionKey[str | None]("recipients.strays")


def taken_out(entered: Entered) -> Entered:
    """The list without them, if that was pressed."""
    if _READ_WITHOUT.get() != entered.fingerprint:
        return entered
    rows = [[_tidied(cell) for cell in row] for row in entered.rows]
    return replace(entered, rows=rows)


def _tidied(cell: str) -> str:
    return cell if cell.isprintable() else without_strays(cell)


def offer(entered: Entered, refused: Sequence[Refusal]) -> None:
    if _READ_WITHOUT.get() == entered.fingerprint:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(t("The list is read without characters that nobody sees."), width="content")
            st.button(
                t("Undo"), key="recipients.strays.undo", on_click=_READ_WITHOUT.set, args=(None,),
                type="tertiary",
            )  # fmt: skip
        return
    count = sum(_tidied(line.text) != line.text for line in refused)
    if not count:
        return
    st.warning(
        tn(
            "{count} line holds characters that nobody sees, which only say where a line may end.",
            "{count} lines hold characters that nobody sees, which only say where a line may end.",
            count,
        ),
        icon=":material/visibility_off:",
    )
    st.button(
        t("Read the list without them"), key="recipients.strays.take", icon=":material/check:",
        on_click=_READ_WITHOUT.set, args=(entered.fingerprint,),
    )  # fmt: skip
