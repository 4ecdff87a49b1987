"""A small table of text and numbers, which a screen reader reads as one."""

from collections.abc import Sequence
from html import escape

import streamlit as st


def small_table(
    caption: str, heads: Sequence[str], rows: Sequence[tuple[bool, Sequence[str]]]
) -> None:
    """Lines with `heads` above them, the last cells numbers; those that are not True are quiet.

    `caption` is for people who do not see the table.
    """
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        ("<tr>" if is_due else '<tr class="quiet">')
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for is_due, cells in rows
    )
    st.html(
        f'<table class="whom"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
