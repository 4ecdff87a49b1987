"""The look at everything before a sending: what is in order, what may go wrong, what must wait."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy.orm import Session

from console import desk
from console.desk import t
from shared import designs
from shared.certificates import sample_facts
from shared.language import N_
from shared.mail.flight_check import Finding, Level, check_flight
from shared.models import Event
from shared.rendering.design import render_certificate

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
    with desk.reading() as (session, event):
        seal = desk.installation().seal
        return check_flight(session, seal, event, _certificate_size(session, event))


def _certificate_size(session: Session, event: Event) -> int | None:
    if event.design is None:
        return None
    today = datetime.now(ZoneInfo(event.time_zone)).date()
    facts = sample_facts(desk.installation().settings, event, "Alex Chen", {}, today)
    return len(render_certificate(designs.compiled(session, event.design), facts, "jpg"))


def _show_finding(finding: Finding) -> None:
    level = t(LEVEL_NAMES[finding.level])
    said = desk.plain(finding.said(desk.language()))
    st.markdown(f"{MARKS[finding.level]} **{t(finding.subject)}** ({level}): {said}")
