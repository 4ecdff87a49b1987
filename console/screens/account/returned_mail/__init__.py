"""The mailbox for returned mail of a sending account."""

from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.confirmation import comes_first
from console.screens.account.returned_mail import relay
from console.screens.account.trial import last_test_mail
from console.screens.account.ways import ask_for_secret, ask_for_server
from console.session import (
    installation,
    reader,
    reading,
    refuse,
    refusing,
    require,
)
from console.session_key import SessionKey
from console.text import language, plain, t, written_time
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_info
from console.widgets.stored_fields import StoredForm
from shared.access.roles import Permission
from shared.errors import AccountChanged
from shared.features.returned_mail.looking import source_of
from shared.features.returned_mail.mailbox import (
    MailboxChange,
    forget_mailbox,
    mailbox_of,
    opens_by_token,
    read_inbox,
    set_mailbox,
    usual_mailbox,
)
from shared.features.returned_mail.models import IMAP, BounceMailbox
from shared.features.returned_mail.own_mailbox import read_own_mailbox
from shared.findings import Finding, Level
from shared.language import N_
from shared.log.actor import Actor
from shared.mail.accounts.suppressions import count_suppressed
from shared.mail.transport.transports import kind_of
from shared.storage.models import Event, MailState, Security, SendingAccount, Suppression

_SECURITIES = {Security.TLS: N_("TLS (port 993)"), Security.STARTTLS: N_("STARTTLS (port 143)")}
_SERVER = (N_("IMAP server"), N_("Mailbox port"), N_("Mailbox encryption"))

_FIELD = SessionKey[Any]("account.mailbox")

# The result of opening the account's own mailbox, if it was tried.
_TRIED = SessionKey[Finding | None]("account.mailbox_tried")

_BY_TOKEN = N_("Leave the password empty. The provider's sign-in also opens this mailbox.")
_OWN_PASSWORD = N_("Usually the same as for sending.")


def show(event: Event) -> None:
    """Show the state of returned mail, and the forms of the mailbox and the webhook."""
    if event.account is None:
        return
    with reading() as (session, _):
        mailbox = mailbox_of(session, event.account)
    webhook = relay.stored(event)
    st.header(t("Bounced mail"))
    show_caption(_WHY)
    if webhook:
        relay.say_how_it_works(event, webhook)
    if mailbox or not webhook:
        _say_how_it_is_read(event, mailbox)
    _say_who_gets_no_more(event.account)
    has_inbox = kind_of(event.account.transport).inbox is not None
    if has_inbox and (mailbox is None or mailbox.way != IMAP):
        # The account's own sign-in opens its inbox, so there is nothing to enter.
        show_caption(
            "The same sign-in reads this account's inbox. Nothing in it is moved, "
            "marked or deleted."
        )
        if mailbox:
            _forgetting()
        else:
            act_button(
                t("Read this account's inbox"), "account.read_inbox", read_inbox,
                Permission.CHANGE_ACCOUNT, t("Saved."),
            )  # fmt: skip
        return
    with st.expander(t("Mailbox for bounced mail"), icon=":material/move_to_inbox:"):
        if not comes_first("account.mailbox"):
            _form(event, mailbox)
        if mailbox:
            _forgetting()
    relay.show(event, webhook)


def try_own_mailbox(event_id: int, by: Actor) -> None:
    """Open the mailbox that the provider keeps for an account that was checked, and keep the
    result."""
    _TRIED.of(event_id).set(read_own_mailbox(installation(), event_id, by))


def offer_to_find(event: Event, most: int) -> bytes | None:
    """Offer to find the test mail in the mailbox, and return its source, up to `most` bytes; None
    if nobody asked or it is not there."""
    mail = last_test_mail(event)
    if mail is None or mail.state is not MailState.SENT or event.account is None:
        return None
    with reading() as (session, _):
        mailbox = mailbox_of(session, event.account)
    if mailbox is None or not st.button(t("Find the test mail")):
        return None
    require(Permission.CHANGE_ACCOUNT)
    source = None
    with refusing():
        with st.spinner(t("Checking the mailbox …")):
            source = source_of(installation(), mailbox, mail, most)
        if source is None:
            refuse(t("The test mail is not there. Was it sent to the address of this mailbox?"))
    return source


def _say_how_it_is_read(event: Event, mailbox: BounceMailbox | None) -> None:
    tried = _TRIED.of(event.id).get(None)
    is_on = mailbox is not None and not mailbox.trouble
    if tried and is_on is (tried.level is Level.GREEN):
        shown = st.success if is_on else st.warning
        shown(plain(tried.said(language())))
    if mailbox is None:
        show_info("Bounced mail is not checked yet.")
    elif mailbox.trouble:
        st.error(t(mailbox.trouble))
    elif mailbox.looked_at:
        when = written_time(mailbox.looked_at, event)
        st.success(t("Last read at {time}.", time=when))
    else:
        show_info("It is first read within a minute once a worker runs.")


def _say_who_gets_no_more(account: SendingAccount) -> None:
    with reading() as (session, _):
        count = count_suppressed(session, account.id)
    if not count:
        return
    show_caption(
        "Addresses that get no mail from this account: dead {dead}, complained "
        "{complained}, unsubscribed {opted_out}. Stored as hashes only.",
        **{reason.value: count.get(reason, 0) for reason in Suppression},
    )
    show_caption(
        "Only some providers report complaints, once you register there: Yahoo and "
        "AOL, Outlook.com, Comcast, Mail.ru. Gmail and iCloud do not."
    )


_WHY = N_(
    "Many mail servers accept a mail first and report a wrong address later, by mail to "
    "the sender. Those reports are read here, and the person is flagged."
)


def _form(event: Event, mailbox: BounceMailbox | None) -> None:
    assert event.account is not None
    start = mailbox or usual_mailbox(event.account)
    form = StoredForm(_FIELD.of(event.account_id))
    who, seal, shown = reader(), installation().seal, event.account_id

    def save(session: Session, event: Event, typed: dict[str, Any]) -> None:
        if event.account is None or event.account_id != shown:
            raise AccountChanged
        stored = mailbox_of(session, event.account) or usual_mailbox(event.account)
        names = ("host", "port", "security", "username", "folder", "move_to")
        change = MailboxChange(**{name: getattr(stored, name) for name in names} | typed)
        set_mailbox(session, seal, event, change, who.reach(session, event.id))

    with st.form("returned_mail"):
        if opens_by_token(event.account, start):
            show_caption(_BY_TOKEN)
        ask_for_server(form, start, _SERVER, _SECURITIES)
        st.text_input(t("Mailbox user name"), key=form.of("username", start.username).name)
        is_stored = bool(mailbox and mailbox.sealed_password)
        ask_for_secret(form, N_("Mailbox password"), is_stored=is_stored, help=_OWN_PASSWORD)
        st.text_input(t("Folder to read"), key=form.of("folder", start.folder).name)
        st.text_input(
            t("Move reports to this folder"),
            key=form.of("move_to", start.move_to).name,
            help=t("If empty, nothing in the mailbox is moved, marked or deleted."),
        )
        form.submit_button(t("Save the mailbox"), save, Permission.CHANGE_ACCOUNT, type="primary")


def _forgetting() -> None:
    act_button(
        t("Stop reading this mailbox"), "account.stop_mailbox", forget_mailbox,
        Permission.CHANGE_ACCOUNT, t("Saved."),
    )  # fmt: skip
