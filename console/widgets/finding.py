"""What a check found, as a line with its colour and the colour in words."""

import streamlit as st

from console.text import plain, t
from shared.findings import Finding, Level
from shared.language import N_

_MARKS = {
    Level.GREEN: ":green[:material/check_circle:]",
    Level.AMBER: ":orange[:material/warning:]",
    Level.RED: ":red[:material/cancel:]",
}
# For people who do not see the colour.
_LEVEL_NAMES = {Level.GREEN: N_("Good"), Level.AMBER: N_("Take care"), Level.RED: N_("Not yet")}


def show_finding(finding: Finding, said: str) -> None:
    """`said` is the finding in the reader's words."""
    level = t(_LEVEL_NAMES[finding.level])
    st.markdown(f"{_MARKS[finding.level]} **{t(finding.subject)}** · {level} · {plain(said)}")
