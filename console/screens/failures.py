"""The mails that did not arrive, with the servers' words, and what can be done about them."""

import streamlit as st
from sqlalchemy.orm import Session

from console import desk
from console.desk import t, tn
from shared import sending
from shared.language import N_
from shared.mail.verdicts import explain_answer
from shared.models import Event, Mail, MailKind, MailState
from shared.progress import Failure

KIND_NAMES = {
    MailKind.INVITATION: N_("Invitation"),
    MailKind.REMINDER: N_("Reminder"),
    MailKind.CERTIFICATE: N_("Certificate"),
    MailKind.TEST: N_("Test mail"),
}


def show_failures(event: Event, failed: list[Failure]) -> None:
    """The table, and the buttons for all of it or for the chosen lines."""
    st.header(t("What did not arrive"))
    st.caption(t("Choose lines to act on them, or retry all."))
    table = st.dataframe(
        [_failure_row(event, one) for one in failed],
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        # When a mail joins or leaves, the lines chosen before are others.
        key=f"failures_{hash(tuple(failed))}",
        column_config={t("What to do"): st.column_config.TextColumn(width="large")},
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
