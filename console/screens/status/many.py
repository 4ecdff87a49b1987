"""A window in which the certificates of many are issued anew, withdrawn, or given back."""

import streamlit as st
from sqlalchemy import Select

from console.long_work import long_work
from console.screens.status.scope import WINDOW, Scope, choose_scope, close_window
from console.session import actor, installation, may, reading, say
from console.text import sentences, t, tn
from console.windows import show_window
from shared.access.roles import Permission
from shared.acts.issue_anew import IssueAnew
from shared.acts.run import run
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates import chosen


def show_button() -> None:
    if not may(Permission.SEND):
        return
    if st.button(t("Issue anew or withdraw"), icon=":material/draw:", key="status.many"):
        WINDOW.set("many")
    if WINDOW.get() == "many":
        show_window(t("Issue anew or withdraw"), _show, close_window, width="medium")


def _show() -> None:
    scope = choose_scope("many")
    acts = {
        t("Issue anew in the newest design"): _offer_newest_design,
        t("Issue anew where a mark tears the name apart, as in O’ Brien"): _offer_torn_names,
    }
    if may(Permission.WITHDRAW):
        acts |= {t("Withdraw"): _offer_withdrawal, t("Undo withdrawals"): _offer_undoing}
    wanted = st.radio(t("What is to be done"), list(acts), key="status.many.act")
    acts[wanted](scope)


def _offer_newest_design(scope: Scope) -> None:
    with reading() as (session, event):
        people = chosen.in_another_design(event, scope.people(session, event))
        count = chosen.count(session, people)
        event_id, is_known = event.id, event.grouped_until is None
    if not is_known:
        st.info(
            t(
                "It is still being looked up who is in which group, and so whose certificate is "
                "not in the newest design."
            )
        )
        return
    if not count:
        st.info(t("All of their certificates are in the newest design."))
        return
    _ask_whether_mailed(event_id, people, count)


def _offer_torn_names(scope: Scope) -> None:
    with reading() as (session, event):
        people = chosen.with_torn_name(event, scope.people(session, event))
        count, event_id = chosen.count(session, people), event.id
    if not count:
        st.info(t("No mark tears a name apart on any of their certificates."))
        return
    _ask_whether_mailed(event_id, people, count)


def _ask_whether_mailed(event_id: int, people: Select[int], count: int) -> None:
    st.caption(
        t("Names, numbers and dates stay. The earlier certificates no longer count, and say so.")
    )
    mailed = st.toggle(t("Mail them, too"), value=True, key="status.many.mailed")
    if not mailed:
        st.caption(t("People who still wait for the mail get the new certificate with it."))
    label = tn("Yes, issue {count} certificate anew", "Yes, issue {count} certificates anew", count)
    if st.button(label, type="primary", key="status.many.reissue"):
        _issue(event_id, people, mailed)


def _issue(event_id: int, people: Select[int], mailed: bool) -> None:
    with long_work(Permission.SEND, t("Issuing")) as tell:
        act = IssueAnew(installation().settings, people, mailed)
        done = run(installation().database, act, event_id, by=actor(), progress=tell)
        told = [
            tn("{count} certificate was issued.", "{count} certificates were issued.", done.done)
        ]
        if done.refused:
            told.append(
                tn(
                    "{count} name does not fit the new design and is marked: the old one stays.",
                    "{count} names do not fit the new design and are marked: the old ones stay.",
                    done.refused,
                )
            )
        _over(sentences(*told))


def _over(told: str) -> None:
    """Report what was done, and close the window, unless its reader has gone on meanwhile."""
    say(told)
    close_window()


def _offer_withdrawal(scope: Scope) -> None:
    with reading() as (session, event):
        people = chosen.with_certificate(event, scope.people(session, event))
        count = chosen.count(session, people)
        event_id = event.id
    if not count:
        st.info(t("Nobody among them has a certificate yet."))
        return
    reason = st.text_input(t("Reason, which they read"), max_chars=500, key="status.many.reason")
    label = tn("Yes, withdraw {count} certificate", "Yes, withdraw {count} certificates", count)
    if st.button(label, type="primary", key="status.many.withdraw"):
        with long_work(Permission.WITHDRAW, t("Withdrawing")) as tell:
            act = Withdraw(people, reason)
            done = run(installation().database, act, event_id, by=actor(), progress=tell).done
            _over(
                tn(
                    "{count} certificate was withdrawn.",
                    "{count} certificates were withdrawn.",
                    done,
                )
            )


def _offer_undoing(scope: Scope) -> None:
    with reading() as (session, event):
        people = chosen.with_withdrawn(event, scope.people(session, event))
        count = chosen.count(session, people)
        event_id = event.id
    if not count:
        st.info(t("None of their certificates is withdrawn."))
        return
    label = tn(
        "Yes, {count} certificate counts again", "Yes, {count} certificates count again", count
    )
    if st.button(label, type="primary", key="status.many.undo"):
        with long_work(Permission.WITHDRAW, t("Undoing")) as tell:
            act = UndoWithdrawal(people)
            done = run(installation().database, act, event_id, by=actor(), progress=tell).done
            told = tn(
                "{count} certificate counts again.", "{count} certificates count again.", done
            )
            _over(told)
