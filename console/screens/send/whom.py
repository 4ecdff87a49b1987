"""Who gets what, as a small table, and how long that takes."""

import streamlit as st
from babel.dates import format_timedelta

from console.session import reading
from console.text import language, listed, plain, t, tn, written_time
from console.widgets.display import small_table
from shared.acts.waiting import Waiting
from shared.events.naming import asks_to_check, issues_at_once
from shared.language import N_
from shared.mail.accounts.forecast import forecast
from shared.mail.accounts.suppressions import count_left_out
from shared.storage.database import database_time
from shared.storage.models import Event


def show_whom(waiting: Waiting) -> None:
    """The table; each number is one that the sending itself asks."""
    with reading() as (session, event):
        left_out = count_left_out(session, event)
        now = database_time(session)
        at_once, is_check = issues_at_once(event, now), asks_to_check(event, now)
    asked = N_("no name on the list") if at_once else N_("not invited yet")
    what = N_("invitation to check the name") if is_check else N_("invitation")
    # To whom, what, how many: whom the sending brings something, and whom it does not.
    first = [(asked, what, waiting.to_invite)]
    if at_once:
        first.insert(0, (N_("names on the list"), N_("certificate"), waiting.to_issue))
    others = [
        (N_("names to look at"), N_("nothing until you have"), waiting.held),
        (
            N_("dead addresses"),
            N_("no mail: reports said that nobody has them; another address frees a person"),
            left_out.dead,
        ),
        (
            N_("who complained"),
            N_("no mail: to their providers it was unwanted"),
            left_out.complained,
        ),
        (
            N_("who unsubscribed"),
            N_("no invitation and no reminder, but what they ask for, and their certificate"),
            left_out.opted_out,
        ),
    ]
    rows = [*((True, row) for row in first), *((False, row) for row in others if row[2])]
    small_table(
        t("Who gets what"),
        (t("To"), t("What"), t("How many")),
        [(is_due, (t(to), t(what), f"{count:,}")) for is_due, (to, what, count) in rows],
        words=2,
    )


def headline(event: Event, waiting: Waiting) -> str:
    """How many leave, and in what time as far as that is known."""
    parts = []
    if waiting.to_issue:
        parts.append(tn("{count} certificate", "{count} certificates", waiting.to_issue))
    if waiting.to_invite:
        parts.append(tn("{count} invitation", "{count} invitations", waiting.to_invite))
    what = listed(parts)
    with reading() as (session, current):
        expected = forecast(session, current, waiting.total)
        now = database_time(session)
    if expected.done_at is None:
        return what
    duration = format_timedelta(expected.done_at - now, locale=language(), threshold=1.2)
    return t("{what}, in about {duration}", what=what, duration=duration)


def show_from_where(event: Event, waiting: Waiting) -> None:
    """Who the sender is, and when the last one leaves; for an event that is live."""
    account = event.live_account
    if account is None:
        return
    sender = plain(event.from_address or account.username)
    st.caption(
        t("They are sent from {sender} through {server}.", sender=sender, server=account.host)
    )
    with reading() as (session, current):
        expected = forecast(session, current, waiting.total)
    if expected.done_at is None:
        st.caption(t("They leave when you press “Go on”."))
    else:
        last = written_time(expected.done_at, event)
        st.caption(
            t("As far as the account allows, the last one leaves at about {time}.", time=last)
        )
