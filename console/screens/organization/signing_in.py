"""Who is signed in to the mail account at its provider, above its form."""

from html import escape
from typing import Literal

import streamlit as st

from console.mail_signin import start_of
from console.screens.organization import account_check, ways
from console.screens.organization.ways import way_of
from console.session import changing, reading, require
from console.text import plain, t, written_time
from shared.access.roles import Permission
from shared.errors import AdministratorNeeded, sign_in_trouble
from shared.mail.accounts import signing_in
from shared.mail.tokens.registration import MailProvider
from shared.mail.tokens.sign_ins import sign_in_of
from shared.storage.models import Event, MailSignIn


def stored(event: Event) -> MailSignIn | None:
    """The sign-in of the event's account, where it has one in place of a password."""
    if event.account is None or not event.account.by_token:
        return None
    with reading() as (session, _):
        return sign_in_of(session, event.account.id)


def show(event: Event) -> None:
    """Who is signed in, and the ways in, out, and to a check."""
    if st.query_params.pop("confirm", ""):
        require(Permission.CHANGE_ACCOUNT)
    sign_in = stored(event)
    if sign_in is None:
        return
    _say_who(event, sign_in)
    _lead_to_provider(event, sign_in)
    if sign_in.signed_in_at:
        _check_or_leave(event)


def _lead_to_provider(event: Event, sign_in: MailSignIn) -> None:
    """A link, made to look like the next thing to press when it is."""
    way = way_of(event, sign_in)
    if way.provider is MailProvider.MICROSOFT and (sign_in.trouble or not sign_in.signed_in_at):
        ways.show_to_administrator(
            is_asked_for=sign_in.trouble.startswith(AdministratorNeeded.word)
        )
    label = t("Sign in again") if sign_in.signed_in_at else t(way.button)
    trouble = sign_in_trouble(sign_in.trouble)[0] if sign_in.trouble else None
    helps = trouble.is_cured_by_signing_in if trouble else not sign_in.signed_in_at
    looks = ' class="onward"' if helps else ""
    st.html(f'<a{looks} href="{escape(start_of(event.id))}" target="_self">{escape(label)}</a>')


def _say_who(event: Event, sign_in: MailSignIn) -> None:
    if sign_in.trouble:
        trouble, number = sign_in_trouble(sign_in.trouble)
        st.error(f"{t(trouble.message)} {number}".strip())
    elif sign_in.signed_in_at is None:
        st.warning(t("Nobody is signed in to this account yet."), icon=":material/login:")
    else:
        when = written_time(sign_in.signed_in_at, event)
        who = plain(sign_in.address or (event.account.username if event.account else ""))
        st.success(
            t("Signed in as {address} since {time}.", address=who, time=when),
            icon=":material/verified_user:",
        )


def _check_or_leave(event: Event) -> None:
    check, leave = st.columns(2)
    kind: Literal["primary", "secondary"] = "secondary" if event.live_at else "primary"
    if check.button(t("Check the account"), type=kind, key="organization.check_sign_in"):
        account_check.begin(event)
        st.rerun()
    if leave.button(t("Sign out"), key="organization.sign_out"):
        with changing(Permission.CHANGE_ACCOUNT, t("Signed out.")) as (session, locked):
            signing_in.let_out(session, locked)
