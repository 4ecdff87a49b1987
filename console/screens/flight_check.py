"""The look at everything before a sending: what is in order, what may go wrong, what must wait."""

import streamlit as st

from console import desk
from console.desk import t
from shared.language import N_
from shared.mail.flight_check import Finding, Level
from shared.preflight import preflight

MARKS = {
    Level.GREEN: ":green[:material/check_circle:]",
    Level.AMBER: ":orange[:material/warning:]",
    Level.RED: ":red[:material/cancel:]",
}
# The colour in words, for who does not see it.
LEVEL_NAMES = {Level.GREEN: N_("Good"), Level.AMBER: N_("Take care"), Level.RED: N_("Not yet")}


def show() -> None:
    """A button, and below it the findings once it was pressed."""
    with st.expander(t("Check everything before sending"), icon=":material/flight_takeoff:"):
        if not st.button(t("Check now")):
            return
        with st.spinner(t("Asking the mail server and the domain …")):
            findings = _findings()
        for finding in findings:
            _show_finding(finding)


def _findings() -> list[Finding]:
    installation = desk.installation()
    with desk.reading() as (session, event):
        return preflight(session, installation.settings, installation.seal, event)


def _show_finding(finding: Finding) -> None:
    level = t(LEVEL_NAMES[finding.level])
    said = desk.plain(finding.said(desk.language()))
    st.markdown(f"{MARKS[finding.level]} **{t(finding.subject)}** · {level} · {said}")
