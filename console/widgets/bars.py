"""Counts per status as bars, readable as a table by people who cannot see them."""

from html import escape

import streamlit as st

from console.text import plain, t
from shared.findings import Finding, Level
from shared.language import N_
from shared.storage.models import Status
from shared.volunteers.people.progress import STATUS_NAMES, EventProgress


def show_bars(progress: EventProgress) -> None:
    """A bar per status; together they are the whole list."""
    rows = ""
    for status in Status:
        count = progress.by_status[status]
        share = 100 * count / progress.total if progress.total else 0
        name = escape(t(STATUS_NAMES[status]))
        bar = f'<div class="bar status-{int(status)}"><div style="width:{share:.2f}%"></div></div>'
        rows += (
            f'<tr><th scope="row">{name}</th><td>{bar}</td><td class="count">{count:,}</td></tr>'
        )
    caption = escape(t("Volunteers by status"))
    st.html(f'<table class="bars"><caption>{caption}</caption>{rows}</table>')


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
