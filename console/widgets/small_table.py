"""A small table of text and numbers, which a screen reader reads as one."""

from collections.abc import Sequence
from html import escape

import streamlit as st


def small_table(
    caption: str, heads: Sequence[str], rows: Sequence[tuple[bool, Sequence[str]]], *, words: int
) -> None:
    """Lines with `heads` above them, in which numbers follow so many columns of `words`; lines that
    are not True are quiet.

    `caption` is for people who do not see the table.
    """
    head = _cells("th", ' scope="col"', heads, words)
    body = "".join(
        ("<tr>" if is_due else '<tr class="quiet">') + _cells("td", "", cells, words) + "</tr>"
        for is_due, cells in rows
    )
    st.html(
        f'<table class="whom"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cells(tag: str, more: str, cells: Sequence[str], words: int) -> str:
    return "".join(
        f"<{tag}{more}{' class=count' if at >= words else ''}>{escape(cell)}</{tag}>"
        for at, cell in enumerate(cells)
    )
