"""Checks of the account: the mail server's answer to the last one, and a test mail to oneself."""

from collections.abc import Callable
from datetime import datetime, timedelta

import streamlit as st
from sqlalchemy.orm import Session

from console.jobs import acts_button
from console.session import Viewer, installation, reading
from console.session_key import SessionKey
from console.text import language, plain, t, written_time
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_info, show_warning
from shared import features
from shared.access.roles import Permission
from shared.acts import go_live
from shared.events.groups import with_id
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.kinds.registry import texts
from shared.mail.queue import enqueue, standing
from shared.mail.queue.clock import running_workers
from shared.mail.transport.transports import explain_answer
from shared.mail.transport.verdicts import is_own
from shared.storage.models import Event, Mail, MailState, Verdict, now

SHOWN_AS = {Level.GREEN: st.success, Level.AMBER: st.warning, Level.RED: st.error}
# The answer to the last check, and since when the event was live then: it counts until that
# changes.
_CHECKED = SessionKey[tuple[Finding, datetime | None]]("account.checked")
_EVERYBODY = 0
_MAIL = SessionKey[int]("account.test_mail")
_ADDRESS = SessionKey[str]("account.test_mail.address")
_SHOWN = SessionKey[str]("account.test_mail.kind")
_GROUP = SessionKey[int]("account.test_mail.group")
# After this time, something keeps the mail from leaving.
TEST_PATIENCE = timedelta(seconds=20)

# Sentences for when the account takes no mail.
HELD_WORDS = {
    "paused": N_(
        "The mail server asked us to wait. The test mail is sent automatically at {until}."
    ),
    "spent": N_("The account's limit is reached. The test mail is sent automatically at {until}."),
    "needs_fixing": N_("The account needs your attention. Then press “Check and save”."),
    "between_two": N_("The account pauses between mails. The next one is sent at {until}."),
}
_WAITS_WHILE_LIVE = N_("Sending needs your attention. Then press “Continue” on “Send”.")
_NOT_LIVE = N_(
    "Not live yet. Mails stay in the mailbox here until the mail server accepts this "
    "account. Press “Check and save” or send a test mail."
)


def checking(who: Viewer, event: Event) -> Callable[[], str]:
    """Return what checks an account for `who` once it is stored; it asks the server, for some
    seconds, and returns a sentence about the result."""
    event_id, was_live = event.id, event.live_at is not None

    def check() -> str:
        served, by = installation(), who.actor(event_id, Permission.CHANGE_ACCOUNT)
        found = go_live.check_and_go_live(served, event_id, by)
        for try_feature in features.shown("account.check"):
            try_feature(event_id, by)
        with served.database.reading() as session:
            live_at = session.get_one(Event, event_id).live_at
        _CHECKED.of(event_id).set((found, live_at))
        if live_at and not was_live:
            return t("Saved and checked. The event is live.")
        return t("Saved.")

    return check


def show_state(event: Event) -> None:
    """Show the event's state, above its account."""
    if event.account is None:
        show_info("No account yet. The event is in rehearsal, and mails stay in the mailbox here.")
        return
    if event.live_at:
        st.success(
            t(
                "Live: mails are sent from {sender} through {server}.",
                sender=plain(event.from_address or event.account.username),
                server=event.account.host,
            ),
            icon=":material/rocket_launch:",
        )
    else:
        show_warning(_NOT_LIVE, icon="inbox")


def show_server_trouble(event: Event) -> None:
    """Show why the last check did not reach the server, if it did not."""
    found = _found(event)
    if found and _is_about_server(event, found):
        st.warning(plain(found.said(language())))


def _found(event: Event) -> Finding | None:
    """Return the answer to the last check, if it still counts."""
    found, live_at = _CHECKED.of(event.id).get((None, None))
    return found if live_at == event.live_at else None


def _is_about_server(event: Event, found: Finding) -> bool:
    """Return whether the server was not reached or asked for patience, so that the settings may be
    right."""
    return found.level is Level.AMBER and not event.live_at and not found.needs_mail


def show_check(event: Event) -> None:
    """Show the mail server's answer to the last check; if it was not reached, offer to go live."""
    if (found := _found(event)) is None:
        return
    if not _is_about_server(event, found):
        SHOWN_AS[found.level](plain(found.said(language())))
        return
    # A person may know better than one check whether the settings are right.
    sure = st.checkbox(
        t("The settings are right, but the server is down"), key=f"account.overrule.{event.id}"
    )
    acts_button(
        t("Go live anyway"), "account.go_live", go_live.begin_going_live,
        Permission.CHANGE_ACCOUNT, disabled=not sure,
    )  # fmt: skip


def show_trial_mail(event: Event) -> None:
    """Draw the form of a test mail, which takes the same way as all mails, and its outcome."""
    st.header(t("Test mail to myself"))
    shown = {kind.name: kind for kind in texts(event) if kind.sample}
    with st.form("test_mail_form"):
        st.text_input(t("My address"), key=_ADDRESS.name)
        st.radio(
            t("What it shows"), list(shown), format_func=lambda name: t(shown[name].sample),
            horizontal=True, key=_SHOWN.name,
        )  # fmt: skip
        with reading() as (_, current):
            # Streamlit reads None as nothing chosen.
            whom = {_EVERYBODY: t("Everybody")} | {group.id: group.name for group in current.groups}
        if len(whom) > 1:
            # Whose text and certificate it shows.
            st.selectbox(t("Used for"), list(whom), format_func=whom.__getitem__, key=_GROUP.name)

        def queue(
            session: Session, event: Event, address: str, name: str, group_id: int | None
        ) -> Callable[[], None]:
            group = with_id(event, group_id or None)
            queued = enqueue.queue_test_mail(session, event, shown[name], address, group).id
            return lambda: _MAIL.set(queued)

        act_button(
            t("Send the test mail"), "account.test_mail.send", queue, Permission.CHANGE_ACCOUNT,
            typed=(_ADDRESS, _SHOWN, _GROUP), icon="send", in_form=True,
        )  # fmt: skip
    if _MAIL.is_set():
        _outcome(event)


def last_test_mail(event: Event) -> Mail | None:
    """Return the last test mail that this tab asked for, as it is now."""
    with reading() as (session, _):
        mail = session.get(Mail, _MAIL.get(0))
        return mail if mail and mail.event_id == event.id else None


@st.fragment(run_every=1)
def _outcome(drawn: Event) -> None:
    """Show the outcome of the test mail, read every second."""
    with reading() as (session, event):
        mail = last_test_mail(event)
        if mail is None:
            return
        why = _why_it_waits(session, event, mail)
    if event.live_at != drawn.live_at:
        # The server accepted it, so the event is live, and the whole screen has to say so.
        st.rerun()
    if mail.state is MailState.SENT:
        arrived = N_("The mail server accepted it for {address}. Check that inbox.")
        st.success(
            t(arrived, address=plain(mail.address))
            if event.account
            else t("It is in the rehearsal mailbox."),
            icon=":material/mark_email_read:",
        )
    elif mail.state is MailState.CANCELLED:
        show_info("A newer test mail replaced it.")
    elif mail.state is MailState.FAILED or mail.verdict not in (Verdict.NONE, Verdict.SENT):
        host = event.account.host if event.account else ""
        advice = explain_answer(mail.code, mail.answer, host, language())
        st.error(advice or t("The mail could not be sent."), icon=":material/error:")
        if mail.verdict is Verdict.NONE:
            # Our own answer: the certificate cannot be drawn.
            st.caption(plain(mail.answer))
        elif not is_own(mail.answer):
            said = f"{mail.code or ''} {mail.answer}".strip()
            show_caption("The mail server said: {answer}", answer=plain(said))
    elif why:
        st.warning(why, icon=":material/pause_circle:")
    elif now() - mail.created_at > TEST_PATIENCE:
        show_warning("Not there yet. The mail server is slow.")
    else:
        show_info("Sending …", icon="hourglass_top")


def _why_it_waits(session: Session, event: Event, mail: Mail) -> str:
    """Return what holds a test mail back now; empty if nothing is known."""
    if not running_workers(session):
        return t("No worker is running, so no mail is sent. Start it with “certs up”.")
    why = standing.why(session, session.get_one(Mail, mail.id), language())
    if why is None or why.name not in HELD_WORDS:
        return ""
    words, until = HELD_WORDS[why.name], why.until
    if event.live_at and why.name == "needs_fixing":
        words = _WAITS_WHILE_LIVE
    lines = [t(words, until=written_time(until, event) if until else ""), why.cure]
    if why.said:
        lines.append(t("The mail server said: {answer}", answer=plain(why.said)))
    return "  \n".join(line for line in lines if line)
