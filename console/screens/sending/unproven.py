"""Reports of undelivered mail that anybody may have written: a person believes them, or not."""

import streamlit as st

from console.session import changing, reading
from console.text import plain, t, tn
from shared.access.roles import Permission
from shared.log import audit
from shared.mail.bounces.settling import believe, open_reports
from shared.storage.models import Action

_MOST = 50


def show_unproven() -> None:
    """The oldest of them, with buttons for those that are ticked; nothing if there are none."""
    with reading() as (session, event):
        reports = session.scalars(open_reports(event.id).limit(_MOST)).all()
    if not reports:
        return
    st.header(tn("{count} report without proof", "{count} reports without proof", len(reports)))
    st.caption(
        t(
            "They name an address of yours, but carry nothing that only your mail contains: "
            "anybody may have written them. Nobody was flagged."
        )
    )
    chosen = [
        report.id
        for report in reports
        if st.checkbox(
            f"**{plain(report.address)}** · {plain(report.answer)}",
            key=f"sending.unproven.{report.id}",
        )
    ]
    with st.container(horizontal=True):
        believed = st.button(
            t("Believe it"), disabled=not chosen, key=f"sending.believe.{event.id}"
        )
        ignored = st.button(t("Ignore it"), disabled=not chosen, key=f"sending.ignore.{event.id}")
    if chosen and (believed or ignored):
        said = t("They count as returned.") if believed else t("They are ignored.")
        with changing(Permission.SEND, said) as (session, locked):
            count = believe(session, locked.id, chosen, believed=believed)
            audit.record(session, Action.REPORTS_JUDGED, locked.id, count=count)
