"""The ways to sign in to a mail account: by a secret, or at its provider."""

from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

import streamlit as st
from sqlalchemy.orm import Session

from console.confirmation import comes_first
from console.mail_signin import RETURN, START
from console.screens.account import trial
from console.session import installation, reader, reading
from console.text import FIELD_NAMES, plain, t, written_time
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_warning
from console.widgets.stored_fields import StoredFields
from shared.access.roles import Permission
from shared.errors import ADMINISTRATOR_NEEDED, sign_in_trouble
from shared.language import N_
from shared.mail.accounts import signing_in
from shared.mail.accounts.sending_account import AccountChange
from shared.mail.accounts.signing_in import SignInChoice, sign_in_of
from shared.mail.tokens.provider import consent_address, is_set_up
from shared.mail.transport.protocol import MailProvider, TransportKind, Way
from shared.mail.transport.providers import PROVIDERS, Provider
from shared.mail.transport.smtp import SMTP_KIND
from shared.mail.transport.transports import TRANSPORTS
from shared.settings import THIS_MACHINE, Settings
from shared.storage.models import Event, MailSignIn, Security, SendingAccount

_PRESETS = {provider.name: provider for provider in PROVIDERS}
_SECURITIES = {
    Security.TLS: N_("TLS (port 465)"),
    Security.STARTTLS: N_("STARTTLS (port 587)"),
    Security.NONE: N_("No encryption"),
}
# The fields of a provider that is not listed.
_OF_PROVIDER = ("scope", "authorize_url", "token_url", "client_id")
# The labels of a server's fields.
_SERVER = (N_("Server"), N_("Port"), N_("Encryption"))


class Offered(NamedTuple):
    """A choice of a transport, and of a way to sign in to its accounts."""

    kind: TransportKind
    way: Way

    @property
    def preset(self) -> Provider | None:
        """The server and its limits, if they are known."""
        if self.kind.service:
            return self.kind.service.preset(installation().settings)
        return _PRESETS.get(self.way.preset)


def _everything() -> list[Offered]:
    """Return all choices; the one that most accounts use comes first."""
    offered = [Offered(kind, way) for kind in TRANSPORTS.values() for way in kind.ways]
    return sorted(offered, key=lambda choice: choice.way is not SMTP_KIND.ways[0])


def chosen_for(event: Event, sign_in: MailSignIn | None) -> Offered:
    """Return what the event's account uses, according to `sign_in`, or what is offered first."""
    carries = event.account.transport if event.account else SMTP_KIND.name
    provider = sign_in.provider if sign_in else None
    fitting = [choice for choice in _everything() if choice.way.provider == provider]
    return next((choice for choice in fitting if choice.kind.name == carries), fitting[0])


def ask(event: Event, sign_in: MailSignIn | None, whose: StoredFields) -> Offered:
    """Ask how to sign in to the account, and return the choice."""
    settings = installation().settings
    stored = whose.of("way", chosen_for(event, sign_in).way.title)
    offered = {
        choice.way.title: choice
        for choice in _everything()
        if choice.way.title == stored.get()
        or choice.way.provider is None
        or is_set_up(settings, choice.way.provider)
    }
    title = st.selectbox(t("How to sign in"), [*offered], format_func=t, key=stored.name)
    return offered[title]


def ask_for_choice(way: Way, sign_in: MailSignIn | None, form: StoredFields) -> None:
    """Draw the fields of a way to sign in, within the form."""
    show_caption(way.conditions)
    if trouble := _address_trouble(way):
        st.warning(trouble)
    assert way.provider is not None
    if way.provider is not MailProvider.OTHER:
        return
    # The redirect address, which has to be registered at the provider.
    show_caption(
        "The address to register there: `{address}`",
        address=f"{installation().settings.console_url}{RETURN}",
    )
    start = sign_in if sign_in and sign_in.provider == way.provider else None
    for name in _OF_PROVIDER:
        key = form.of(name, (start and getattr(start, name)) or "")
        st.text_input(t(FIELD_NAMES[name]), key=key.name)
    ask_for_secret(
        form, N_("Client secret"), "client_secret",
        is_stored=bool(start and start.sealed_client_secret),
    )  # fmt: skip


def choice_of(
    session: Session, event: Event, way: Way, settings: Settings, typed: Mapping[str, Any]
) -> SignInChoice:
    """Return what was typed about the sign-in; the rest is as it is stored."""
    assert way.provider is not None
    if way.provider is not MailProvider.OTHER:
        return SignInChoice(way.provider, way.scope(settings))
    found = sign_in_of(session, event.account.id) if event.account else None
    stored = found if found and found.provider == way.provider else None
    entered = {
        name: typed.get(name, getattr(stored, name) if stored else "") for name in _OF_PROVIDER
    }
    secret = typed.get("client_secret") or None
    return SignInChoice(way.provider, **entered, client_secret=secret)


def ask_for_secret(
    form: StoredFields, label: str, name: str = "password", *, is_stored: bool, help: str = ""
) -> str:
    """Draw the field of a secret, which is never shown, and return what is typed; if that is empty,
    the stored one stays."""
    return st.text_input(
        t(label),
        type="password",
        autocomplete="new-password",
        placeholder=t("Saved. Type to replace.") if is_stored else "",
        # The field is emptied once its text is stored.
        key=form.of(name, "").name,
        help=t(help) if help else None,
    )


class Server(Protocol):
    """A server as it is stored, or as it is likely to be."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def security(self) -> Security: ...


def ask_for_server(
    form: StoredFields,
    start: Server,
    labels: tuple[str, str, str] = _SERVER,
    securities: Mapping[Security, str] = _SECURITIES,
) -> None:
    """Ask for a server's name, port and encryption, with their labels."""
    name, port, encryption = map(t, labels)
    st.text_input(name, key=form.of("host", start.host).name)
    left, right = st.columns([1, 2])
    left.number_input(port, 1, 65535, key=form.of("port", start.port).name)
    right.selectbox(
        encryption,
        list(securities),
        key=form.of("security", start.security).name,
        format_func=lambda kind: t(securities[kind]),
    )


def entered(typed: Mapping[str, Any], stored: SendingAccount, sender: str) -> AccountChange:
    """Return an account's server, sender, and whether it needs no password, as typed or else as
    stored."""
    return {
        "server_address": typed.get("host", stored.host),
        "smtp_port": typed.get("port", stored.port),
        "security": typed.get("security", stored.security),
        "from_address": typed.get("sender", sender),
        "skip_auth": typed.get("skip_auth", stored.skip_auth),
    }


def hint_at_microsoft(host: str) -> None:
    """Mention the way without a password if this is a server of Microsoft's."""
    if "office365" not in host and "outlook" not in host:
        return
    st.info(
        t("Choose “Sign in with Microsoft” above. It works without a password or SMTP.")
        if is_set_up(installation().settings, MailProvider.MICROSOFT)
        else t(
            "“Sign in with Microsoft” appears here once the administrator registers "
            "this installation there (MICROSOFT_CLIENT_ID). See docs/microsoft.md."
        ),
        icon=":material/login:",
    )


def _address_trouble(way: Way) -> str:
    """Return why the provider will not redirect to this console; empty if it will.

    Providers redirect only to encrypted addresses or to this machine (Microsoft: to `localhost`).
    """
    parts = urlsplit(installation().settings.console_url)
    local = ("localhost",) if way.provider is MailProvider.MICROSOFT else THIS_MACHINE
    if parts.scheme == "https" or parts.hostname in local:
        return ""
    if parts.hostname in THIS_MACHINE:
        address = f"http://localhost:{parts.port or 80}"
        return t(
            "Microsoft returns only to https or localhost. Ask the administrator to set "
            "`CONSOLE_URL={address}`, and open the console there.",
            address=address,
        )
    return t(
        "Providers return only to https. Ask the administrator to give the console an "
        "https address (CONSOLE_URL)."
    )


def stored(event: Event) -> MailSignIn | None:
    """Return the sign-in of the event's account, if it has one in place of a password."""
    if event.account is None or not event.account.by_token:
        return None
    with reading() as (session, _):
        return sign_in_of(session, event.account.id)


def show(event: Event) -> None:
    """Show who is signed in at the provider, and the ways to sign in, to check and to sign out."""
    if st.query_params.pop("confirm", ""):
        comes_first("account.sign_in", at_once=True)
    sign_in = stored(event)
    if sign_in is None:
        return
    _say_who(event, sign_in)
    way = chosen_for(event, sign_in).way
    if way.provider is MailProvider.MICROSOFT and (sign_in.trouble or not sign_in.signed_in_at):
        # In many tenants only an administrator may consent.
        is_asked_for = sign_in.trouble.startswith(ADMINISTRATOR_NEEDED.word)
        with st.expander(
            t("If an administrator must allow it first"),
            expanded=is_asked_for,
            icon=":material/admin_panel_settings:",
        ):
            show_caption(
                "Send them this address. They open it, log in as administrator of "
                "the tenant and accept. Then sign in here."
            )
            st.code(consent_address(installation().settings), language=None, wrap_lines=True)
    label = t("Sign in again") if sign_in.signed_in_at else t(way.button)
    trouble = sign_in_trouble(sign_in.trouble)[0] if sign_in.trouble else None
    helps = trouble.is_cured_by_signing_in if trouble else not sign_in.signed_in_at
    looks = ' class="onward"' if helps else ""
    st.html(f'<a{looks} href="{START}?event={event.id}" target="_self">{escape(label)}</a>')
    if sign_in.signed_in_at:
        check, leave = st.columns(2)
        who = reader()
        with check:
            act_button(
                t("Check the account"), "account.check_sign_in",
                lambda _, event: trial.checking(who, event), Permission.CHANGE_ACCOUNT,
                type="secondary" if event.live_at else "primary",
            )  # fmt: skip
        with leave:
            act_button(
                t("Sign out"), "account.sign_out", signing_in.let_out, Permission.CHANGE_ACCOUNT,
                t("Signed out."),
            )  # fmt: skip


def _say_who(event: Event, sign_in: MailSignIn) -> None:
    if sign_in.trouble:
        trouble, number = sign_in_trouble(sign_in.trouble)
        st.error(f"{t(trouble.message)} {number}".strip())
    elif sign_in.signed_in_at is None:
        show_warning("Nobody is signed in to this account yet.", icon="login")
    else:
        when = written_time(sign_in.signed_in_at, event)
        who = plain(sign_in.address or (event.account.username if event.account else ""))
        st.success(
            t("Signed in as {address} since {time}.", address=who, time=when),
            icon=":material/verified_user:",
        )
