"""The end of a sending: how many people were thanked, their hours, and what happened on each
day."""

import streamlit as st
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from console.poster import offer_poster
from console.screens.send.results import spans_now
from console.session import installation, may, reading
from console.text import language, t, tn
from console.widgets.display import show_bars
from console.widgets.spoken import show_paragraph
from shared.access.roles import Permission
from shared.events.event_page import page_link
from shared.storage.models import Event, Status
from shared.volunteers.people.progress import EventProgress
from shared.volunteers.people.results import Span, sums_of


def show(event: Event, progress: EventProgress) -> None:
    """Show the end of a live event's sending, once nobody waits for a mail."""
    thanked = progress.by_status[Status.MAILED]
    if not thanked:
        return
    with reading() as (session, current):
        hours = sums_of(session, event.id).hours
        spans = spans_now(session, current, progress)
    st.header(tn("{count} person thanked", "{count} people thanked", thanked))
    if hours:
        given = format_decimal(hours, locale=language())
        show_paragraph("Together they gave {hours} hours.", hours=given)
    with st.container(horizontal=True):
        if event.page_published_at:
            link = page_link(installation().settings, event)
            st.link_button(t("Open the page"), link, icon=":material/open_in_new:")
        if may(Permission.EXPORT):
            offer_poster(event, language(), "thanked")
    _show_chart(spans)


def _show_chart(spans: list[Span]) -> None:
    """Show a bar for each span of days with mails, as a table for people who cannot see bars."""
    days = [span for span in spans if span.mailed or span.invited or span.entered]
    most = max((span.mailed + span.entered for span in days), default=0)
    if not most:
        return
    rows = []
    for span in days:
        ends = dict.fromkeys((span.first, span.last))
        day = " – ".join(format_skeleton("MMMd", end, locale=language()) for end in ends)
        parts = [tn("{count} mailed", "{count} mailed", span.mailed)]
        if span.entered:
            parts.append(tn("{count} name entered", "{count} names entered", span.entered))
        if span.came_back:
            parts.append(tn("{count} bounced", "{count} bounced", span.came_back))
        share = (span.mailed + span.entered) / most
        rows.append((day, Status.MAILED, share, " · ".join(parts)))
    show_bars(t("What happened next"), rows)
