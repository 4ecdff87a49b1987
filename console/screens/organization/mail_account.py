"""The account that mails are sent from, once it has passed its check."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from console.screens.organization import account_check, account_choice, ways
from console.screens.organization.ways import Offered
from console.session import changing, installation, reach
from console.session_key import SessionKey
from console.text import t
from console.widgets.stored_fields import StoredFields, StoredForm
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.language import N_
from shared.mail.accounts import sending_account
from shared.mail.accounts.account_change import AccountChange
from shared.mail.accounts.health import PASSWORD_NEEDED, waits_for_password, waits_for_sign_in
from shared.mail.transport.protocol import TransportKind
from shared.mail.transport.providers import (
    PROVIDERS,
    Limits,
    Provider,
    ends_soon,
    guess_account,
    is_known,
    sign_in_help,
)
from shared.mail.transport.transports import kind_of
from shared.storage.models import Event, MailSignIn, Security, SendingAccount

SECURITIES = {
    Security.TLS: N_("TLS (port 465)"),
    Security.STARTTLS: N_("STARTTLS (port 587)"),
    Security.NONE: N_("No encryption"),
}
LIMITS = (
    N_("Mails a minute"),
    N_("Mails an hour"),
    N_("Mails a day"),
    N_("Mails at the same time"),
)
# Whose account it is, its form, and the provider that was chosen for a new one.
_WHOSE = SessionKey[Any]("organization.whose")
_FORM = SessionKey[Any]("organization.account_form")
_PROVIDER = SessionKey[str]("organization.provider")


def show_account(event: Event) -> None:
    """The account's form, filled in with what is known about the provider."""
    st.header(t("Mail account"))
    account_check.show(event)
    ways.show(event)
    account_choice.say_who_else(event)
    account_choice.show(event)
    account = event.account
    place = account_choice.place(event)
    whose = StoredFields(_WHOSE.of(*place))
    username = st.text_input(
        t("Mail address or user name"),
        placeholder="thanks@example.org",
        key=whose.of("username", account.username if account else "").name,
    ).strip()
    is_as_stored = False
    if username:
        sign_in = ways.stored(event)
        chosen = ways.ask(event, sign_in, whose)
        stored_way = ways.chosen_for(event, sign_in).way.title
        if account:
            is_as_stored = (username, chosen.way.title) == (account.username, stored_way)
        start = _start(event, username, chosen)
        typed_for = (username, chosen.way.title, _PROVIDER.of(username).get(""))
        form_place = _FORM.of(*place, *typed_for)
        with st.form(form_place.name):
            _account_form(start, chosen, sign_in, StoredForm(form_place))
    else:
        # Leaving the field already submits it; the button shows that there is more to come.
        st.button(t("Continue"), type="primary")
    # What was checked is the stored account, signed in to in its own way.
    if is_as_stored:
        account_check.show_result(event)
    if account is not None:
        _forgetting(event)


@dataclass(frozen=True)
class Start:
    """What the form shows before anything is entered."""

    username: str
    host: str
    port: int
    security: Security
    sender: str
    skip_auth: bool
    has_password: bool
    seconds: tuple[float, float]
    limits: Limits


def _start(event: Event, username: str, chosen: Offered) -> Start:
    """The stored values stay, except for the server when another way is chosen."""
    account = event.account
    # A service's name is not a mail server's name.
    is_there = account is not None and _place_of(kind_of(account.transport)) == _place_of(
        chosen.kind
    )
    kept = account if account and is_there and account.username == username else None
    is_by_token = chosen.way.provider is not None
    if chosen.preset and not (kept and kept.by_token == is_by_token):
        return _at(chosen.preset, username)
    return _stored(event, kept) if kept else _new(username)


def _place_of(kind: TransportKind) -> object:
    return kind.service and kind.service.url


def _stored(event: Event, account: SendingAccount) -> Start:
    return Start(
        account.username,
        account.host,
        account.port,
        account.security,
        event.from_address,
        account.skip_auth,
        account.sealed_password is not None,
        (account.min_second, account.max_second),
        Limits(account.per_minute, account.per_hour, account.per_day, account.connections),
    )


def _new(username: str) -> Start:
    """The provider's usual values; most addresses reveal the provider."""
    guess = guess_account(username)
    presets = {one.name: one for one in (*([guess] if guess else []), *PROVIDERS)}
    name = st.selectbox(
        t("Provider"), list(presets), index=0 if guess else None,
        placeholder=t("Another one: fill in its server below"),
        key=f"organization.provider_of.{username}",
    )  # fmt: skip
    # Kept while a colleague stores the account, which needs no provider any more.
    _PROVIDER.of(username).set(name or "")
    return _at(presets.get(name or "", Provider("", (), "")), username)


def _at(provider: Provider, username: str) -> Start:
    return Start(
        username,
        provider.host,
        provider.port,
        provider.security,
        username if "@" in username else "",
        False,
        False,
        provider.delay,
        provider.limits,
    )


def _account_form(
    start: Start, chosen: Offered, sign_in: MailSignIn | None, form: StoredForm
) -> None:
    """What is entered replaces the account; signing in at a provider comes afterwards."""
    kind, way = chosen
    given = _service(start) if kind.service else _server(start, form)
    given["transport"] = kind.name
    if way.provider:
        given["sign_in"] = ways.ask_for_choice(way, sign_in, form)
    else:
        given["password"] = _secret(start, chosen, form) or None
    given["from_address"] = st.text_input(
        t("Sender's address"), key=form.of("sender", start.sender).name
    )
    may_skip = not (way.provider or kind.service)
    given["skip_auth"] = may_skip and st.checkbox(
        t("The server wants no sign-in"), key=form.of("skip_auth", start.skip_auth).name
    )
    (given["min_second"], given["max_second"]), given["limits"] = _pace(start, form)
    label = t("Save, then sign in") if way.provider else t("Check and save")
    if st.form_submit_button(label, type="primary", key=form.save.name):
        if not (way.provider or given["password"] or start.has_password or given["skip_auth"]):
            st.error(
                t("Enter the password, or tick “The server wants no sign-in”.")
                if may_skip
                else t("Enter this first: {secret}.", secret=t(way.secret))
            )
            return
        _save(given, form)


def _service(start: Start) -> AccountChange:
    """The owner's settings say where it is."""
    return {
        "username": start.username,
        "server_address": start.host,
        "smtp_port": start.port,
        "security": start.security,
    }


def _server(start: Start, form: StoredForm) -> AccountChange:
    server = st.text_input(t("Server"), key=form.of("server", start.host).name)
    left, right = st.columns([1, 2])
    port = left.number_input(t("Port"), 1, 65535, key=form.of("port", start.port).name)
    security = right.selectbox(
        t("Encryption"),
        list(SECURITIES),
        key=form.of("security", start.security).name,
        format_func=lambda kind: t(SECURITIES[kind]),
    )
    return {
        "username": start.username,
        "server_address": server,
        "smtp_port": port,
        "security": security,
    }


def _save(given: AccountChange, form: StoredForm) -> None:
    with changing(Permission.CHANGE_ACCOUNT, t("Saved."), form.settle) as (session, event):
        seal = installation().seal
        account = sending_account.set_account(session, seal, event, reach=reach(session), **given)
        if waits_for_password(account):
            raise ProductError(PASSWORD_NEEDED)
        if not waits_for_sign_in(account):
            account_check.begin(event)


def _secret(start: Start, chosen: Offered, form: StoredForm) -> str:
    """Labelled with the provider's name for it, and where to create it."""
    kind, way = chosen
    wanted = sign_in_help(start.host)
    secret = st.text_input(
        t(way.secret if kind.service else wanted.secret),
        type="password",
        autocomplete="new-password",
        placeholder=t("Stored; fill in only to change it") if start.has_password else "",
        # Emptied once it is stored.
        key=form.of("password", "").name,
    )
    if kind.service:
        st.caption(t(way.conditions))
        return secret
    hint = N_("QQ and 163 want their authorization code here, Gmail an app password.")
    st.caption(t(wanted.advice if is_known(start.host) else hint))
    if warning := ends_soon(start.host):
        st.warning(t(warning), icon=":material/event_busy:")
    ways.hint_at_microsoft(start.host)
    return secret


def _pace(start: Start, form: StoredForm) -> tuple[tuple[float, float], Limits]:
    """How fast mails may leave: seconds between two, how many per period and at once."""
    with st.expander(t("Pace and limits"), icon=":material/speed:"):
        left, right = st.columns(2)
        low = left.number_input(
            t("Shortest pause between two mails (seconds)"), 0.0, 3600.0, step=0.5,
            key=form.of("min_second", start.seconds[0]).name,
        )  # fmt: skip
        high = right.number_input(
            t("Longest pause between two mails (seconds)"), 0.0, 3600.0, step=0.5,
            key=form.of("max_second", start.seconds[1]).name,
        )  # fmt: skip
        columns = (*st.columns(2), *st.columns(2))
        limits = Limits(
            *(
                column.number_input(
                    t(label), 1, None, None, step=1, key=form.of(name, value).name,
                    help=t("Leave empty if you know of no limit."),
                )
                for column, name, label, value in zip(
                    columns, Limits._fields, LIMITS, start.limits, strict=True
                )
            )
        )  # fmt: skip
    return (low, high), limits


def _forgetting(event: Event) -> None:
    label, done = N_("Forget this account"), N_("The account is forgotten.")
    words = N_("Its settings and its password are removed.")
    if account_choice.is_used_by_others(event):
        words = N_("Other events go on sending from it.")
    if event.live_at:
        label, done = N_("Back to rehearsal"), N_("The event is in rehearsal again.")
        words = N_("The account is forgotten; mails go to the mailbox here again.")
    with st.expander(t(label), icon=":material/inbox:"):
        st.markdown(t(words))
        if st.button(t("Forget the account")):
            begin_anew = account_choice.begin_anew
            with changing(Permission.CHANGE_ACCOUNT, t(done), begin_anew) as (session, locked):
                sending_account.forget_account(session, locked)
