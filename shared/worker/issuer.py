"""Issues certificates automatically when the time for checking names is over."""

import logging

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shared.acts.issue import IssueFromList
from shared.acts.run import run
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.liveness import one_by_one
from shared.storage.database import database_time
from shared.storage.models import Event, Sending

log = logging.getLogger(__name__)

# How many of one event at a time, so that others need not wait for a long list.
_MOST_AT_ONCE = 2_000


def issue_due(installation: Installation) -> None:
    """Issue for the events whose time has come; one that fails does not hold up the others."""
    with installation.database.reading() as session:
        due = session.scalars(_due(session)).all()
    for event_id in one_by_one("certificates of event", due):
        try:
            _issue(installation, event_id)
        except ProductError as problem:
            log.warning("event %d: nothing is issued: %s", event_id, problem)


def _issue(installation: Installation, event_id: int) -> None:
    act = IssueFromList(
        installation.settings, installation.seal, only_asked=True, most=_MOST_AT_ONCE
    )
    count = run(installation.database, act, event_id).done
    log.info("event %d: %d certificates issued with the names of the list", event_id, count)
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        # Otherwise the next look continues: many are left, or the placement has changed.
        if _is_due(event, session) and not session.scalar(act.whom(session, event).limit(1)):
            event.issue_at = None


def _due(session: Session) -> Select[int]:
    at = database_time(session)
    running = [Event.sending == Sending.RUNNING, Event.design_id.is_not(None)]
    in_use = [Event.archived_at.is_(None), Event.deleted_at.is_(None)]
    due = select(Event.id).where(Event.issue_at <= at, *running, *in_use)
    return due.order_by(Event.issue_at)


def _is_due(event: Event, session: Session) -> bool:
    return event.issue_at is not None and event.issue_at <= database_time(session)
