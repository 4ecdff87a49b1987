"""Sending: the count confirmed, then watched; what failed is retried from here."""

from dataclasses import dataclass

import streamlit as st
from sqlalchemy.orm import Session

from console import desk
from console.bars import show_bars
from console.desk import t, tn
from shared import sending
from shared.language import N_
from shared.mail.accounts import AccountState, account_state
from shared.mail.verdicts import explain_answer
from shared.models import Event, Mail, MailKind, MailState
from shared.progress import EventProgress, Failure, event_progress, failures

KIND_NAMES = {
    MailKind.INVITATION: N_("Invitation"),
    MailKind.REMINDER: N_("Reminder"),
    MailKind.CERTIFICATE: N_("Certificate"),
    MailKind.TEST: N_("Test mail"),
}
# What is said when mails are not leaving, and how it looks.
STATE_WORDS = {
    "stopped": N_("Sending is stopped. Nothing is lost; press “Go on” when you are ready."),
    "paused": N_("The mail server asked us to wait. Sending goes on by itself at {until}."),
    "spent": N_("The account's limit is reached. Sending goes on by itself at {until}."),
    "needs_fixing": N_("Sending waits for you: the mail account needs attention."),
}


def show() -> None:
    st.title(t("Sending"))
    with desk.reading() as (session, event):
        waiting = sending.count_waiting(session, event)
        progress = event_progress(session, event)
        failed = failures(session, event)
    _invite(event, waiting, progress)
    seen = _what_needs_the_screen(progress)
    st.fragment(_watch, run_every=1 if seen.is_busy else 5)(seen)
    if failed:
        _show_failures(event, failed)


def _invite(event: Event, waiting: int, progress: EventProgress) -> None:
    if event.design is None:
        st.warning(t("First upload the certificate: volunteers see it when they open the link."))
        st.page_link(desk.page("certificate"), label=t("To the certificate"))
        return
    if not waiting:
        st.info(
            t("Everybody on the list is invited.") if progress.total
            else t("The list is empty: add recipients first.")
        )  # fmt: skip
        return
    with st.container(border=True):
        st.subheader(t("Invitations"))
        st.markdown(_summary(event))
        sure = st.checkbox(
            tn(
                "Yes, send the personal link to {count} person",
                "Yes, send their personal links to {count} people",
                waiting,
            ),
            key=f"sure_{event.id}_{waiting}",
        )
        label = tn("Send {count} invitation", "Send {count} invitations", waiting)
        if st.button(label, type="primary", disabled=not sure, icon=":material/send:"):
            with desk.changing(t("The invitations are on their way.")) as (session, locked):
                sending.queue_invitations(session, desk.installation().seal, locked)


def _summary(event: Event) -> str:
    if event.account is None:
        return t(
            "This event is in rehearsal: nobody gets a mail, all of them go to the mailbox here."
        )
    return t(
        "They are sent from {sender} through {server}.",
        sender=desk.plain(event.account.from_address),
        server=event.account.host,
    )


@dataclass(frozen=True)
class Seen:
    """What the rest of the screen was drawn from: it is redrawn when this changes."""

    is_busy: bool
    not_arrived: int


def _what_needs_the_screen(progress: EventProgress) -> Seen:
    return Seen(
        is_busy=progress.invitations_to_go + progress.certificates_to_go > 0,
        not_arrived=progress.count(MailState.FAILED) + progress.count(MailState.UNSURE),
    )


def _watch(seen: Seen) -> None:
    """How far it is, at this moment."""
    with desk.reading() as (session, event):
        progress = event_progress(session, event)
        state = account_state(session, event)
    if _what_needs_the_screen(progress) != seen:
        st.rerun()
    if not progress.total:
        return
    st.subheader(t("How far it is"))
    _show_state(event, state)
    show_bars(progress)
    columns = st.columns(4)
    for column, (label, count) in zip(columns, _to_go(progress), strict=True):
        column.metric(label, f"{count:,}", border=True)
    _pause_or_resume(event, state)


def _to_go(progress: EventProgress) -> list[tuple[str, int]]:
    return [
        (t("Invitations to go"), progress.invitations_to_go),
        (t("Certificates to go"), progress.certificates_to_go),
        (t("Failed"), progress.count(MailState.FAILED)),
        (t("Outcome unknown"), progress.count(MailState.UNSURE)),
    ]


def _show_state(event: Event, state: AccountState) -> None:
    if state.word not in STATE_WORDS:
        return
    until = desk.written_moment(state.until, event) if state.until else ""
    st.warning(
        " ".join([t(STATE_WORDS[state.word], until=until), state.advice]),
        icon=":material/pause_circle:",
    )
    if state.answer:
        st.caption(t("The mail server said: {answer}", answer=desk.plain(state.answer)))


def _pause_or_resume(event: Event, state: AccountState) -> None:
    if state.word in ("stopped", "needs_fixing", "paused"):
        if st.button(t("Go on"), type="primary", icon=":material/play_arrow:"):
            with desk.changing(t("Sending goes on.")) as (_, locked):
                sending.resume(locked)
    elif st.button(t("Stop sending"), icon=":material/pause:"):
        with desk.changing(t("Sending is stopped.")) as (_, locked):
            sending.pause(locked)


# What did not leave


def _show_failures(event: Event, failed: list[Failure]) -> None:
    st.subheader(t("What did not arrive"))
    st.caption(t("Choose lines to act on them, or retry all."))
    table = st.dataframe(
        [_failure_row(event, one) for one in failed],
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        # When a mail joins or leaves, the lines chosen before are others.
        key=f"failures_{hash(tuple(failed))}",
        alt=t("What did not arrive"),
    )
    chosen = [failed[row] for row in table.selection.rows if row < len(failed)]
    with st.container(horizontal=True):
        _retry_buttons(failed, chosen)
        _unsure_buttons([one for one in chosen or failed if one.state is MailState.UNSURE])


def _failure_row(event: Event, failure: Failure) -> dict[str, object]:
    host = event.account.host if event.account else ""
    is_unsure = failure.state is MailState.UNSURE
    return {
        t("Address"): failure.email,
        t("Mail"): t(KIND_NAMES[failure.kind]),
        t("Outcome"): t("Outcome unknown") if is_unsure else t("Failed"),
        t("What the mail server said"): f"{failure.code or ''} {failure.answer}".strip(),
        t("What to do"): explain_answer(failure.code, failure.answer, host, desk.language()),
    }


def _retry_buttons(failed: list[Failure], chosen: list[Failure]) -> None:
    retryable = [one for one in failed if one.state is MailState.FAILED]
    if retryable and st.button(
        tn("Retry {count} failed mail", "Retry all {count} failed mails", len(retryable)),
        type="primary", icon=":material/replay:",
    ):  # fmt: skip
        _retry(None)
    ids = [one.volunteer_id for one in chosen if one.volunteer_id and one in retryable]
    if ids and st.button(tn("Retry the chosen one", "Retry the {count} chosen", len(ids))):
        _retry(ids)


def _retry(volunteer_ids: list[int] | None) -> None:
    with desk.changing(t("They are sent again.")) as (session, event):
        sending.retry_failed(session, event.id, volunteer_ids)


def _unsure_buttons(unsure: list[Failure]) -> None:
    if not unsure:
        return
    if st.button(tn("It arrived", "They arrived ({count})", len(unsure))):
        with desk.changing(t("Marked as sent.")) as (session, event):
            for mail in _mails(session, event, unsure):
                sending.mark_unsure_as_sent(session, mail)
    if st.button(tn("Send it again", "Send them again ({count})", len(unsure))):
        with desk.changing(t("They are sent again.")) as (session, event):
            for mail in _mails(session, event, unsure):
                sending.send_unsure_again(session, mail)


def _mails(session: Session, event: Event, chosen: list[Failure]) -> list[Mail]:
    mails = [session.get_one(Mail, one.mail_id) for one in chosen]
    return [mail for mail in mails if mail.event_id == event.id]
