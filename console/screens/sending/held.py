"""After a restore: what became of the mails that wait, said by a person before any leaves."""

import streamlit as st

from console.long_work import long_work
from console.session import actor, installation, say
from console.text import t, tn
from shared.access.roles import Permission
from shared.acts.decide import Answer, decide
from shared.language import N_
from shared.storage.models import Event

_ANSWERS = {
    Answer.ASK_FOR_EACH: N_("Ask me about each: they are listed as failures, with two buttons"),
    Answer.THEY_LEFT: N_("They left: count them as sent"),
    Answer.SEND_AGAIN: N_("Send them: whoever has one already gets a second copy"),
}


def ask_what_left(event: Event, waiting: int) -> None:
    """For an event whose mails are held; `waiting` of them may have left before the restore."""
    st.header(t("After the restore"))
    st.markdown(
        tn(
            "The database is older than what was sent, or was moved. {count} mail waits, which "
            "may have left already.",
            "The database is older than what was sent, or was moved. {count} mails wait, which "
            "may have left already.",
            waiting,
        )
    )
    answer = st.radio(
        t("What happened to them?"),
        list(Answer),
        index=None,
        format_func=lambda one: t(_ANSWERS[one]),
        key=f"sending.held.{event.id}",
    )
    log = ""
    if answer is Answer.THEY_LEFT:
        log = st.text_area(
            t("Which of them left, if you can tell"),
            help=t(
                "Paste the log of the mail server, or the sources of the mails in the sent folder. "
                "Only mails whose Message-ID stands there count as sent; the others leave. Leave "
                "it empty if all of them left."
            ),
            key=f"sending.held_log.{event.id}",
        )
    if (
        st.button(
            t("That is so"),
            type="primary",
            disabled=answer is None,
            key=f"sending.held_decided.{event.id}",
        )
        and answer
    ):
        with long_work(Permission.SEND, t("The mails are being looked through …")) as told:
            decide(installation(), event.id, answer, log, by=actor(), progress=told)
            say(t("Mails leave again."))
