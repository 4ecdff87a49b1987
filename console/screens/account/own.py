"""The account by which the installation itself mails, as its owner enters it: the links to all that
somebody did, over organizers."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from console.screens.account.trial import SHOWN_AS
from console.screens.account.ways import ask_for_secret, ask_for_server
from console.session import actor, installation, refusing, require, say
from console.session_key import SessionKey
from console.text import language, plain, t
from console.widgets.stored_fields import StoredForm
from shared.access.roles import Permission
from shared.findings import Finding
from shared.language import N_
from shared.mail.accounts.credentials import try_stored_account
from shared.mail.accounts.own import own_event, set_own_account
from shared.mail.accounts.sending_account import AccountChange
from shared.storage.models import Security, SendingAccount

_FORM = SessionKey[Any]("account.own.form")
# What the mail server said when it was saved.
_CHECKED = SessionKey[Sequence[Finding]]("account.own.checked")


def show() -> None:
    st.title(t("Installation mail"))
    with installation().database.reading() as session:
        event = own_event(session)
        account = event.account if event else None
    sender = event.from_address if event else ""
    left, _ = st.columns(2, gap="large")
    with left:
        st.markdown(
            t(
                "Volunteers can ask for one list of their certificates, over all organizers. "
                "This account mails the link."
            )
        )
        _show_state(account, sender)
        _form(account, sender)


def _show_state(account: SendingAccount | None, sender: str) -> None:
    if account is None:
        st.info(t("No account yet. Volunteers can only ask for their link to each event."))
        return
    found = _CHECKED.get(())
    for one in found:
        SHOWN_AS[one.level](plain(one.said(language())))
    if any(one.stops for one in found):
        return
    said = N_("Mails are sent from {sender} through {server}.")
    st.success(t(said, sender=plain(sender or account.username), server=plain(account.host)))


def _form(account: SendingAccount | None, sender: str) -> None:
    start = account or SendingAccount(
        username="", host="", port=465, security=Security.TLS, skip_auth=False
    )
    form = StoredForm(_FORM)
    given: AccountChange = {}
    with st.form("account.own.form"):
        given["username"] = st.text_input(
            t("Mail address or user name"), key=form.of("username", start.username).name
        ).strip()
        host, port, security = ask_for_server(form, start)
        given |= {"server_address": host, "smtp_port": port, "security": security}
        is_stored = start.sealed_password is not None
        given["password"] = ask_for_secret(form, N_("Password"), is_stored=is_stored) or None
        given["from_address"] = st.text_input(
            t("Sender address"), key=form.of("sender", sender).name
        )
        given["skip_auth"] = st.checkbox(
            t("No password needed"), key=form.of("skip_auth", start.skip_auth).name
        )
        if st.form_submit_button(t("Check and save"), type="primary", key=form.save.name):
            _save(form, given)


def _save(form: StoredForm, given: AccountChange) -> None:
    """Store it, ask the mail server, and show both on the screen drawn anew."""
    require(Permission.MANAGE_EVENTS)
    with refusing():
        with installation().database.writing(by=actor()) as session:
            event = set_own_account(session, installation(), **given)
        form.settle()
        with st.spinner(t("Checking the mail server …")):
            _CHECKED.set(try_stored_account(installation(), event))
        say(t("Saved."))
        st.rerun()
