"""The lists that were brought lately, each with what it did, and how it is undone."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from console.long_work import act_on_people
from console.session import installation, may, reading
from console.session_key import SessionKey
from console.text import sentences, t, tn, written_time
from console.widgets.actions import told_of_issued
from console.widgets.confirming import ask_whether_undone, undo_list
from shared.access.roles import Permission
from shared.acts.issue_anew import IssueAnew
from shared.acts.undo_list import Undone, count_undoable
from shared.certificates.issuing import chosen
from shared.storage.models import Event, ListImport
from shared.volunteers.people.list_changes import imports_of, with_overtaken_certificate

_MOST = 5
# What undoing each would do, once it was asked for.
_COUNTED = SessionKey[Undone]("volunteers.undo")


def show() -> None:
    """The newest one in sight, others behind it."""
    with reading() as (session, event):
        kept = imports_of(session, event, _MOST)
        count = chosen.count(session, with_overtaken_certificate(kept[0].id)) if kept else 0
    for one in kept[:1]:
        with st.container(border=True):
            _show(event, one)
            if count:
                _offer_issuing(event, one, count)
    if kept[1:]:
        with st.expander(t("Earlier lists"), icon=":material/history:"):
            for one in kept[1:]:
                _show(event, one)


def _show(event: Event, one: ListImport) -> None:
    told = t(
        "List of {time}: {added} added, {updated} updated.",
        time=written_time(one.at, event), added=f"{one.added:,}", updated=f"{one.updated:,}",
    )  # fmt: skip
    counted = _COUNTED.of(one.id)

    def count() -> None:
        with reading() as (session, event):
            counted.set(count_undoable(session, installation().seal, event, one.id))

    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(told, width="content")
        if may(Permission.CHANGE_LIST) and not counted.is_set():
            st.button(
                t("Undo this list"), key=f"{counted.name}.ask", icon=":material/undo:",
                type="tertiary", on_click=count,
            )  # fmt: skip
    found = counted.get()
    if not found:
        return
    words = []
    if found.removed:
        words.append(
            tn(
                "{count} person who came with it leaves the list.",
                "{count} people who came with it leave the list.",
                found.removed,
            )
        )
    if found.restored:
        words.append(
            tn(
                "{count} person gets back what stood there before.",
                "{count} people get back what stood there before.",
                found.restored,
            )
        )
    st.warning(sentences(*words, *_staying(found.staying)), icon=":material/undo:")
    with st.container(horizontal=True):
        is_wanted = ask_whether_undone(counted, "primary")
    if is_wanted:
        undo_list(event.id, one.id, lambda tally: _staying(tally.refused))


def _staying(count: int) -> Sequence[str]:
    if not count:
        return []
    return [
        tn(
            "{count} person was written to or changed since, and stays.",
            "{count} people were written to or changed since, and stay.",
            count,
        )
    ]


def _offer_issuing(event: Event, one: ListImport, count: int) -> None:
    """Certificates that would be others since this list."""
    st.info(
        tn(
            "{count} person has a certificate that would be another one now.",
            "{count} people have a certificate that would be another one now.",
            count,
        ),
        icon=":material/workspace_premium:",
    )
    if not may(Permission.SEND):
        return
    people = with_overtaken_certificate(one.id)
    with st.container(horizontal=True):
        mailed = tn("Issue {count} anew and mail it", "Issue {count} anew and mail them", count)
        alone = t("Issue {count} anew without a mail", count=count)
        mails = st.button(mailed, key=f"volunteers.issue.{one.id}.mailed", icon=":material/mail:")
        if (
            st.button(alone, key=f"volunteers.issue.{one.id}.alone", icon=":material/draw:")
            or mails
        ):
            act = partial(IssueAnew, people, installation().settings, mails, as_listed=True)
            act_on_people(act, event.id, Permission.SEND, t("Issuing"), told_of_issued)
