"""Who did what on the event: searched, filtered, page by page, and as a file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from ipaddress import ip_address
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from console.downloads import Order
from console.foot import foot_to_overview
from console.session import installation, may, reading
from console.session_key import SessionKey
from console.text import ROLE_NAMES, t, tn, written_time
from console.widgets.actions import ACTION_NAMES, action_name, actor_name, field_names
from console.widgets.table import link_to_table, show_asked
from shared.access.roles import Permission, Role
from shared.log import audit_log
from shared.log.actor import Actor
from shared.log.audit_log import PAGE_SIZE, Place, Wanted
from shared.networks import network_of
from shared.storage.models import AccessKey, AuditEntry, Event, Volunteer
from shared.volunteers.people.search import find

# Where the pages before the shown one end; None is where the first begins.
_PLACES = SessionKey[list[Place]]("log.places")
_PLACE = "log"
Row = dict[str, object]
# At most this many people are searched for: for a single person, type more of the name.
_MOST_PEOPLE = 100


def show() -> None:
    st.title(t("Log"))
    st.caption(
        t(
            "Who changed, downloaded or saw what. Volunteers stand here by their number. "
            "Nobody can change an entry."
        )
    )
    with reading() as (session, event):
        wanted = chosen(session, event)
        places = _places(wanted)
        behind = places.get([])
        found = audit_log.page(session, wanted, behind[-1] if behind else None, PAGE_SIZE + 1)
        shown = rows(session, event, found[:PAGE_SIZE])
    if not shown:
        st.info(t("Nothing of this kind is in the log."))
    else:
        st.table(shown, hide_index=True, border="horizontal", alt=t("Log"))
    _turn_over(places, found)
    # The log as a file, as far as the filters select it
    event_id = wanted.event.id if wanted.event else None
    link_to_table(
        _PLACE,
        t("Download as {format}", format="CSV"),
        Order("log.csv", event_id, wanted),
    )
    show_asked(_PLACE)
    days = installation().settings.audit_days
    kept = tn("Entries are kept for {count} day.", "Entries are kept for {count} days.", days)
    foot_to_overview(kept if days else t("Entries are kept for good."))


def _places(wanted: Wanted) -> SessionKey[list[Place]]:
    """The places for this choice: other filters have other pages, so each begins with its
    newest."""
    chosen = {**vars(wanted), "event": wanted.event and wanted.event.id}
    return _PLACES.of(hash(str(chosen)))


def _turn_over(places: SessionKey[list[Place]], found: list[AuditEntry]) -> None:
    """To newer and older entries, at the same cost however long the log is."""
    behind = places.get([])
    has_older = len(found) > PAGE_SIZE
    if not behind and not has_older:
        return
    with st.container(horizontal=True):
        if st.button(t("Newer"), icon=":material/arrow_back:", disabled=not behind):
            places.set(behind[:-1])
            st.rerun()
        if st.button(t("Older"), icon=":material/arrow_forward:", disabled=not has_older):
            places.set([*behind, audit_log.place_of(found[PAGE_SIZE - 1])])
            st.rerun()


# Entries of the log as lines of a table
def rows(session: Session, event: Event, entries: Sequence[AuditEntry]) -> list[Row]:
    """A line for each entry; people and keys are looked up once for all."""
    key_ids = {entry.key_id for entry in entries if entry.key_id is not None}
    named = select(AccessKey.id, AccessKey.name).where(AccessKey.id.in_(key_ids))
    keys = {key_id: name for key_id, name in session.execute(named)}
    ids = {entry.volunteer_id for entry in entries if entry.volunteer_id is not None}
    of_people = select(Volunteer.id, Volunteer.number, Volunteer.created_at)
    known = {row.id: row for row in session.execute(of_people.where(Volunteer.id.in_(ids)))}
    # By the entry's id: somebody added later may have the id of somebody removed.
    numbers = {
        entry.id: known[entry.volunteer_id].number
        for entry in entries
        if entry.volunteer_id in known and known[entry.volunteer_id].created_at <= entry.at
    }
    return [
        {
            t("Time"): written_time(entry.at, event),
            t("Who"): actor_name(entry),
            t("Role"): t(ROLE_NAMES[entry.by_role]) if entry.by_role else "",
            t("What was done"): action_name(entry.action),
            t("About"): _about(entry, numbers, keys),
            t("Details"): field_names(entry),
            t("Network"): entry.network,
        }
        for entry in entries
    ]


def _about(entry: AuditEntry, numbers: dict[int, str], keys: dict[int, str]) -> str:
    """Whom or how many it is about."""
    if entry.volunteer_id is not None:
        return numbers.get(entry.id) or t("No longer on the list")
    if entry.key_id is not None:
        return keys.get(entry.key_id, "")
    return "" if entry.count is None else str(entry.count)


# Which entries are shown: by whom, of what kind, on which days, about whom or from where


def chosen(session: Session, event: Event) -> Wanted:
    """What the reader wants to see, from the row of fields that is drawn here."""
    of_event = _of_event(event)
    left, middle, right = st.columns(3)
    search = left.text_input(
        t("Search"),
        placeholder=t("Number, address, name or network"),
        key="log.search",
        type="search",
    )
    with middle:
        without_key = {
            Actor(None, Role.ORGANIZER): t("The event's token"),
            Actor(None, Role.OWNER): t("Owner"),
        }
        known = _people(session, event, without_key.values()) | without_key
        who = st.selectbox(
            t("Who"),
            list(known),
            index=None,
            format_func=known.__getitem__,
            placeholder=t("Everybody"),
            key=f"log.who.{event.id}",
        )
    with right:
        action = st.selectbox(
            t("What was done"),
            list(ACTION_NAMES),
            index=None,
            format_func=action_name,
            placeholder=t("Everything"),
            key="log.action",
        )
    since, until = _days(event)
    network = network_of(search.strip()) if _is_address(search) else ""
    return Wanted(
        event=of_event,
        who=who,
        action=action,
        since=since,
        until=until,
        network=network,
        volunteer_ids=(
            find(session, event, search)[:_MOST_PEOPLE] if search.strip() and not network else None
        ),
    )


def _of_event(event: Event) -> Event | None:
    """The event in hand; for the owner also what is about no event."""
    if not may(Permission.MANAGE_EVENTS):
        return event
    whole = st.toggle(
        t("About no event, such as the owner's token"),
        key="log.installation",
    )
    return None if whole else event


def _people(session: Session, event: Event, others: Iterable[str]) -> dict[Actor, str]:
    """The people of the event, also those removed, and what to call them.

    Streamlit tells choices apart by their words alone, so a name that is not the only one, here or
    among the `others`, comes with its key.
    """
    joined = select(AccessKey).where(AccessKey.event_id == event.id).order_by(AccessKey.id)
    keys = session.scalars(joined).all()
    times = Counter([*(key.name for key in keys), *others])
    return {
        Actor(key.id, key.role): key.name if times[key.name] == 1 else f"{key.name} · {key.hint}"
        for key in keys
    }


def _days(event: Event) -> tuple[datetime | None, datetime | None]:
    """From the start of the first day to the end of the last, in the event's time zone."""
    left, right = st.columns(2)
    first = left.date_input(t("From"), None, format="YYYY-MM-DD", key="log.from")
    last = right.date_input(t("Until"), None, format="YYYY-MM-DD", key="log.until")
    since = _begin_of(first, event) if first else None
    return since, _begin_of(last + timedelta(days=1), event) if last else None


def _begin_of(day: date, event: Event) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(event.time_zone))


def _is_address(text: str) -> bool:
    try:
        ip_address(text.strip())
    except ValueError:
        return False
    return True
