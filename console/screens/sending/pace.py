"""When the last mail leaves, and what the account's limits still allow."""

from datetime import datetime

import streamlit as st
from babel.numbers import format_decimal

from console.text import language, t, written_time
from shared.language import N_
from shared.mail.accounts.forecast import Forecast
from shared.mail.accounts.health import AccountState
from shared.mail.accounts.limits import limits_of
from shared.mail.transport.periods import Period
from shared.storage.models import Event, SendingAccount

# What an account's limits still allow; a day is the last 24 hours, as providers count.
LEFT_WORDS = {
    Period.MINUTE: N_("This minute: {left} of {limit} mails left."),
    Period.HOUR: N_("This hour: {left} of {limit} mails left."),
    Period.DAY: N_("Today (24 hours): {left} of {limit} mails left."),
}


def end(event: Event, done_at: datetime) -> str:
    """When the last mail leaves, in words."""
    last = written_time(done_at, event)
    return t("As far as the account allows, the last one leaves at about {time}.", time=last)


def show_pace(event: Event, state: AccountState, expected: Forecast) -> None:
    """Show when the last mail under way leaves, and what the account's limits still allow."""
    account = event.live_account
    if account is None:
        return
    told = [_left(account, period, left) for period, left in state.left.items()]
    if expected.to_go > 0 and expected.done_at:
        told.insert(0, end(event, expected.done_at))
    if told:
        st.caption("  \n".join(told))


def _left(account: SendingAccount, period: Period, left: int) -> str:
    # A lowered limit may already be exceeded.
    numbers = {"left": max(left, 0), "limit": limits_of(account)[period]}
    digits = {name: format_decimal(n, locale=language()) for name, n in numbers.items()}
    return t(LEFT_WORDS[period], **digits)
