"""The mail account from which an event sends once it has passed its check, and its returned
mail."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.confirmation import comes_first
from console.foot import foot, onward
from console.screens.account import trial, ways
from console.screens.account.ways import Offered
from console.session import Viewer, installation, reader, reading, session_of_reader
from console.session_key import SessionKey
from console.text import FIELD_NAMES, t
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_paragraph, show_warning
from console.widgets.stored_fields import StoredFields, StoredForm
from shared import features
from shared.access.keys import names_opened_by
from shared.access.roles import Permission
from shared.access.sessions import SignedIn
from shared.errors import SIGN_IN_NEEDED, AccountChanged, ProductError
from shared.language import N_
from shared.mail.accounts import sending_account
from shared.mail.accounts.health import PASSWORD_NEEDED, waits_for
from shared.mail.accounts.limits import are_in_doubt
from shared.mail.accounts.sending_account import use_account_of
from shared.mail.accounts.sharing import AccountChoice, is_shared, other_accounts
from shared.mail.transport.protocol import TransportKind
from shared.mail.transport.providers import (
    PROVIDERS,
    Provider,
    SendingLimits,
    ends_soon,
    guess_account,
    is_known,
    sign_in_help,
)
from shared.mail.transport.transports import kind_of
from shared.storage.models import Event, MailSignIn, SendingAccount

_LIVE = N_("Live: mails are sent from this account.")
_REHEARSAL = N_("Rehearsal: mails stay in the mailbox here.")
_SHOWN_NAMES = 3
# The user name and the way to sign in, the account's form, and the provider chosen for a new one.
_WHOSE = SessionKey[Any]("account.whose")
_FORM = SessionKey[Any]("account.account_form")
_PROVIDER = SessionKey[str]("account.provider")
# How often the reader has removed an account or taken another event's: text typed from then on is
# about another account.
_LET_GO = SessionKey[int]("account.let_go")


def show() -> None:
    st.title(t("Mail account"))
    with reading() as (_, event):
        pass
    left, right = st.columns(2, gap="large")
    with left:
        _show_account(event)
    # On a phone, the test mail follows the form.
    with right:
        trial.show_trial_mail(event)
        for show_feature in features.shown("account"):
            show_feature(event)
    with foot(t(_LIVE if event.live_at else _REHEARSAL)):
        onward("send", t("Next: send"))


def _show_account(event: Event) -> None:
    """Show the account's state and its form, filled in with what is known about the provider."""
    trial.show_state(event)
    ways.show(event)
    if comes_first("account.form"):
        return
    account = event.account
    with installation().database.reading() as session:
        is_used_by_others = account is not None and is_shared(session, account, event)
    if is_used_by_others:
        # Also if the reader may not see those events.
        show_caption(
            "Other events also send from this account and share its limits. A new "
            "server or user name applies here alone."
        )
    _offer_accounts(event)
    place = (event.id, _LET_GO.get(0))
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
            form = StoredForm(form_place, is_new=start is not account)
            _account_form(event, start, chosen, sign_in, form)
    else:
        # Leaving the field already submits it; the button shows that there is more to come.
        st.button(t("Continue"), type="primary")
    # What was checked is the stored account, signed in to in its own way.
    if is_as_stored:
        trial.show_check(event)
    if account is not None:
        _offer_to_forget(event, is_used_by_others=is_used_by_others)


def _offer_to_forget(event: Event, *, is_used_by_others: bool) -> None:
    label, done = N_("Remove this account"), N_("The account is removed.")
    words = N_("Its settings and password are removed.")
    if is_used_by_others:
        words = N_("Other events keep sending from it.")
    if event.live_at:
        label, done = N_("Back to rehearsal"), N_("The event is in rehearsal again.")
        words = N_("The account is removed. Mails go to the mailbox here again.")
    with st.expander(t(label), icon=":material/inbox:"):
        show_paragraph(words)
        forget = sending_account.forget_account
        act_button(
            t("Remove the account"), "account.forget", forget, Permission.CHANGE_ACCOUNT, t(done),
            then=_reset,
        )  # fmt: skip


def _reset() -> None:
    """Let the form begin with what is stored."""
    _LET_GO.set(_LET_GO.get(0) + 1)


def _start(event: Event, username: str, chosen: Offered) -> SendingAccount:
    """Return what the form shows before anything is typed: what is stored, or what the provider
    usually has. Asks for the provider, which most addresses reveal."""
    account, preset = event.account, chosen.preset
    # A user name of a service is not one of a mail server.
    is_there = account and _place_of(kind_of(account.transport)) == _place_of(chosen.kind)
    if account and is_there and account.username == username:
        is_by_token = chosen.way.provider is not None
        if preset is None or account.by_token == is_by_token:
            return account
    if preset is None:
        guess = guess_account(username)
        presets = {
            provider.name: provider for provider in (*([guess] if guess else []), *PROVIDERS)
        }
        name = st.selectbox(
            t("Provider"), list(presets), index=0 if guess else None,
            placeholder=t("Another one (enter its server below)"),
            key=f"account.provider_of.{username}",
        )  # fmt: skip
        # Kept for when a colleague stores the account, and the field is not drawn any more.
        _PROVIDER.of(username).set(name or "")
        preset = presets.get(name or "", Provider("", (), ""))
    return SendingAccount(
        username=username,
        host=preset.host,
        port=preset.port,
        security=preset.security,
        skip_auth=False,
        min_second=preset.delay[0],
        max_second=preset.delay[1],
        **preset.limits._asdict(),
    )


def _place_of(kind: TransportKind) -> object:
    return kind.service and kind.service.url


def _account_form(
    event: Event,
    start: SendingAccount,
    chosen: Offered,
    sign_in: MailSignIn | None,
    form: StoredForm,
) -> None:
    """Draw the form, which replaces the account; a sign-in at the provider follows it."""
    kind, way = chosen
    # The owner's settings say where a service is.
    if not kind.service:
        ways.ask_for_server(form, start)
        if start is event.account:
            trial.show_server_trouble(event)
    if way.provider:
        ways.ask_for_choice(way, sign_in, form)
    else:
        _secret(start, chosen, form)
    # Some services sign in with a name that is no address.
    usual_sender = start.username if "@" in start.username else ""
    sender = event.from_address if start is event.account else usual_sender
    st.text_input(t("Sender address"), key=form.of("sender", sender).name)
    if not (way.provider or kind.service):
        st.checkbox(t("No password needed"), key=form.of("skip_auth", start.skip_auth).name)
    _pace(start, form)
    label = t("Save, then sign in") if way.provider else t("Check and save")
    act = partial(_save, reader(), chosen, start, is_stored=start is event.account)
    form.submit_button(label, act, Permission.CHANGE_ACCOUNT, type="primary")


def _save(
    who: Viewer,
    chosen: Offered,
    start: SendingAccount,
    session: Session,
    event: Event,
    typed: dict[str, Any],
    *,
    is_stored: bool,
) -> Callable[[], str] | None:
    """Store what is typed as the account, and return what checks it with its server; None if a
    sign-in is needed first.

    Raises AccountChanged if the account is not the one that was shown, and ProductError.
    """
    served, (kind, way) = installation(), chosen
    if is_stored:
        if event.account is None or event.account.username != start.username:
            raise AccountChanged
        start = event.account
    given = ways.entered(typed, start, event.from_address)
    given |= {"username": start.username, "transport": kind.name}
    may_skip = not (way.provider or kind.service)
    given["skip_auth"] = may_skip and given["skip_auth"]
    if way.provider:
        given["sign_in"] = ways.choice_of(session, event, way, served.settings, typed)
    elif typed.get("password"):
        given["password"] = typed["password"]
    elif start.sealed_password is None and not given["skip_auth"]:
        if may_skip:
            raise ProductError(N_("Enter the password, or tick “No password needed”."))
        raise ProductError(N_("Enter this first: {secret}."), secret=t(way.secret))
    limits = {name: typed.get(name, getattr(start, name)) for name in SendingLimits._fields}
    given |= {
        "min_second": typed.get("min_second", start.min_second),
        "max_second": typed.get("max_second", start.max_second),
        "limits": SendingLimits(**limits),
        "vouched": typed.get("vouched", start.vouched or False),
    }
    account = sending_account.set_account(
        session, served.seal, event, reach=who.reach(session, event.id), **given
    )
    if waits_for(account, PASSWORD_NEEDED):
        raise ProductError(PASSWORD_NEEDED)
    if waits_for(account, SIGN_IN_NEEDED.message):
        return None
    return trial.checking(who, event)


def _secret(start: SendingAccount, chosen: Offered, form: StoredForm) -> None:
    """Draw the field of the secret with the provider's name for it, and say where to create one."""
    kind, way = chosen
    wanted = sign_in_help(start.host)
    label = way.secret if kind.service else wanted.secret
    ways.ask_for_secret(form, label, is_stored=start.sealed_password is not None)
    if kind.service:
        show_caption(way.conditions)
        return
    hint = N_("QQ and 163 need their authorization code here, Gmail needs an app password.")
    show_caption(wanted.advice if is_known(start.host) else hint)
    if ending := ends_soon(start.host):
        show_warning(ending, icon="event_busy")
    ways.hint_at_microsoft(start.host)


def _pace(start: SendingAccount, form: StoredForm) -> None:
    """Draw the fields of the pace: seconds between two mails, and mails per period and at once."""
    unlimited = t("Leave empty if there is no limit.")

    def field(name: str) -> dict[str, Any]:
        key = form.of(name, getattr(start, name)).name
        return {"label": t(FIELD_NAMES[name]), "key": key}

    with st.expander(t("Pace and limits"), icon=":material/speed:"):
        for column, name in zip(st.columns(2), ("min_second", "max_second"), strict=True):
            column.number_input(min_value=0.0, max_value=3600.0, step=0.5, **field(name))
        if are_in_doubt(start):
            show_caption("Set by somebody or learned by an earlier version. Is this right?")
        columns = (*st.columns(2), *st.columns(2))
        for column, name in zip(columns, SendingLimits._fields, strict=True):
            column.number_input(min_value=1, value=None, step=1, help=unlimited, **field(name))
        st.checkbox(
            t("I vouch for this list. Do not wait for bounces."),
            key=form.of("vouched", start.vouched or False).name,
            help=t(
                "Otherwise a new list starts slowly until we know that its mails do not bounce."
            ),
        )


def _offer_accounts(event: Event) -> None:
    """Offer the accounts of other events that the reader manages; nothing if there are none."""
    with installation().database.reading() as session:
        choices = _choices(session, event, session_of_reader(session))
    if not choices:
        return
    with st.expander(
        t("Use another event's account"),
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
        show_caption(
            "Mails are sent from the same address, and its events share the account's limits."
        )
        act_button(
            t("Use this account"), "account.use_account",
            partial(_use, reader(), chosen.event_id if chosen else None), Permission.CHANGE_ACCOUNT,
            then=_reset, disabled=chosen is None,
        )  # fmt: skip


def _use(who: Viewer, other: int | None, session: Session, event: Event) -> Callable[[], str]:
    """Send from the account of the event `other`. Raises AccountChanged if `who` may not any
    more."""
    if other not in {
        choice.event_id for choice in _choices(session, event, who.signed_in(session))
    }:
        raise AccountChanged
    use_account_of(session, session.get_one(Event, other), event)
    return trial.checking(who, event)


def _choices(session: Session, event: Event, opened: SignedIn) -> list[AccountChoice]:
    # Somebody known to the organization may manage one event and only view another.
    managed = [
        name.id
        for name in names_opened_by(session, *opened.accesses)
        if opened.to(name.id).may(Permission.CHANGE_ACCOUNT)
    ]
    return other_accounts(session, managed, event.id)


def _label(choice: AccountChoice) -> str:
    names = [*choice.events[:_SHOWN_NAMES], *(["…"] if len(choice.events) > _SHOWN_NAMES else [])]
    return f"{choice.sender} · {choice.server} ({', '.join(names)})"
