"""The account that mails are sent from, once it has passed its check."""

from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.screens.account import account_check, ways
from console.screens.account.ways import Offered
from console.session import changing, event_names, installation, reach, session_of_reader
from console.session_key import SessionKey
from console.text import t
from console.widgets.stored_fields import StoredFields, StoredForm
from shared.access.roles import Permission
from shared.errors import AccountChanged, ProductError
from shared.language import N_
from shared.mail.accounts import sending_account
from shared.mail.accounts.account_change import AccountChange
from shared.mail.accounts.health import PASSWORD_NEEDED, waits_for_password, waits_for_sign_in
from shared.mail.accounts.sending_account import use_account_of
from shared.mail.accounts.sharing import Choice, is_shared, other_accounts
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
from shared.storage.models import Event, MailSignIn, Security

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
_WHOSE = SessionKey[Any]("account.whose")
_FORM = SessionKey[Any]("account.account_form")
_PROVIDER = SessionKey[str]("account.provider")


def show_account(event: Event) -> None:
    """The account's form, filled in with what is known about the provider."""
    account_check.show(event)
    ways.show(event)
    say_who_else(event)
    offer_accounts(event)
    account = event.account
    place = place_of(event)
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
        _offer_to_forget(event)


def _offer_to_forget(event: Event) -> None:
    label, done = N_("Forget this account"), N_("The account is forgotten.")
    words = N_("Its settings and its password are removed.")
    if is_used_by_others(event):
        words = N_("Other events go on sending from it.")
    if event.live_at:
        label, done = N_("Back to rehearsal"), N_("The event is in rehearsal again.")
        words = N_("The account is forgotten; mails go to the mailbox here again.")
    with st.expander(t(label), icon=":material/inbox:"):
        st.markdown(t(words))
        if st.button(t("Forget the account")):
            with changing(Permission.CHANGE_ACCOUNT, t(done), begin_anew) as (session, locked):
                sending_account.forget_account(session, locked)


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
    return (
        Start(
            kept.username,
            kept.host,
            kept.port,
            kept.security,
            event.from_address,
            kept.skip_auth,
            kept.sealed_password is not None,
            (kept.min_second, kept.max_second),
            Limits(kept.per_minute, kept.per_hour, kept.per_day, kept.connections),
        )
        if kept
        else _new(username)
    )


def _place_of(kind: TransportKind) -> object:
    return kind.service and kind.service.url


def _new(username: str) -> Start:
    """The provider's usual values; most addresses reveal the provider."""
    guess = guess_account(username)
    presets = {one.name: one for one in (*([guess] if guess else []), *PROVIDERS)}
    name = st.selectbox(
        t("Provider"), list(presets), index=0 if guess else None,
        placeholder=t("Another one: fill in its server below"),
        key=f"account.provider_of.{username}",
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
    # The owner's settings say where it is.
    given = (
        {
            "username": start.username,
            "server_address": start.host,
            "smtp_port": start.port,
            "security": start.security,
        }
        if kind.service
        else _server(start, form)
    )
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
        with changing(Permission.CHANGE_ACCOUNT, t("Saved."), form.settle) as (session, event):
            seal = installation().seal
            account = sending_account.set_account(
                session, seal, event, reach=reach(session), **given
            )
            if waits_for_password(account):
                raise ProductError(PASSWORD_NEEDED)
            if not waits_for_sign_in(account):
                account_check.begin(event)


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


# Sending from an account that another event of the same reader already sends from


_SHOWN_NAMES = 3
# How often the reader has let go of an account, or taken another event's.
_LET_GO = SessionKey[int]("account.let_go")


def place_of(event: Event) -> tuple[int, int]:
    """Distinguishes what is typed about the event's account from what was typed about earlier
    ones."""
    return event.id, _LET_GO.get(0)


def begin_anew() -> None:
    """From now on, what is typed is about another account."""
    _LET_GO.set(_LET_GO.get(0) + 1)


def offer_accounts(event: Event) -> None:
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
            key=f"account.account.{event.id}",
        )
        st.caption(
            t(
                "Mails leave under the same address, and the limits of the account hold for all "
                "of its events together."
            )
        )
        pressed = st.button(
            t("Use this account"), disabled=chosen is None, key="account.use_account"
        )
        if pressed and chosen:
            with changing(Permission.CHANGE_ACCOUNT, then=begin_anew) as (session, event):
                # Checked again: somebody else may manage the shown event by now.
                if chosen.event_id not in {one.event_id for one in _choices(session, event)}:
                    raise AccountChanged
                use_account_of(session, session.get_one(Event, chosen.event_id), event)
                account_check.begin(event)


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


def _label(choice: Choice) -> str:
    names = [*choice.events[:_SHOWN_NAMES], *(["…"] if len(choice.events) > _SHOWN_NAMES else [])]
    return f"{choice.sender} · {choice.server} ({', '.join(names)})"
