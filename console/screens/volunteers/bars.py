"""The progress of a list, as a bar for each status."""

from html import escape

import streamlit as st

from console.text import t
from shared.storage.models import Status
from shared.volunteers.people.progress import STATUS_NAMES, EventProgress


def show_bars(progress: EventProgress) -> None:
    """Show a bar for each status, in shares of the whole list."""
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
