"""Which entries are shown: by whom, of what kind, on which days, about whom or from where."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from ipaddress import ip_address
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from console.session import may
from console.text import t
from console.widgets.actions import ACTION_NAMES, action_name
from shared.access.roles import Permission, Role
from shared.log.actor import Actor
from shared.log.audit_log import Wanted
from shared.networks import network_of
from shared.storage.models import AccessKey, Action, Event
from shared.volunteers.people.search import find

# At most this many people are searched for: for a single person, type more of the name.
_MOST_PEOPLE = 100


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
        who = _who(session, event)
    with right:
        action = _action()
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
        t("Only what is about no event, such as the owner's token"),
        key="log.installation",
    )
    return None if whole else event


def _who(session: Session, event: Event) -> Actor | None:
    without_key = {
        Actor(None, Role.ORGANIZER): t("The event's token"),
        Actor(None, Role.OWNER): t("Owner"),
    }
    known = _people(session, event, without_key.values()) | without_key
    return st.selectbox(
        t("Who"),
        list(known),
        index=None,
        format_func=known.__getitem__,
        placeholder=t("Everybody"),
        key=f"log.who.{event.id}",
    )


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


def _action() -> Action | None:
    return st.selectbox(
        t("What was done"),
        list(ACTION_NAMES),
        index=None,
        format_func=action_name,
        placeholder=t("Everything"),
        key="log.action",
    )


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
