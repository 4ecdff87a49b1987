"""People who were invited and have not entered a name, and the reminder for all or some."""

from functools import partial

import streamlit as st

from console.long_work import act_on_people
from console.session import changing, reading
from console.session_key import SessionKey
from console.text import t, tn, written_time
from console.widgets.table import table_page
from shared.access.roles import Permission
from shared.acts.remind import Remind, Rules, Silent
from shared.acts.run import apply
from shared.addresses import readable_address
from shared.log import audit
from shared.mail.accounts.suppressions import count_left_out
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue import opt_outs
from shared.storage.models import Action, Event

_PAGE = SessionKey[int]("send.silent_page")

PAGE_SIZE = 50


def show_reminders() -> None:
    with st.expander(t("Remind those who have not entered their name"), icon=":material/alarm:"):
        left, right = st.columns(2)
        rules = Rules(
            at_most=left.number_input(t("Reminders for one person at most"), 1, 10, 1),
            days_apart=right.number_input(t("Days since the last mail at least"), 0, 60, 3),
        )
        with reading() as (session, event):
            count = Remind(rules).count(session, event)
        if count:
            chosen = _table(rules, count)
            with st.container(horizontal=True):
                label = tn("Remind {count} person", "Remind {count} people", count)
                if st.button(
                    label, icon=":material/notifications:", key=f"send.remind_all.{event.id}"
                ):
                    act_on_people(
                        partial(Remind, rules),
                        event.id,
                        Permission.SEND,
                        t("The reminders are being queued …"),
                        lambda _: t("The reminders are on their way."),
                    )
                if chosen and st.button(
                    tn("Remind the chosen one", "Remind the {count} chosen", len(chosen)),
                    icon=":material/checklist:",
                    key=f"send.remind_chosen.{event.id}",
                ):
                    done = t("The reminders are on their way.")
                    ids = [one.volunteer_id for one in chosen]
                    with changing(Permission.SEND, done) as (session, event):
                        count = apply(session, Remind(rules), event.id, ids).done
                        kind = [REMINDER.name]
                        audit.record(session, Action.QUEUED, event.id, count=count, fields=kind)
        else:
            st.caption(t("Nobody has to be reminded by these rules yet."))
        # Last: above the others they would look like people who are reminded.
        _show_ended()


def _show_ended() -> None:
    """People who unsubscribed."""
    with reading() as (session, event):
        count = count_left_out(session, event).opted_out
        people = opt_outs.opted_out_page(session, event, page_size=PAGE_SIZE) if count else []
    if not count:
        return
    st.caption(tn("{count} person unsubscribed.", "{count} people unsubscribed.", count))
    st.dataframe(
        [{t("Number"): one.number, t("Address"): readable_address(one.email)} for one in people],
        hide_index=True,
        alt=t("Who unsubscribed"),
    )


def _table(rules: Rules, count: int) -> list[Silent]:
    """People who would be reminded, page by page; returns the lines chosen on this page."""
    page, pages = table_page(_PAGE, count, PAGE_SIZE)
    with reading() as (session, event):
        silent = Remind(rules).page(session, event, page, PAGE_SIZE)
    table = st.dataframe(
        [_row(event, one) for one in silent],
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        # When somebody joins or leaves, line numbers chosen before mean other people.
        key=f"send.silent.{hash(tuple(silent))}",
        alt=t("Who has not entered a name"),
    )
    if pages > 1:
        st.pagination(pages, key=_PAGE.name)
    st.caption(t("Choose lines to remind only these people."))
    return [silent[row] for row in table.selection.rows if row < len(silent)]


def _row(event: Event, silent: Silent) -> dict[str, object]:
    last = silent.last_mail_at
    return {
        t("Number"): silent.number,
        t("Address"): readable_address(silent.email),
        t("Full name"): silent.name,
        t("Last mail"): written_time(last, event) if last else "",
        t("Reminders"): silent.reminders,
    }
