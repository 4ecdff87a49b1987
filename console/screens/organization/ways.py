"""The ways to sign in to a mail account: by password, or at its provider."""

from dataclasses import dataclass, replace
from html import escape
from typing import Literal
from urllib.parse import urlsplit

import streamlit as st

from console.mail_signin import RETURN, start_of
from console.screens.organization import account_check
from console.session import GOES_ON_AT, changing, installation, reading, require
from console.text import plain, t, written_time
from console.widgets.stored_fields import StoredFields
from shared.access.roles import Permission
from shared.errors import AdministratorNeeded, sign_in_trouble
from shared.language import N_
from shared.mail.accounts import signing_in
from shared.mail.accounts.providers import MICROSOFT_GRAPH, PROVIDERS, Provider
from shared.mail.tokens.registration import (
    GOOGLE_MAIL,
    MICROSOFT_SMTP,
    MailProvider,
    consent_address,
    graph_scope,
    is_set_up,
)
from shared.mail.tokens.sign_ins import SignInChoice, sign_in_of
from shared.mail.transport.transports import BY_GRAPH, GRAPH_SHARED
from shared.settings import THIS_MACHINE
from shared.storage.models import Event, MailSignIn

_BY_PASSWORD = N_("With a password, or not at all")
_PRESETS = {provider.name: provider for provider in PROVIDERS}


@dataclass(frozen=True)
class Way:
    """`title` and `button` are messages, and so are `conditions`: what the provider asks for."""

    provider: MailProvider
    title: str
    button: str
    conditions: str
    scope: str = ""
    preset: str = ""
    # What carries the messages, one of `mail.transport.transports`.
    transport: str = "smtp"

    @property
    def server(self) -> Provider | None:
        """What is known about its server and limits."""
        if self.transport in BY_GRAPH:
            host = urlsplit(installation().settings.graph_url).hostname or ""
            return replace(MICROSOFT_GRAPH, host=host)
        return _PRESETS.get(self.preset)

    @property
    def choice(self) -> SignInChoice:
        """What to store for it, if nothing has to be entered."""
        scope = self.scope
        if self.transport in BY_GRAPH:
            is_shared = self.transport == GRAPH_SHARED
            scope = graph_scope(installation().settings, shared=is_shared)
        return SignInChoice(self.provider, scope, transport=self.transport)


WAYS = (
    Way(
        MailProvider.MICROSOFT,
        N_("Sign in with Microsoft"),
        N_("Sign in with Microsoft"),
        N_(
            "For Microsoft 365 and Outlook.com. Mails leave by Microsoft Graph, over HTTPS, so "
            "that neither a password nor SMTP has to be allowed. What comes back is read with the "
            "same sign-in, which asks to send and to read mail."
        ),
        transport="graph",
    ),
    Way(
        MailProvider.MICROSOFT,
        N_("Sign in with Microsoft (shared mailbox)"),
        N_("Sign in with Microsoft"),
        N_(
            "For an address of Microsoft 365 that several people read, such as office@ or "
            "thanks@: enter it above, and sign in as yourself. In Exchange you need “Full access” "
            "and “Send as” for it. Microsoft asks whether this program may read mail that you can "
            "access and send on behalf of others, which includes your own mailbox; it opens the "
            "shared one alone. A test mail proves that it works."
        ),
        transport=GRAPH_SHARED,
    ),
    Way(
        MailProvider.MICROSOFT,
        N_("Sign in with Microsoft (SMTP)"),
        N_("Sign in with Microsoft"),
        N_(
            "“Authenticated SMTP” has to be switched on for the tenant and for this mailbox, and "
            "an administrator may have to allow this program first."
        ),
        MICROSOFT_SMTP,
        "Microsoft 365",
    ),
    Way(
        MailProvider.GOOGLE,
        N_("Sign in with Google"),
        N_("Sign in with Google"),
        N_(
            "Sending by SMTP is a restricted permission at Google: a program of your own Workspace "
            "may use it at once, any other only after Google's review. While the program is in "
            "testing there, the sign-in ends after 7 days. An app password needs none of this."
        ),
        GOOGLE_MAIL,
        "Google Workspace",
    ),
    Way(
        MailProvider.OTHER,
        N_("Sign in at another provider"),
        N_("Sign in at the provider"),
        N_(
            "For providers with OAuth 2.0 whose mail server takes XOAUTH2. Register this program "
            "there as a web application first; what it asks for stands in its documentation."
        ),
    ),
)


def way_of(event: Event, sign_in: MailSignIn) -> Way:
    """The way to sign in to the event's account, according to `sign_in`."""
    carries = event.account.transport if event.account else "smtp"
    fitting = [way for way in WAYS if way.provider == sign_in.provider]
    return next((way for way in fitting if way.transport == carries), fitting[0])


def ask(event: Event, sign_in: MailSignIn | None, whose: StoredFields) -> Way | None:
    """Ask how to sign in to the account from now on; None: by password, or not at all."""
    known = [way for way in WAYS if is_set_up(installation().settings, way.provider)]
    chosen = whose.of("way", way_of(event, sign_in).title if sign_in else _BY_PASSWORD)
    offered = {way.title: way for way in WAYS if way in known or way.title == chosen.get()}
    title = st.selectbox(
        t("How to sign in"), [_BY_PASSWORD, *offered], format_func=t, key=chosen.name
    )
    return offered.get(title)


def ask_for_choice(way: Way, sign_in: MailSignIn | None, form: StoredFields) -> SignInChoice:
    """The values to enter for a way, within its form."""
    st.caption(t(way.conditions))
    if trouble := _address_trouble(way):
        st.warning(trouble)
    if way.provider is not MailProvider.OTHER:
        return way.choice
    st.caption(t("The address to register there: `{address}`", address=return_address()))
    is_kept = sign_in is not None and sign_in.provider == way.provider
    start = sign_in if sign_in and is_kept else MailSignIn(provider="", scope="")
    secret_hint = t("Stored; fill in only to change it") if start.sealed_client_secret else ""
    return SignInChoice(
        way.provider,
        st.text_input(t("Permission (scope)"), key=form.of("scope", start.scope).name),
        st.text_input(
            t("Address to sign in at"), key=form.of("authorize_url", start.authorize_url or "").name
        ),
        st.text_input(
            t("Address for tokens"), key=form.of("token_url", start.token_url or "").name
        ),
        st.text_input(
            t("Id of this program there (client id)"),
            key=form.of("client_id", start.client_id or "").name,
        ),
        st.text_input(
            t("Secret of this program there (client secret)"),
            type="password",
            autocomplete="new-password",
            placeholder=secret_hint,
            # Emptied once it is stored.
            key=form.of("client_secret", "").name,
        )
        or None,
    )


def show_to_administrator(*, is_asked_for: bool) -> None:
    """In many tenants people may not consent to anything: what to send to somebody who may."""
    with st.expander(
        t("If an administrator has to allow it first"),
        expanded=is_asked_for,
        icon=":material/admin_panel_settings:",
    ):
        st.caption(
            t(
                "Send them this address. They open it, log in as administrator of the tenant, and "
                "accept; then sign in here."
            )
        )
        st.code(consent_address(installation().settings), language=None, wrap_lines=True)


def hint_at_microsoft(host: str) -> None:
    """For a Microsoft server: mention that there is a way without a password."""
    if "office365" not in host and "outlook" not in host:
        return
    if is_set_up(installation().settings, MailProvider.MICROSOFT):
        st.info(
            t(
                "Choose “Sign in with Microsoft” above: it needs neither a password nor SMTP, and "
                "goes on working."
            ),
            icon=":material/login:",
        )
    else:
        st.info(
            t(
                "“Sign in with Microsoft” appears here once whoever runs this installation has "
                "registered it there (MICROSOFT_CLIENT_ID): docs/microsoft.md says how."
            ),
            icon=":material/login:",
        )


def return_address() -> str:
    """The redirect address that has to be registered at providers."""
    return f"{installation().settings.console_url}{RETURN}"


def _address_trouble(way: Way) -> str:
    """Providers only redirect to encrypted addresses, or to this machine (Microsoft: only to
    `localhost`)."""
    parts = urlsplit(installation().settings.console_url)
    local = ("localhost",) if way.provider is MailProvider.MICROSOFT else THIS_MACHINE
    if parts.scheme == "https" or parts.hostname in local:
        return ""
    if parts.hostname in THIS_MACHINE:
        address = f"http://localhost:{parts.port or 80}"
        return t(
            "Microsoft leads back to https or to localhost alone. Let whoever runs this "
            "installation set `CONSOLE_URL={address}`, and open the console there.",
            address=address,
        )
    return t(
        "Providers lead back to https alone. Let whoever runs this installation give the console "
        "an address with https (CONSOLE_URL)."
    )


# Who is signed in to the mail account at its provider, above its form


def stored(event: Event) -> MailSignIn | None:
    """The sign-in of the event's account, where it has one in place of a password."""
    if event.account is None or not event.account.by_token:
        return None
    with reading() as (session, _):
        return sign_in_of(session, event.account.id)


def show(event: Event) -> None:
    """Who is signed in, and the ways in, out, and to a check."""
    if st.query_params.pop("confirm", ""):
        GOES_ON_AT.set(start_of(event.id))
        require(Permission.CHANGE_ACCOUNT)
        GOES_ON_AT.take()
    sign_in = stored(event)
    if sign_in is None:
        return
    _say_who(event, sign_in)
    # A link, made to look like the next thing to press when it is.
    way = way_of(event, sign_in)
    if way.provider is MailProvider.MICROSOFT and (sign_in.trouble or not sign_in.signed_in_at):
        show_to_administrator(is_asked_for=sign_in.trouble.startswith(AdministratorNeeded.word))
    label = t("Sign in again") if sign_in.signed_in_at else t(way.button)
    trouble = sign_in_trouble(sign_in.trouble)[0] if sign_in.trouble else None
    helps = trouble.is_cured_by_signing_in if trouble else not sign_in.signed_in_at
    looks = ' class="onward"' if helps else ""
    st.html(f'<a{looks} href="{escape(start_of(event.id))}" target="_self">{escape(label)}</a>')
    if sign_in.signed_in_at:
        _check_or_leave(event)


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
