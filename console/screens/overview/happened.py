"""What happened lately in an event, with *Undo* where an act can be undone."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import streamlit as st
from sqlalchemy.orm import Session

from console.navigation import is_open, page
from console.session import EVENT_ID, change_design, changing, installation, may, reading
from console.session_key import SessionKey
from console.text import plain, t, written_time
from console.widgets.actions import action_name, actor_name, field_names
from console.widgets.confirming import ask_whether_undone, undo_list
from shared.access.roles import Permission
from shared.acts.undo_list import Undone, count_undoable
from shared.certificates.designs import designs
from shared.certificates.designs.changes import BringBack
from shared.log.audit_log import Wanted
from shared.log.audit_log import page as newest
from shared.mail.queue import hold
from shared.storage.models import Action, AuditEntry, Event, ListImport, Sending
from shared.volunteers.people.list_changes import imports_of

_MOST = 8
_MOST_LISTS = 20
# A list and its entry in the log are stored together, in no certain order.
_AT_ONCE = timedelta(seconds=1)
# What undoing a list would do, once it was asked for.
_COUNTED = SessionKey[Undone]("overview.undo")
_OF_LISTS = (Action.LIST_ADDED, Action.LIST_UPDATED)


def show() -> None:
    """For readers who may see the log."""
    with reading() as (session, event):
        entries = newest(session, Wanted(event=event), size=_MOST)
        ways = _ways_back(session, event, entries)
    if not entries:
        return
    st.header(t("What happened"))
    with st.container(border=True, key="overview.happened", gap="small"):
        for entry in entries:
            with st.container(
                horizontal=True, wrap=False, vertical_alignment="center", gap="small"
            ):
                st.caption(written_time(entry.at, event), width="content")
                count = "" if entry.count is None else f"{entry.count:,}"
                told = (actor_name(entry), action_name(entry.action), count, field_names(entry))
                st.markdown(" · ".join(plain(part) for part in told if part), width="stretch")
                if offer := ways.get(entry.id):
                    offer()
    if is_open("log"):
        st.page_link(page("log"), label=t("All of it"), query_params={"event": str(event.id)})


def _ways_back(
    session: Session, event: Event, entries: Sequence[AuditEntry]
) -> dict[int, Callable[[], None]]:
    """By their ids, how to offer undoing those of the entries that can be undone now."""
    ways: dict[int, Callable[[], None]] = {}
    if may(Permission.CHANGE_LIST):
        # A list is in the log once for each turn in which it was stored: the newest offers it.
        lists = [entry for entry in entries if entry.action in _OF_LISTS]
        for one in imports_of(session, event, _MOST_LISTS):
            its_own = [entry for entry in lists if entry.at >= one.at - _AT_ONCE]
            if its_own:
                ways[its_own[0].id] = partial(_offer_list, event, one)
            lists = lists[len(its_own) :]
    stopped = next((entry for entry in entries if entry.action is Action.STOPPED), None)

    def offer_going_on() -> None:
        if _is_pressed(t("Sending stopped"), f"going_on.{event.id}"):
            with changing(Permission.SEND, t("Sending goes on.")) as (_, locked):
                hold.resume(locked)

    if stopped and event.sending is Sending.STOPPED and may(Permission.SEND):
        ways[stopped.id] = offer_going_on
    drawn = [entry for entry in entries if entry.action is Action.DESIGN_CHANGED]
    changed = next((entry for entry in drawn if "group" not in (entry.fields or ())), None)
    is_allowed = may(Permission.CHANGE_DESIGN)
    before = designs.way_back(session, event, event.design) if is_allowed else None
    version = event.design.version if event.design else 0

    def offer_design_before(its_version: int) -> None:
        # By its version: a press meant for another design is none.
        if _is_pressed(t("Certificate"), f"design.{EVENT_ID.get()}.{version}"):
            change_design(BringBack(its_version), t("The certificate is as it was before."))

    if changed and before and {"template", "layout"} & {*(changed.fields or ())}:
        ways[changed.id] = partial(offer_design_before, before.version)
    return ways


def _offer_list(event: Event, one: ListImport) -> None:
    counted = _COUNTED.of(one.id)
    if counted.is_set():
        if ask_whether_undone(counted, "secondary"):
            undo_list(event.id, one.id)
    elif _is_pressed(t("List added"), f"list.{one.id}"):
        with reading() as (session, _):
            counted.set(count_undoable(session, installation().seal, event, one.id))
        st.rerun()


def _is_pressed(whose: str, key: str) -> bool:
    """A button *Undo*; what it undoes, only screen readers have to be told."""
    said = t("Undo")
    return st.button(f"{said} :small[{whose}]", key=f"overview.undo.{key}", type="tertiary")
