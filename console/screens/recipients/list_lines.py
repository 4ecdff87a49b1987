"""The lines of a list that make nobody a volunteer, and why: to read and to take along."""

from collections.abc import Sequence

import streamlit as st
from pandas import DataFrame

from console.text import language, plain, t, tn
from shared.language import Language, translate
from shared.volunteers import export
from shared.volunteers.list_parser import Refusal

MOST_LINES_SHOWN = 100


def show_lines(not_added: Sequence[Refusal], skipped: Sequence[Refusal]) -> None:
    """First what somebody may want to correct, then what belongs to the table itself."""
    if not_added:
        st.header(t("Lines that are not added"))
        _show_table(not_added)
        # Made when it is asked for: nobody's cookies tell the language then.
        spoken = language()
        st.download_button(
            t("Download these lines (CSV)"), lambda: _file(not_added, spoken), "lines.csv",
            "text/csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    if skipped:
        words = tn("{count} line is nobody's", "{count} lines are nobody's", len(skipped))
        with st.expander(words, icon=":material/table_rows:"):
            _show_table(skipped)


def _show_table(lines: Sequence[Refusal]) -> None:
    # A table of the page's own: long lines and reasons are wrapped, not cut.
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


def _file(lines: Sequence[Refusal], spoken: Language) -> bytes:
    """All of them, whatever the screen shows; Excel opens it, and no cell is a formula."""
    return export.to_csv(DataFrame([_row(line, spoken) for line in lines]))
