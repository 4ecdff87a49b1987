"""Things that are only looked at: counts, findings, a small table, a card, a picture."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Literal

import streamlit as st

from console.text import plain, t
from console.widgets.spoken import show_caption
from shared.events.installation import FIRST_NAME
from shared.findings import Finding, Level
from shared.language import N_
from shared.storage.models import Event, Status


def show_numbers(counts: list[tuple[str, int]]) -> None:
    """Show a few counts side by side, two in a row on a phone."""
    with st.container(horizontal=True):
        for label, count in counts:
            st.metric(label, f"{count:,}", border=True, width="stretch")


MARKS = {
    Level.GREEN: ":green[:material/check_circle:]",
    Level.AMBER: ":orange[:material/warning:]",
    Level.RED: ":red[:material/cancel:]",
}
# For people who do not see the colour.
_LEVEL_NAMES = {Level.GREEN: N_("Good"), Level.AMBER: N_("Take care"), Level.RED: N_("Not yet")}


def show_finding(finding: Finding, said: str) -> None:
    """Show a finding as a line with its colour, which is also said in words; `said` is what it
    says, in the reader's language."""
    level = t(_LEVEL_NAMES[finding.level])
    st.markdown(f"{MARKS[finding.level]} **{t(finding.subject)}** · {level} · {plain(said)}")


def small_table(
    caption: str, heads: Sequence[str], rows: Sequence[tuple[bool, Sequence[str]]], *, words: int
) -> None:
    """Show a table that screen readers recognize as one, with `caption` for them alone.

    The first `words` columns are text, the others numbers. A row that is not True is grey.
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


def show_bars(caption: str, rows: Sequence[tuple[str, Status, float, str]]) -> None:
    """Show a bar for each row, given as its head, the status whose colour it has, its share of the
    width and a text; `caption` is for people who do not see bars."""
    body = "".join(
        f'<tr><th scope="row">{escape(head)}</th><td><div class="bar status-{int(status)}">'
        f'<div style="width:{share:.2%}"></div></div></td>'
        f'<td class="count">{escape(text)}</td></tr>'
        for head, status, share, text in rows
    )
    st.html(f'<table class="bars"><caption>{escape(caption)}</caption>{body}</table>')


Colour = Literal["blue", "gray", "green", "red", "orange"]


@contextmanager
def card(name: str, badges: Mapping[str, Colour], lines: Iterable[str]) -> Iterator[None]:
    """Draw a card with `name`, `badges` in their colours, and small `lines`; the block draws what
    can be done with it."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(name)}**", width="content")
            for badge, colour in badges.items():
                st.badge(badge, color=colour)
        st.caption("  \n".join(plain(line) for line in lines))
        yield


def show_certificate(address: str, alt: str = "") -> None:
    """Show a certificate's picture; `alt` is empty where text beside it describes it."""
    st.html(f'<img class="certificate" src="{address}" alt="{escape(alt)}">')


def explain_first_event(event: Event) -> None:
    """Explain the event that the first start created, until it has a name of its own."""
    if event.name == FIRST_NAME:
        show_caption(
            "Try things out with this event, or rename it. Programs that name no event use it."
        )


def isolated_page(html: str) -> str:
    """Return the address of a page with a mail's HTML, without origin, scripts or network.

    Whatever the mail contains, it cannot touch the console that shows it. Its links open in a new
    tab, as in a mail program, since their pages refuse to be shown in a frame.
    """
    rules = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = f'<meta http-equiv="Content-Security-Policy" content="{rules}"><base target="_blank">'
    page = f"{head}{html}"
    return f"data:text/html;charset=utf-8;base64,{b64encode(page.encode()).decode()}"
