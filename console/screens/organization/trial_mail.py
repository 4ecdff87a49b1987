"""A test mail to oneself, which takes the same way as all mails."""

from datetime import timedelta

import streamlit as st
from sqlalchemy.orm import Session

from console.session import changing, reading
from console.session_key import SessionKey
from console.text import language, plain, t, written_time
from shared.access.roles import Permission
from shared.events.groups import with_id
from shared.language import N_
from shared.mail.accounts.health import AccountState, Standing, state_of
from shared.mail.kinds.registry import texts
from shared.mail.queue import enqueue
from shared.mail.queue.clock import running_workers
from shared.mail.transport.own_answers import is_own
from shared.mail.transport.transports import explain_answer
from shared.storage.database import database_time
from shared.storage.models import Event, Mail, MailState, Verdict, now

_EVERYBODY = 0
_MAIL = SessionKey[int]("organization.test_mail")

# After this long, something is keeping it from leaving.
TEST_PATIENCE = timedelta(seconds=20)

# What to say while the account takes no mail.
HELD_WORDS = {
    Standing.PAUSED: N_(
        "The mail server asked us to wait. The test mail leaves by itself at {until}."
    ),
    Standing.SPENT: N_(
        "The account's limit is reached. The test mail leaves by itself at {until}."
    ),
    Standing.LOOKING: N_("The test mail leaves by itself at {until} at the latest."),
    Standing.NEEDS_FIXING: N_("The account waits for you. Then press “Check and save”."),
}
_WAITS_WHILE_LIVE = N_("Sending waits for you. Then press “Go on” under “Sending”.")


def show(event: Event) -> None:
    st.header(t("Test mail to myself"))
    shown = {kind.name: kind for kind in texts(event) if kind.sample}
    with st.form("test_mail_form"):
        address = st.text_input(t("My address"))
        name = st.radio(
            t("What it shows"), list(shown), format_func=lambda name: t(shown[name].sample),
            horizontal=True, key="organization.test_mail.kind",
        )  # fmt: skip
        group_id = _for_group(event)
        if st.form_submit_button(t("Send the test mail"), icon=":material/send:"):
            with changing(Permission.CHANGE_ACCOUNT) as (session, locked):
                mail = enqueue.queue_test_mail(
                    session, locked, shown[name], address, with_id(locked, group_id)
                )
                _MAIL.set(mail.id)
    if _MAIL.is_set():
        _outcome(event)


def last_one(event: Event) -> Mail | None:
    """The last test mail that was asked for here, as it stands now."""
    with reading() as (session, _):
        mail = session.get(Mail, _MAIL.get(0))
        return mail if mail and mail.event_id == event.id else None


def _for_group(event: Event) -> int | None:
    """The group whose text and certificate it shows, if there are groups."""
    with reading() as (_, event):
        groups = {group.id: group.name for group in event.groups}
    if not groups:
        return None
    # Streamlit takes None for nothing chosen.
    names = {_EVERYBODY: t("Everybody"), **groups}
    chosen = st.selectbox(
        t("For whom"), list(names), format_func=lambda id: names[id],
        key="organization.test_mail.group",
    )  # fmt: skip
    return chosen or None


@st.fragment(run_every=1)
def _outcome(drawn: Event) -> None:
    """The outcome of the test mail, polled every second until it is known."""
    with reading() as (session, event):
        mail = last_one(event)
        if mail is None:
            return
        why = _why_it_waits(session, event)
    if event.live_at != drawn.live_at:
        # It was accepted, so the event is live, and the whole screen has to say so.
        st.rerun()
    if mail.state is MailState.SENT:
        st.success(_arrival(event, mail), icon=":material/mark_email_read:")
    elif mail.state is MailState.CANCELLED:
        st.info(t("Another test mail took its place."))
    elif mail.state is MailState.FAILED or mail.verdict not in (Verdict.NONE, Verdict.SENT):
        _show_refusal(event, mail)
    elif why:
        st.warning(why, icon=":material/pause_circle:")
    elif now() - mail.created_at > TEST_PATIENCE:
        st.warning(t("Not there yet: the mail server takes its time."))
    else:
        st.info(t("On its way …"), icon=":material/hourglass_top:")


def _why_it_waits(session: Session, event: Event) -> str:
    """What holds a test mail back now; empty if nothing is known."""
    if not running_workers(session):
        return t(
            "No worker is running: mails are queued, but none leaves. Start it with “certs up”."
        )
    account = event.account
    if account is None:
        return ""
    state = state_of(session, account, language())
    if state.standing in HELD_WORDS:
        return _held(event, state)
    if account.next_at and account.next_at > database_time(session):
        time = written_time(account.next_at, event)
        return t("The account pauses between two mails; the next one leaves at {time}.", time=time)
    return ""


def _held(event: Event, state: AccountState) -> str:
    until = written_time(state.until, event) if state.until else ""
    words = HELD_WORDS[state.standing]
    if event.live_at and state.standing is Standing.NEEDS_FIXING:
        words = _WAITS_WHILE_LIVE
    lines = [t(words, until=until), state.advice]
    if state.answer:
        lines.append(t("The mail server said: {answer}", answer=plain(state.answer)))
    return "  \n".join(line for line in lines if line)


def _arrival(event: Event, mail: Mail) -> str:
    if event.account is None:
        return t("It is in the rehearsal mailbox.")
    sentence = N_("The mail server accepted it for {address}. Look into that inbox.")
    return t(sentence, address=plain(mail.address))


def _show_refusal(event: Event, mail: Mail) -> None:
    host = event.account.host if event.account else ""
    advice = explain_answer(mail.code, mail.answer, host, language())
    st.error(advice or t("The mail could not be sent."), icon=":material/error:")
    if mail.verdict is Verdict.NONE:
        # Not a server's answer, but ours: the certificate cannot be drawn.
        st.caption(plain(mail.answer))
    elif not is_own(mail.answer):
        said = f"{mail.code or ''} {mail.answer}".strip()
        st.caption(t("The mail server said: {answer}", answer=plain(said)))
