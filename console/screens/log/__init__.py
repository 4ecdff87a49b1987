"""The log of who did what on the event: searched, filtered, page by page, and as a file."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time
from ipaddress import ip_address
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from console.downloads import DownloadRequest
from console.foot import foot_to_overview
from console.session import installation, may, reading
from console.session_key import SessionKey
from console.text import ROLE_NAMES, t, tn, written_time
from console.widgets.actions import ACTION_NAMES, action_name, actor_name, field_names
from console.widgets.spoken import show_caption, show_info
from console.widgets.table import link_to_file, show_asked
from shared.access.roles import Permission, Role
from shared.events.naming import end_of_day
from shared.log import audit_log
from shared.log.actor import Actor, network_of
from shared.log.audit_log import PAGE_SIZE, EntryFilter, Place
from shared.storage.models import AccessKey, AuditEntry, Event, Volunteer
from shared.volunteers.people.search import find

# The ends of the pages before the shown one.
_PLACES = SessionKey[list[Place]]("log.places")
_PLACE = "log"
Row = dict[str, object]
# The entries of so many people are found; to find one person, more of the name is typed.
_MOST_PEOPLE = 100


def show() -> None:
    st.title(t("Log"))
    show_caption(
        "Who changed, downloaded or viewed what. Volunteers appear by number. "
        "Nobody can change an entry."
    )
    with reading() as (session, event):
        wanted = chosen(session, event)
        # Each choice of filters has pages of its own, and begins with the newest.
        choice = {**vars(wanted), "event": wanted.event and wanted.event.id}
        places = _PLACES.of(hash(str(choice)))
        passed = places.get([])
        found = audit_log.page(session, wanted, passed[-1] if passed else None, PAGE_SIZE + 1)
        shown = rows(session, event, found[:PAGE_SIZE])
    if not shown:
        show_info("No entries match.")
    else:
        with st.container(key="log.entries"):
            st.table(shown, hide_index=True, border="horizontal", alt=t("Log"))
    # Pages begin at places, so that a long log costs no more than a short one.
    has_older = len(found) > PAGE_SIZE
    if passed or has_older:
        with st.container(horizontal=True):
            if st.button(t("Newer"), icon=":material/arrow_back:", disabled=not passed):
                places.set(passed[:-1])
                st.rerun()
            if st.button(t("Older"), icon=":material/arrow_forward:", disabled=not has_older):
                places.set([*passed, audit_log.place_of(found[PAGE_SIZE - 1])])
                st.rerun()
    # The file has what the filters select.
    order = DownloadRequest("log.csv", wanted.event.id if wanted.event else None, wanted)
    link_to_file(_PLACE, t("Download as {format}", format="CSV"), order, choice)
    show_asked(_PLACE)
    days = installation().settings.audit_days
    kept = tn("Entries are kept for {count} day.", "Entries are kept for {count} days.", days)
    foot_to_overview(kept if days else t("Entries are kept permanently."))


def rows(session: Session, event: Event, entries: Sequence[AuditEntry]) -> list[Row]:
    """Return a row for each entry; people and keys are looked up once for all."""
    key_ids = {entry.key_id for entry in entries if entry.key_id is not None}
    named = select(AccessKey.id, AccessKey.name).where(AccessKey.id.in_(key_ids))
    keys = {key_id: name for key_id, name in session.execute(named)}
    ids = {entry.volunteer_id for entry in entries if entry.volunteer_id is not None}
    of_people = select(Volunteer.id, Volunteer.number, Volunteer.created_at)
    known = {row.id: row for row in session.execute(of_people.where(Volunteer.id.in_(ids)))}
    # By the entry's id, since a person who was added later may have the id of a removed one.
    numbers = {
        entry.id: known[entry.volunteer_id].number
        for entry in entries
        if entry.volunteer_id in known and known[entry.volunteer_id].created_at <= entry.at
    }
    lines: list[Row] = []
    for entry in entries:
        # The person or key that it is about, or how many.
        about = "" if entry.count is None else str(entry.count)
        if entry.volunteer_id is not None:
            about = numbers.get(entry.id) or t("No longer on the list")
        elif entry.key_id is not None:
            about = keys.get(entry.key_id, "")
        lines.append(
            {
                t("Time"): written_time(entry.at, event),
                t("Who"): actor_name(entry),
                t("Role"): t(ROLE_NAMES[entry.by_role]) if entry.by_role else "",
                t("Action"): action_name(entry.action),
                t("About"): about,
                t("Details"): field_names(entry),
                t("Network"): entry.network,
            }
        )
    return lines


def chosen(session: Session, event: Event) -> EntryFilter:
    """Draw the fields of the filter, and return it."""
    # The owner may also choose the entries about no event.
    of_event: Event | None = event
    if may(Permission.MANAGE_EVENTS) and st.toggle(t("Not about an event"), key="log.installation"):
        of_event = None
    left, middle, right = st.columns(3)
    search = left.text_input(
        t("Search"),
        placeholder=t("Number, address, name or network"),
        key="log.search",
        type="search",
    ).strip()
    without_key = {
        Actor(None, Role.ORGANIZER): t("The event's token"),
        Actor(None, Role.OWNER): t("Owner"),
    }
    # Keys of removed colleagues are included. Streamlit distinguishes choices by their labels
    # alone, so equal names come with a hint of their keys.
    joined = select(AccessKey).where(AccessKey.event_id == event.id).order_by(AccessKey.id)
    keys = session.scalars(joined).all()
    times = Counter([*(key.name for key in keys), *without_key.values()])
    known = {
        Actor(key.id, key.role): key.name if times[key.name] == 1 else f"{key.name} · {key.hint}"
        for key in keys
    } | without_key
    who = middle.selectbox(
        t("Who"),
        list(known),
        index=None,
        format_func=known.__getitem__,
        placeholder=t("Everybody"),
        key=f"log.who.{event.id}",
    )
    action = right.selectbox(
        t("Action"),
        list(ACTION_NAMES),
        index=None,
        format_func=action_name,
        placeholder=t("Everything"),
        key="log.action",
    )
    # From the start of the first day to the end of the last, in the event's time zone.
    left, right = st.columns(2)
    first = left.date_input(t("From"), None, format="YYYY-MM-DD", key="log.from")
    last = right.date_input(t("Until"), None, format="YYYY-MM-DD", key="log.until")
    try:
        network = network_of(str(ip_address(search)))
    except ValueError:
        network = ""
    return EntryFilter(
        event=of_event,
        who=who,
        action=action,
        since=datetime.combine(first, time(), ZoneInfo(event.time_zone)) if first else None,
        until=end_of_day(event, last) if last else None,
        network=network,
        volunteer_ids=(
            find(session, event, search)[:_MOST_PEOPLE] if search and not network else None
        ),
    )
