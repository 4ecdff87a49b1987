"""What is only looked at: counts as bars and numbers, what a check found, a small table, a card."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Literal

import streamlit as st

from console.text import plain, t
from shared.events.installation import FIRST_NAME
from shared.findings import Finding, Level
from shared.language import N_
from shared.storage.models import Event


def show_numbers(counts: list[tuple[str, int]]) -> None:
    """A few counts side by side, two in a row on a phone."""
    with st.container(horizontal=True):
        for label, count in counts:
            st.metric(label, f"{count:,}", border=True, width="stretch")


# What a check found, as a line with its colour and the colour in words


MARKS = {
    Level.GREEN: ":green[:material/check_circle:]",
    Level.AMBER: ":orange[:material/warning:]",
    Level.RED: ":red[:material/cancel:]",
}
# For people who do not see the colour.
_LEVEL_NAMES = {Level.GREEN: N_("Good"), Level.AMBER: N_("Take care"), Level.RED: N_("Not yet")}


def show_finding(finding: Finding, said: str) -> None:
    """`said` is the finding in the reader's words."""
    level = t(_LEVEL_NAMES[finding.level])
    st.markdown(f"{MARKS[finding.level]} **{t(finding.subject)}** · {level} · {plain(said)}")


# A small table of text and numbers, which a screen reader reads as one


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


# Somebody or something among others


Colour = Literal["blue", "gray", "green", "red", "orange"]


@contextmanager
def card(name: str, badges: Mapping[str, Colour], lines: Iterable[str]) -> Iterator[None]:
    """What can be done with it is drawn within."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(name)}**", width="content")
            for badge, colour in badges.items():
                st.badge(badge, color=colour)
        st.caption("  \n".join(plain(line) for line in lines))
        yield


def show_certificate(address: str, alt: str = "") -> None:
    """The picture of a certificate; without `alt` where it is described beside it."""
    st.html(f'<img class="certificate" src="{address}" alt="{escape(alt)}">')


def explain_first_event(event: Event) -> None:
    """What the event of the first start is for, which nobody created, until it has its own name."""
    if event.name == FIRST_NAME:
        st.caption(
            t("Try things out with this event, or rename it. Programs that name no event use it.")
        )


def isolated_page(html: str) -> str:
    """The address of a page with a mail's HTML, without origin, scripts or network.

    Whatever the mail contains, it cannot touch the console that shows it. Its links open in a new
    tab, as in a mail program: the pages behind them refuse to be shown in a frame.
    """
    rules = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = f'<meta http-equiv="Content-Security-Policy" content="{rules}"><base target="_blank">'
    page = f"{head}{html}"
    return f"data:text/html;charset=utf-8;base64,{b64encode(page.encode()).decode()}"
