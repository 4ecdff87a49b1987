"""Returned mail beside a sending: the state of its mailbox, and reports that anybody may have
written."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from sqlalchemy.orm import Session

from console.session import installation, reading
from console.text import plain, t, tn
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_warning
from shared.access.roles import Permission
from shared.features.returned_mail.evidence import UNREADABLE, needs_person, was_looked_since
from shared.features.returned_mail.models import BounceReport, mailbox_with
from shared.features.returned_mail.settling import believe, open_reports
from shared.log import audit
from shared.storage.models import Action, Event
from shared.storage.rows import count_rows

_MOST = 50


def show_whether_it_is_read(invitations_held: int) -> None:
    """Say why the mailbox cannot be read until a person repairs it and, beside mails that are held
    for the first few, whether it was read after those."""
    with reading() as (session, event):
        account = event.live_account
        mailbox = mailbox_with(account) if account else None
        if account is None or mailbox is None:
            return
        trouble = mailbox.trouble if needs_person(mailbox) else ""
        was_looked = was_looked_since(session, account) if invitations_held else None
    if trouble:
        show_warning(UNREADABLE, reason=t(trouble), icon="mark_email_unread")
    if was_looked:
        show_caption("Bounced mail was checked after the last mail was sent.")
    elif was_looked is not None:
        show_caption(
            "Bounced mail was not checked after the last mail was sent. Wrong "
            "addresses are often reported later."
        )


def show_unproven(event: Event) -> None:
    """Show the oldest unproven reports, with buttons for those that are ticked; nothing if there
    are none."""
    with reading() as (session, _):
        found = open_reports(event.id)
        reports = session.scalars(found.limit(_MOST)).all()
        count = count_rows(session, found.with_only_columns(BounceReport.id))
    if not reports:
        return
    st.header(tn("{count} unproven report", "{count} unproven reports", count))
    show_caption(
        "They name your addresses but contain nothing from your mail, so anyone "
        "could have written them. Nobody was flagged."
    )
    ticked = [
        report.id
        for report in reports
        if st.checkbox(
            f"**{plain(report.address)}** · {plain(report.answer)}",
            key=f"send.unproven.{report.id}",
        )
    ]
    with st.container(horizontal=True):
        for key, label, is_believed, done in (
            ("believe", t("Accept it"), True, t("They count as bounced.")),
            ("ignore", t("Ignore it"), False, t("They are ignored.")),
        ):
            judge = partial(_judge, tuple(ticked), is_believed)
            act_button(
                label, f"send.{key}.{event.id}", judge, Permission.SEND, done, disabled=not ticked
            )


def _judge(ids: Sequence[int], believed: bool, session: Session, event: Event) -> None:
    count = believe(session, installation().seal, event.id, ids, believed=believed)
    audit.record(session, Action.REPORTS_JUDGED, event.id, count=count)
