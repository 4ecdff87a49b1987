"""Results: what happened on which day, who is still silent, and the events of several years."""

from collections.abc import Iterable, Iterator
from functools import partial

import streamlit as st
from babel.dates import format_date
from babel.numbers import format_decimal
from sqlalchemy import select
from sqlalchemy.orm import Session

from console.long_work import act_on_people
from console.session import event_names, reading
from console.text import language, t, tn
from console.widgets.small_table import small_table
from shared.access.roles import Permission
from shared.acts.remind import Remind, Rules
from shared.storage.many_values import among
from shared.storage.models import Event
from shared.volunteers.people.progress import EventProgress
from shared.volunteers.people.results import Span, Sums, spans_of, sums_of

_KEPT_SECONDS = 600
_KEPT_ANSWERS = 200
_MOST_EVENTS = 12
# As the form for reminders begins.
_RULES = Rules(at_most=1, days_apart=3)


def show(event: Event, progress: EventProgress) -> None:
    """Folded: by day what is known anyway, with the reminder beside it, and earlier events."""
    folded = st.expander(
        t("Results"),
        icon=":material/insights:",
        key=f"send.results.{event.id}",
        # Counted for those who open it.
        on_change="rerun",
    )
    if folded.open:
        with folded:
            _show(event, progress)


def _show(event: Event, progress: EventProgress) -> None:
    with reading() as (session, current):
        state = (str(session.get_bind().engine.url), event.id, repr(progress))
        silent = Remind(_RULES).count(session, current)
        spans = _spans(state, session, current)
    if spans:
        _show_spans(spans)
    else:
        st.caption(t("Nothing has happened yet."))
    if silent and st.button(
        tn("Remind the one who is silent", "Remind the {count} who are silent", silent),
        icon=":material/notifications:",
        key=f"send.remind_silent.{event.id}",
    ):
        act_on_people(
            partial(Remind, _RULES),
            event.id,
            Permission.SEND,
            t("The reminders are being queued …"),
            lambda _: t("The reminders are on their way."),
        )
    _show_series(event)


def _show_spans(spans: list[Span]) -> None:
    numbers = [_numbers(one) for one in spans]
    totals = [sum(column) for column in zip(*numbers, strict=True)]
    lines = [(_days(one), *_written(row)) for one, row in zip(spans, numbers, strict=True)]
    small_table(
        t("What happened on which day"),
        (t("Day"), t("Invited"), t("Entered"), t("Mailed"), t("Came back")),
        [(True, (t("Altogether"), *_written(totals))), *((False, line) for line in lines)],
        words=1,
    )


def _written(numbers: Iterable[int]) -> Iterator[str]:
    return (f"{number:,}" for number in numbers)


def _numbers(span: Span) -> tuple[int, int, int, int]:
    return span.invited, span.entered, span.mailed, span.came_back


def _days(span: Span) -> str:
    first, last = (format_date(one, "medium", locale=language()) for one in (span.first, span.last))
    return first if span.first == span.last else f"{first} – {last}"


def _show_series(event: Event) -> None:
    """The newest events of the same organization, if this is not the only one."""
    if not event.organization:
        return
    with reading() as (session, _):
        url = str(session.get_bind().engine.url)
        opened = among(Event.id, [one.id for one in event_names(session)])
        of_organization = select(Event.id, Event.name, Event.certificate_date, Event.created_at)
        newest = session.execute(
            of_organization.where(opened, Event.organization == event.organization)
            .order_by(Event.created_at.desc())
            .limit(_MOST_EVENTS)
        ).all()
        sums = [_sums((url, one.id), session) for one in newest]
    if len(newest) < 2:
        return
    rows = [
        (
            one.id == event.id,
            (
                str((one.certificate_date or one.created_at).year),
                one.name,
                f"{sum.people:,}",
                _hours(sum),
            ),
        )
        for one, sum in zip(newest, sums, strict=True)
    ]
    st.markdown(f"**{t('Over the years')}**")
    heads = (t("Year"), t("Event"), t("Volunteers"), t("Hours"))
    small_table(t("Over the years"), heads, rows, words=2)


def _hours(sums: Sums) -> str:
    return "–" if sums.hours is None else format_decimal(sums.hours, locale=language())


@st.cache_data(ttl=_KEPT_SECONDS, max_entries=_KEPT_ANSWERS, show_spinner=False)
def _spans(state: tuple[object, ...], _session: Session, _event: Event) -> list[Span]:
    """Counted anew when a number of the event's progress is another one: `state`."""
    return spans_of(_session, _event)


@st.cache_data(ttl=60, max_entries=_KEPT_ANSWERS, show_spinner=False)
def _sums(state: tuple[str, int], _session: Session) -> Sums:
    """Of the event with the id in `state`."""
    return sums_of(_session, state[1])
