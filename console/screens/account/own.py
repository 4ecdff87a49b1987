"""The account from which the installation itself mails: links to all certificates of a person, over
organizers."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.screens.account.trial import SHOWN_AS
from console.screens.account.ways import ask_for_secret, ask_for_server, entered
from console.session import installation
from console.session_key import SessionKey
from console.text import language, plain, t
from console.widgets.spoken import show_info, show_paragraph
from console.widgets.stored_fields import StoredForm
from shared.access.roles import Permission
from shared.findings import Finding
from shared.language import N_
from shared.mail.accounts.credentials import try_stored_account
from shared.mail.accounts.own import own_event, set_own_account
from shared.storage.models import Security, SendingAccount

_FORM = SessionKey[Any]("account.own.form")
# The mail server's answers when the account was saved.
_CHECKED = SessionKey[Sequence[Finding]]("account.own.checked")


def show() -> None:
    st.title(t("Installation mail"))
    with installation().database.reading() as session:
        event = own_event(session)
        account = event.account if event else None
    sender = event.from_address if event else ""
    left, _ = st.columns(2, gap="large")
    with left:
        show_paragraph(
            "Volunteers can ask for one list of their certificates, over all organizers. "
            "This account mails the link."
        )
        _show_state(account, sender)
        _form(account, sender)


def _show_state(account: SendingAccount | None, sender: str) -> None:
    if account is None:
        show_info("No account yet. Volunteers can only ask for their link to each event.")
        return
    found = _CHECKED.get(())
    for finding in found:
        SHOWN_AS[finding.level](plain(finding.said(language())))
    if any(finding.stops for finding in found):
        return
    said = N_("Mails are sent from {sender} through {server}.")
    st.success(t(said, sender=plain(sender or account.username), server=plain(account.host)))


def _form(account: SendingAccount | None, sender: str) -> None:
    start = account or SendingAccount(
        username="", host="", port=465, security=Security.TLS, skip_auth=False
    )
    form, served = StoredForm(_FORM, is_new=account is None), installation()

    def save(session: Session, typed: dict[str, Any]) -> Callable[[], None]:
        """Store the account, and return what asks its mail server."""
        event = own_event(session)
        stored, sender = (event.account or start, event.from_address) if event else (start, "")
        given = entered(typed, stored, sender)
        given["username"] = typed.get("username", stored.username).strip()
        given["password"] = typed.get("password") or None
        event = set_own_account(session, served, **given)
        return lambda: _CHECKED.set(try_stored_account(served, event))

    with st.form("account.own.form"):
        username = form.of("username", start.username)
        st.text_input(t("Mail address or user name"), key=username.name)
        ask_for_server(form, start)
        ask_for_secret(form, N_("Password"), is_stored=start.sealed_password is not None)
        st.text_input(t("Sender address"), key=form.of("sender", sender).name)
        st.checkbox(t("No password needed"), key=form.of("skip_auth", start.skip_auth).name)
        form.submit_button(
            t("Check and save"), save, Permission.MANAGE_EVENTS, is_of_event=False, type="primary"
        )
