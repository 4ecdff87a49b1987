"""The lines of a list that add nobody, and why: to read and to download."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from console.screens.recipients.columns import Draft
from console.text import language, plain, t, tn
from shared.language import Language, translate
from shared.volunteers import export
from shared.volunteers.lists.list_parser import Refusal
from shared.volunteers.lists.returned_lines import returned_lines

MOST_LINES_SHOWN = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_lines(draft: Draft, not_added: Sequence[Refusal]) -> None:
    """First the lines that somebody may want to correct, then those that belong to the table
    itself."""
    if not_added:
        st.header(t("Lines that are not added"))
        _show_table(not_added)
        _offer_file(draft, not_added)
    if skipped := draft.pasted.skipped:
        words = tn("{count} line is not a person", "{count} lines are not people", len(skipped))
        with st.expander(words, icon=":material/table_rows:"):
            _show_table(skipped)


def _offer_file(draft: Draft, lines: Sequence[Refusal]) -> None:
    """Offer all of them, whatever the screen shows, in the list's own columns."""
    st.caption(t("Download these lines, correct them and upload the file: it holds no others."))
    # Made on request, when no cookies tell the language.
    table = partial(returned_lines, draft.entered.rows, draft.mapping, lines, language())
    with st.container(horizontal=True):
        st.download_button(
            t("Download these lines (XLSX)"), lambda: export.to_xlsx(table()), "lines.xlsx", _XLSX,
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            t("Download these lines (CSV)"), lambda: export.to_csv(table()), "lines.csv",
            "text/csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _show_table(lines: Sequence[Refusal]) -> None:
    # An HTML table: long lines and reasons are wrapped, not cut.
    st.table(
        [
            {title: plain(str(value)) for title, value in _row(line, language()).items()}
            for line in lines[:MOST_LINES_SHOWN]
        ],
        border="horizontal",
        hide_index=True,
    )
    if len(lines) > MOST_LINES_SHOWN:
        st.caption(t("The first {count} are shown.", count=MOST_LINES_SHOWN))


def _row(line: Refusal, spoken: Language) -> dict[str, object]:
    return {
        translate("Line", spoken): line.line,
        translate("What stands there", spoken): line.text,
        translate("Reason", spoken): translate(line.reason, spoken, **line.details),
    }
