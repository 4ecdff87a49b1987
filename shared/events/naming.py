"""The naming of an event: whether its people or its list decide the names on certificates."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.language import N_
from shared.log import audit
from shared.storage.clock import database_time
from shared.storage.models import Action, Event, Naming

_FARTHEST = timedelta(days=3653)


def set_naming(session: Session, event: Event, naming: str, until: date | None = None) -> None:
    """Set who decides the names; with "check", `until` is the last day for it, in the event's zone.

    Call with the event locked. Raises SettingRefused, worded for the API, with nothing changed.
    """
    if naming not in list(Naming):
        raise SettingRefused(field="names", reason=N_("must be ask, issue or check"))
    chosen = Naming(naming)
    last_day = until if chosen is Naming.CHECK else None
    if (event.naming, event.names_until) == (chosen, last_day):
        return
    if chosen is Naming.CHECK:
        at = database_time(session)
        if last_day is None:
            reason = N_("is needed with check, as a date like 2026-11-24")
            raise SettingRefused(field="names_until", reason=reason)
        if last_day - at.date() > _FARTHEST:
            raise SettingRefused(field="names_until", reason=N_("is more than ten years away"))
        if end_of_day(event, last_day) <= at:
            raise SettingRefused(
                field="names_until", reason=N_("is in the past. Enter a future date.")
            )
    event.naming, event.names_until = chosen, last_day
    event.issue_at = end_of_check(event)
    audit.record_change(session, Action.SETTINGS_CHANGED, event.id, event)


def end_of_check(event: Event) -> datetime | None:
    """Return the end of the time in which people may check their names; None if not asked to."""
    if event.naming is not Naming.CHECK or event.names_until is None:
        return None
    return end_of_day(event, event.names_until)


def end_of_day(event: Event, day: date) -> datetime:
    """Return when the day ends in the event's time zone."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(event.time_zone))


def asks_to_check(event: Event, at: datetime) -> bool:
    """Return whether people whose names are known are still asked to check them."""
    end = end_of_check(event)
    return end is not None and at < end


def issues_at_once(event: Event, at: datetime) -> bool:
    """Return whether sending issues certificates with the list's names, and asks only the
    others."""
    end = end_of_check(event)
    return event.naming is Naming.ISSUE or (end is not None and end <= at)


def said_by(event: Event) -> tuple[str, dict[str, object]]:
    """Return a sentence on who decides the names: a msgid, and its values."""
    if event.naming is Naming.CHECK and event.names_until:
        return N_("The list has the names. People check them until {day}."), {
            "day": event.names_until.isoformat()
        }
    if event.naming is Naming.ISSUE:
        return N_("The list has the names. People without one are asked."), {}
    return N_("Everybody is asked for their name."), {}
