"""Sending from an account that another event of the same reader already sends from."""

import streamlit as st
from sqlalchemy.orm import Session

from console.screens.organization import account_check
from console.session import changing, event_names, installation, session_of_reader
from console.session_key import SessionKey
from console.text import t
from shared.access.roles import Permission
from shared.errors import AccountChanged
from shared.mail.accounts.sending_account import use_account_of
from shared.mail.accounts.sharing import Choice, is_shared, other_accounts
from shared.storage.models import Event

_SHOWN_NAMES = 3
# How often the reader has let go of an account, or taken another event's.
_LET_GO = SessionKey[int]("organization.let_go")


def place(event: Event) -> tuple[int, int]:
    """Distinguishes what is typed about the event's account from what was typed about earlier
    ones."""
    return event.id, _LET_GO.get(0)


def begin_anew() -> None:
    """From now on, what is typed is about another account."""
    _LET_GO.set(_LET_GO.get(0) + 1)


def show(event: Event) -> None:
    """Offer the accounts of other events that the reader manages; nothing if there are none."""
    with installation().database.reading() as session:
        choices = _choices(session, event)
    if not choices:
        return
    with st.expander(
        t("Use an account of another event"),
        expanded=event.account_id is None,
        icon=":material/group:",
    ):
        chosen = st.selectbox(
            t("Account"),
            choices,
            index=None,
            format_func=_label,
            placeholder=t("Choose an account"),
            key=f"organization.account.{event.id}",
        )
        st.caption(
            t(
                "Mails leave under the same address, and the limits of the account hold for all "
                "of its events together."
            )
        )
        pressed = st.button(
            t("Use this account"), disabled=chosen is None, key="organization.use_account"
        )
        if pressed and chosen:
            _use(chosen)


def is_used_by_others(event: Event) -> bool:
    with installation().database.reading() as session:
        return event.account is not None and is_shared(session, event.account, event)


def say_who_else(event: Event) -> None:
    """Say that other events send from the account, whosever they are."""
    if is_used_by_others(event):
        st.caption(
            t(
                "Other events send from this account, too: its limits and pauses hold for all of "
                "them together. Another user name, server or password is entered for this event "
                "alone."
            )
        )


def _choices(session: Session, event: Event) -> list[Choice]:
    reader = session_of_reader(session)
    # Somebody of the organization may manage one event and merely look at another.
    managed = [
        name.id
        for name in event_names(session)
        if reader.to(name.id).may(Permission.CHANGE_ACCOUNT)
    ]
    return other_accounts(session, managed, event.id)


def _use(chosen: Choice) -> None:
    with changing(Permission.CHANGE_ACCOUNT, then=begin_anew) as (session, event):
        # Checked again: somebody else may manage the shown event by now.
        if chosen.event_id not in {one.event_id for one in _choices(session, event)}:
            raise AccountChanged
        use_account_of(session, session.get_one(Event, chosen.event_id), event)
        account_check.begin(event)


def _label(choice: Choice) -> str:
    names = [*choice.events[:_SHOWN_NAMES], *(["…"] if len(choice.events) > _SHOWN_NAMES else [])]
    return f"{choice.sender} · {choice.server} ({', '.join(names)})"
