"""The account that mails are sent from, and the test mail that proves it."""

from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from console import desk
from console.desk import t
from shared import mail_accounts, sending
from shared.errors import PasswordNeeded
from shared.language import N_
from shared.mail.accounts import waits_for_password
from shared.mail.own_answers import is_own
from shared.mail.providers import PROVIDERS, Limits, Provider, guess_account
from shared.mail.verdicts import explain_answer
from shared.models import Event, Mail, MailAccount, MailKind, MailState, Security, now

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
# After this long without an outcome, the reason is nearly always a worker that does not run.
TEST_PATIENCE = timedelta(seconds=20)


def show_account(event: Event) -> None:
    """The form of the account; what the provider is known for is filled in."""
    st.header(t("Mail account"))
    account = event.account
    if account is None:
        st.info(t("No account yet: the event is in rehearsal, and mails stay in the mailbox here."))
    username = st.text_input(
        t("Mail address or user name"),
        account.username if account else "",
        placeholder="thanks@example.org",
        key=f"username_{event.id}",
    ).strip()
    if username:
        start = _stored(account) if account and account.username == username else _new(username)
        with st.form(f"account_{username}_{start.host}"):
            _account_form(start)
    else:
        # Whoever leaves the field has sent it already; the button shows that there is more to come.
        st.button(t("Continue"), type="primary")
    if account is not None:
        _back_to_rehearsal()


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


def _stored(account: MailAccount) -> Start:
    return Start(
        account.username,
        account.host,
        account.port,
        account.security,
        account.from_address,
        account.skip_auth,
        account.sealed_password is not None,
        (account.min_second, account.max_second),
        Limits(account.per_minute, account.per_hour, account.per_day, account.connections),
    )


def _new(username: str) -> Start:
    """What is usual at the provider, which can be told from most addresses."""
    guess = guess_account(username)
    presets = {one.name: one for one in (*([guess] if guess else []), *PROVIDERS)}
    name = st.selectbox(
        t("Provider"), list(presets), index=0 if guess else None,
        placeholder=t("Another one: fill in its server below"),
    )  # fmt: skip
    provider = presets.get(name or "", Provider("", (), ""))
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


def _account_form(start: Start) -> None:
    server = st.text_input(t("Server"), start.host)
    left, right = st.columns([1, 2])
    port = left.number_input(t("Port"), 1, 65535, start.port)
    security = right.selectbox(
        t("Encryption"),
        list(SECURITIES),
        index=list(SECURITIES).index(start.security),
        format_func=lambda kind: t(SECURITIES[kind]),
    )
    password = _password(start)
    sender = st.text_input(t("Sender's address"), start.sender)
    no_sign_in = st.checkbox(t("The server wants no sign-in"), start.skip_auth)
    seconds, limits = _pace(start)
    if st.form_submit_button(t("Save the account"), type="primary"):
        if not (password or start.has_password or no_sign_in):
            st.error(t("Enter the password, or tick “The server wants no sign-in”."))
            return
        with desk.changing(t("Saved. Now send a test mail to yourself.")) as (session, event):
            account = mail_accounts.set_account(
                session,
                desk.installation().seal,
                event,
                username=start.username,
                password=password or None,
                server_address=server,
                smtp_port=port,
                security=security,
                skip_auth=no_sign_in,
                from_address=sender,
                min_second=seconds[0],
                max_second=seconds[1],
                limits=limits,
                reach=desk.reach(session),
            )
            if waits_for_password(account):
                raise PasswordNeeded


def _password(start: Start) -> str:
    return st.text_input(
        t("Password"),
        type="password",
        autocomplete="new-password",
        placeholder=t("Stored; fill in only to change it") if start.has_password else "",
        help=t("QQ and 163 want their authorization code here, Gmail an app password."),
    )


def _pace(start: Start) -> tuple[tuple[float, float], Limits]:
    """How fast mails may leave: seconds between two, how many in a period and at once."""
    with st.expander(t("Pace and limits"), icon=":material/speed:"):
        left, right = st.columns(2)
        low = left.number_input(
            t("Shortest pause between two mails (seconds)"), 0.0, 3600.0, start.seconds[0], step=0.5
        )
        high = right.number_input(
            t("Longest pause between two mails (seconds)"), 0.0, 3600.0, start.seconds[1], step=0.5
        )
        columns = (*st.columns(2), *st.columns(2))
        limits = Limits(
            *(
                column.number_input(
                    t(label), 1, None, value, step=1, help=t("Leave empty if you know of no limit.")
                )
                for column, label, value in zip(columns, LIMITS, start.limits, strict=True)
            )
        )
    return (low, high), limits


def _back_to_rehearsal() -> None:
    with st.expander(t("Back to rehearsal"), icon=":material/inbox:"):
        st.markdown(t("The account is forgotten; mails go to the mailbox here again."))
        if st.button(t("Forget the account")):
            with desk.changing(t("The event is in rehearsal again.")) as (session, event):
                mail_accounts.forget_account(session, event)


# The test mail


def show_test_mail(event: Event) -> None:
    """A mail to oneself, on the way that all mails take."""
    st.header(t("Test mail to myself"))
    kinds = {
        MailKind.INVITATION: N_("Text of the invitation"),
        MailKind.CERTIFICATE: N_("Text of the certificate mail"),
    }
    with st.form("test_mail_form"):
        address = st.text_input(t("My address"))
        kind = st.radio(
            t("What it shows"), list(kinds), format_func=lambda kind: t(kinds[kind]),
            horizontal=True,
        )  # fmt: skip
        if st.form_submit_button(t("Send the test mail"), icon=":material/send:"):
            with desk.changing() as (session, locked):
                mail = sending.queue_test_mail(session, locked, kind, address)
                st.session_state["test_mail"] = mail.id
    if "test_mail" in st.session_state:
        _outcome(event)


@st.fragment(run_every=1)
def _outcome(event: Event) -> None:
    """What became of the test mail; asked every second until it is known."""
    with desk.reading() as (session, _):
        mail = session.get(Mail, st.session_state.get("test_mail", 0))
    if mail is None or mail.event_id != event.id:
        return
    if mail.state is MailState.SENT:
        st.success(_arrival(event, mail), icon=":material/mark_email_read:")
    elif mail.verdict and mail.verdict != "sent":
        _show_refusal(event, mail)
    elif now() - mail.created_at > TEST_PATIENCE:
        st.warning(t("Nothing happened yet. Is a worker running?"))
    else:
        st.info(t("On its way …"), icon=":material/hourglass_top:")


def _arrival(event: Event, mail: Mail) -> str:
    if event.account is None:
        return t("It is in the rehearsal mailbox.")
    sentence = N_("The mail server accepted it for {address}. Look into that inbox.")
    return t(sentence, address=desk.plain(mail.address))


def _show_refusal(event: Event, mail: Mail) -> None:
    host = event.account.host if event.account else ""
    advice = explain_answer(mail.code, mail.answer, host, desk.language())
    st.error(advice or t("The mail could not be sent."), icon=":material/error:")
    if not is_own(mail.answer):
        said = f"{mail.code or ''} {mail.answer}".strip()
        st.caption(t("The mail server said: {answer}", answer=desk.plain(said)))
