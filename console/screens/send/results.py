"""The results of an event: its days, earlier events, and reminders for people without a name."""

import streamlit as st
from babel.dates import format_date
from babel.numbers import format_decimal
from sqlalchemy import select
from sqlalchemy.orm import Session

from console.jobs import acts_button
from console.navigation import link_to
from console.session import event_names, reading
from console.session_key import SessionKey
from console.text import language, t, tn, written_time
from console.widgets.display import small_table
from console.widgets.spoken import show_caption
from console.widgets.table import table_page, ticked
from shared.access.roles import Permission
from shared.acts import Act
from shared.acts.remind import USUAL, Remind, Rules, Silent
from shared.addresses import readable_address
from shared.mail.accounts.suppressions import count_left_out
from shared.storage.many_values import among
from shared.storage.models import Event, Suppression
from shared.volunteers.people.listing import ALL, Selection
from shared.volunteers.people.progress import EventProgress
from shared.volunteers.people.results import Span, Sums, spans_of, sums_of

_PAGE = SessionKey[int]("send.silent_page")
_AT_MOST = SessionKey[int]("send.reminders.at_most")
_DAYS_APART = SessionKey[int]("send.reminders.days_apart")

PAGE_SIZE = 50
_CACHED_SECONDS = 600
_CACHED_ANSWERS = 200
_MOST_EVENTS = 12


def show(event: Event, progress: EventProgress) -> None:
    """Show, folded, what happened on each day, and earlier events."""
    folded = st.expander(
        t("Results"),
        icon=":material/insights:",
        key=f"send.results.{event.id}",
        # Counted only for readers who open it.
        on_change="rerun",
    )
    if not folded.open:
        return
    with folded:
        with reading() as (session, current):
            spans = spans_now(session, current, progress)
        if spans:
            counts = [(span.invited, span.entered, span.mailed, span.came_back) for span in spans]
            totals = tuple(map(sum, zip(*counts, strict=True)))
            lines = [(True, (t("Total"), *(f"{number:,}" for number in totals)))]
            for span, row in zip(spans, counts, strict=True):
                days = dict.fromkeys(
                    format_date(day, "medium", locale=language()) for day in (span.first, span.last)
                )
                lines.append((False, (" – ".join(days), *(f"{number:,}" for number in row))))
            heads = (t("Day"), t("Invited"), t("Entered"), t("Mailed"), t("Bounced"))
            small_table(t("Activity by day"), heads, lines, words=1)
        else:
            show_caption("Nothing has happened yet.")
        if event.organization:
            _show_series(event)


def spans_now(session: Session, event: Event, progress: EventProgress) -> list[Span]:
    """Return what happened on which days, counted again when the progress changes."""
    return _spans((str(session.get_bind().engine.url), event.id, repr(progress)), session, event)


def _show_series(event: Event) -> None:
    """Show the newest events of the same organization, if this is not the only one."""
    with reading() as (session, _):
        url = str(session.get_bind().engine.url)
        opened = among(Event.id, [event.id for event in event_names(session)])
        of_organization = select(Event.id, Event.name, Event.certificate_date, Event.created_at)
        newest = session.execute(
            of_organization.where(opened, Event.organization == event.organization)
            .order_by(Event.created_at.desc())
            .limit(_MOST_EVENTS)
        ).all()
        sums = [_sums((url, event.id), session) for event in newest]
    if len(newest) < 2:
        return
    rows = []
    for other, sum in zip(newest, sums, strict=True):
        year = str((other.certificate_date or other.created_at).year)
        hours = "–" if sum.hours is None else format_decimal(sum.hours, locale=language())
        rows.append((other.id == event.id, (year, other.name, f"{sum.people:,}", hours)))
    st.markdown(f"**{t('Over the years')}**")
    heads = (t("Year"), t("Event"), t("Volunteers"), t("Hours"))
    small_table(t("Over the years"), heads, rows, words=2)


@st.cache_data(ttl=_CACHED_SECONDS, max_entries=_CACHED_ANSWERS, show_spinner=False)
def _spans(state: tuple[object, ...], _session: Session, _event: Event) -> list[Span]:
    """Return the event's days, counted again when `state`, its database, id or progress,
    changes."""
    return spans_of(_session, _event)


@st.cache_data(ttl=60, max_entries=_CACHED_ANSWERS, show_spinner=False)
def _sums(state: tuple[str, int], _session: Session) -> Sums:
    """Return the sums of an event; `state` is its database and its id."""
    return sums_of(_session, state[1])


def show_reminders() -> None:
    """Show people who were invited and have not entered a name, and offer to remind all or some."""
    with st.expander(t("Remind those who have not entered their name"), icon=":material/alarm:"):
        left, right = st.columns(2)
        rules = Rules(
            at_most=left.number_input(
                t("Most reminders per person"), 1, 10, USUAL.at_most, key=_AT_MOST.name
            ),
            days_apart=right.number_input(
                t("Fewest days since last mail"), 0, 60, USUAL.days_apart, key=_DAYS_APART.name
            ),
        )
        with reading() as (session, event):
            count = Remind(rules=rules).count(session, event)
        if count:
            chosen = _table_of_silent(rules, count)
            with st.container(horizontal=True):
                _remind_button(f"send.remind_all.{event.id}", count, ALL)
                if chosen:
                    ids = tuple(person.volunteer_id for person in chosen)
                    key, some = f"send.remind_chosen.{event.id}", Selection(ids=ids)
                    _remind_button(key, len(chosen), some, icon="checklist")
        else:
            show_caption("Nobody is due for a reminder yet.")
        # Last, or they would look like people who are reminded.
        with reading() as (session, event):
            gone = count_left_out(session, event).get(Suppression.OPTED_OUT, 0)
        if gone:
            label = tn("{count} person unsubscribed.", "{count} people unsubscribed.", gone)
            link_to("volunteers?filter=no-mail", label)


def _remind_button(key: str, count: int, people: Selection, icon: str = "notifications") -> None:
    """Draw the button that reminds these `count` people, by the rules that are typed."""

    def begin(session: Session, event: Event, *rules: int) -> list[Act]:
        return [Remind(people, Rules(*rules))]

    label = tn("Remind {count} person", "Remind {count} people", count)
    typed = _AT_MOST, _DAYS_APART
    acts_button(label, key, begin, Permission.SEND, typed=typed, icon=icon)


def _table_of_silent(rules: Rules, count: int) -> list[Silent]:
    """Show people who would be reminded, page by page; return those chosen on this page."""
    page, pages = table_page(_PAGE, count, PAGE_SIZE)
    with reading() as (session, event):
        silent = Remind(rules=rules).page(session, event, page, PAGE_SIZE)
    rows = [
        {
            t("Number"): person.number,
            t("Address"): readable_address(person.email),
            t("Full name"): person.name,
            t("Last mail"): written_time(person.last_mail_at, event) if person.last_mail_at else "",
            t("Reminders"): person.reminders,
        }
        for person in silent
    ]
    chosen = ticked("send.silent", silent, rows, t("People without a name"))
    if pages > 1:
        st.pagination(pages, key=_PAGE.name)
    show_caption("Tick rows to remind only these people.")
    return chosen
