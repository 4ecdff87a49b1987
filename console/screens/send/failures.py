"""Mails that did not arrive, with the servers' answers and what can be done about them."""

from collections import Counter
from collections.abc import Callable

import streamlit as st
from sqlalchemy.orm import Session

from console.jobs import acts_button
from console.session import may, reading
from console.session_key import SessionKey
from console.text import language, plain, t, tn
from console.widgets.address import ask_for_address
from console.widgets.pressed import ButtonAct, act_button
from console.widgets.spoken import show_caption, show_caption_count
from console.widgets.table import table_page, ticked
from shared.access.roles import Permission
from shared.acts.retry import Retry
from shared.addresses import readable_address
from shared.log import audit
from shared.mail.kinds.registry import kind_of
from shared.mail.queue import failed_mails
from shared.mail.transport.answers import without_addresses
from shared.mail.transport.transports import explain_answer
from shared.storage.models import Action, Event, Mail, MailState
from shared.volunteers.people.listing import Selection
from shared.volunteers.people.progress import (
    EventProgress,
    Failure,
    count_failures,
    failures,
    unsure_mails,
)

_PAGE = SessionKey[int]("send.failed_page")
_ADDRESS = SessionKey[str]("send.address")

PAGE_SIZE = 50
_MOST_REASONS = 5


def show_failures(progress: EventProgress) -> None:
    """Show the table, and buttons for the chosen rows or for all, with their numbers; nothing if
    all arrived."""
    count = progress.not_arrived
    if not count:
        return
    st.header(tn("{count} undelivered mail", "{count} undelivered mails", count))
    show_caption("Tick rows to act on them, tick one to correct its address, or retry all.")
    search = ""
    if count > PAGE_SIZE:
        example = t("Address, name, number or server answer")
        search = st.text_input(
            t("Search"), placeholder=example, key="send.failed_search", type="search"
        )
    chosen = _table(search)
    with reading() as (session, event):
        retryable = failed_mails.count_failed(session, event.id)
        refused = failed_mails.count_refused(session, event.id)
    if refused:
        show_caption("A refused address is refused again. Correct it first.")
    failed = {
        mail.volunteer_id: mail
        for mail in chosen
        if mail.state is MailState.FAILED and mail.volunteer_id
    }
    if len(failed) == 1 and may(Permission.CHANGE_LIST):
        [(person_id, mail)] = failed.items()
        ask_for_address(_ADDRESS.of(mail.mail_id), person_id, mail.email)
    with st.container(horizontal=True, vertical_alignment="center"):
        # This button is about all pages. Refused addresses are refused again.
        if retryable:
            acts_button(
                tn("Retry {count} failed mail", "Retry {count} failed mails", retryable),
                f"send.retry_all.{event.id}", Retry(), Permission.SEND,
                type="primary" if retryable > refused else "secondary", icon="replay",
            )  # fmt: skip
        of_chosen = Retry(Selection(ids=tuple(sorted(failed))))
        with reading() as (session, here):
            count = of_chosen.count(session, here) if failed else 0
        if count:
            acts_button(
                tn("Retry the chosen one", "Retry the {count} chosen", count),
                f"send.retry_chosen.{event.id}", of_chosen, Permission.SEND,
            )  # fmt: skip
        _unsure_buttons(event.id, progress.count(MailState.UNSURE), chosen)


def _table(search: str) -> list[Failure]:
    """Show what did not arrive, page by page; return the rows that are chosen, on this page or
    all."""
    with reading() as (session, event):
        count = count_failures(session, event, search=search)
        page, pages = table_page(_PAGE, count, PAGE_SIZE)
        failed = failures(session, event, search=search, page=page, page_size=PAGE_SIZE)
    if search:
        show_caption_count("{count} mail", "{count} mails", count)
    host = event.live_account.host if event.live_account else ""
    said, to_do = t("Mail server's answer"), t("What to do")
    rows = [
        {
            t("Address"): readable_address(mail.email),
            t("Mail"): t(kind_of(mail.kind).title),
            t("Outcome"): (t("Outcome unknown") if mail.state is MailState.UNSURE else t("Failed")),
            said: f"{mail.code or ''} {mail.answer}".strip(),
            to_do: explain_answer(mail.code, mail.answer, host, language()),
        }
        for mail in failed
    ]
    wide = {to_do: st.column_config.TextColumn(width="large")}
    chosen = ticked("send.failures", failed, rows, t("Undelivered mail"), column_config=wide)
    if pages > 1:
        st.pagination(pages, key=_PAGE.name)
    # Cells cut the reasons, and phones cannot hover. Reasons are the same without the addresses
    # that servers repeat in them.
    reasons = Counter((without_addresses(row[said]), row[to_do]) for row in rows)
    for (answer, advice), count in reasons.most_common(_MOST_REASONS):
        concerned = f"**{tn('{count} mail', '{count} mails', count)}**"
        line = " · ".join(part for part in (concerned, plain(advice)) if part)
        st.markdown(f"{line}  \n:gray[{plain(answer)}]")
    if count > len(failed) and st.checkbox(
        tn("Select the only one of this filter", "Select all {count} of this filter", count),
        # Another number has to be chosen again.
        key=f"send.failed_all.{count}",
    ):
        with reading() as (session, event):
            return failures(session, event, search=search, page_size=count)
    return chosen


def _unsure_buttons(event_id: int, count: int, chosen: list[Failure]) -> None:
    """Draw the buttons for chosen mails with an unknown outcome; for all `count` of them only after
    a tick."""
    unsure = [mail for mail in chosen if mail.state is MailState.UNSURE]
    if not count:
        return
    # The tick makes it deliberate to mark mails as sent that nobody looked at.
    sure = bool(unsure) or st.checkbox(
        tn(
            "Yes, for the 1 unknown",
            "Yes, for all {count} unknown",
            count,
        ),
        # Another number has to be confirmed again.
        key=f"send.sure_of_all.{count}",
    )
    number = len(unsure) or count
    # The key keeps a press meant for the chosen ones from applying to all.
    whom = f"{'chosen' if unsure else 'all'}.{event_id}"
    ids = frozenset(mail.mail_id for mail in unsure)

    def deciding(action: Action, decide: Callable[[Session, Mail], object]) -> ButtonAct:
        """Return an act that decides about the mails with these ids; without ids, about all."""

        def act(session: Session, event: Event) -> None:
            decided = [mail for mail in unsure_mails(session, event) if not ids or mail.id in ids]
            audit.record(session, action, event.id, count=len(decided))
            for mail in decided:
                decide(session, mail)

        return act

    for key, label, decide, done in (
        (
            "arrived", tn("Mark as arrived", "Mark {count} as arrived", number),
            deciding(Action.MARKED_AS_SENT, failed_mails.mark_unsure_as_sent),
            t("Marked as arrived."),
        ),
        (
            "send_again", tn("Send it again", "Send {count} again", number),
            deciding(Action.RETRIED, failed_mails.send_unsure_again),
            t("They are sent again."),
        ),
    ):  # fmt: skip
        act_button(label, f"send.{key}.{whom}", decide, Permission.SEND, done, disabled=not sure)
