"""The chores of a worker besides sending: done repeatedly, in turns, so that others can write."""

import logging
import threading
from collections.abc import Callable, Mapping

from sqlalchemy import select

from shared.access import presses
from shared.acts import Context, catch_up
from shared.acts.forget import forget_everywhere
from shared.acts.issue import IssueFromList
from shared.acts.mark_suppressed import mark_suppressed_everywhere
from shared.acts.run import run
from shared.certificates.designs import fit_sheet
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.jobs import asking
from shared.liveness import one_by_one
from shared.privacy import retention
from shared.privacy.deletion import remove_deleted, remove_record_links
from shared.storage import room
from shared.storage.clock import database_time
from shared.storage.database import DATABASE_AWAY, note_fault
from shared.storage.models import ALIVE, JUDGED, Event, Sending
from shared.storage.traits import holds
from shared.volunteers.people import grouping, list_changes, waiting_lines
from shared.worker.owner_notices import OwnerNotices

log = logging.getLogger(__name__)

_EVERY_SECONDS = 2.0
# The time for each long list in one round.
_LIST_SECONDS = 5.0
# The certificates of one event in one round, so that others need not wait for a long list.
_MOST_AT_ONCE = 2_000


def look_through_lists(installation: Installation) -> None:
    """Continue to examine the lists whose tightest names somebody wants to see."""
    with installation.database.reading() as session:
        wanted = fit_sheet.unfinished(session)
    for event_id in one_by_one("tightest names of event", wanted):
        fit_sheet.look_through(installation.database, event_id, _LIST_SECONDS)


def find_groups(installation: Installation) -> None:
    """Continue to update the people of long lists after their groups or the rule changed."""
    with installation.database.reading() as session:
        waiting = grouping.unfinished(session)
    for event_id in one_by_one("groups of event", waiting):
        grouping.go_through(installation.database, event_id, _LIST_SECONDS)


def issue_due(installation: Installation) -> None:
    """Issue certificates for events whose time for checking names is over; one that fails does not
    delay the others."""
    running = [Event.sending == Sending.RUNNING, Event.design_id.is_not(None)]
    in_use = [Event.archived_at.is_(None), ALIVE]
    found = select(Event.id).where(*running, *in_use).order_by(Event.issue_at)
    with installation.database.reading() as session:
        due = session.scalars(found.where(Event.issue_at <= database_time(session))).all()
    for event_id in one_by_one("certificates of event", due):
        try:
            _issue(installation, event_id)
        except ProductError as problem:
            log.warning("event %d: nothing is issued: %s", event_id, problem)


def _issue(installation: Installation, event_id: int) -> None:
    act = IssueFromList(only_asked=True, most=_MOST_AT_ONCE)
    context = Context(installation.seal, installation.settings)
    count = run(installation.database, act, event_id, context).done
    log.info("event %d: %d certificates issued with the names of the list", event_id, count)
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        is_due = event.issue_at is not None and event.issue_at <= database_time(session)
        # Otherwise the next round continues: many are left, or the placement has changed.
        is_over = holds(JUDGED, event) and not session.scalar(act.whom(session, event).limit(1))
        if is_due and is_over:
            event.issue_at = None


Chore = Callable[[Installation], object]
# Each is called repeatedly, continues after an interruption, and does nothing if there is nothing
# to do. Several workers may run it at once.
CHORES: Mapping[str, Chore] = {
    "deleted events": lambda one: remove_deleted(one.database),
    "links to records": lambda one: remove_record_links(one.database),
    "suppressed addresses": lambda one: mark_suppressed_everywhere(one.database, one.seal),
    "groups": find_groups,
    "certificates": issue_due,
    "tightest names": look_through_lists,
    "forgotten addresses": lambda one: forget_everywhere(one.database, one.seal),
    "columns": lambda one: catch_up.catch_up_all(one.database, one.seal),
    "log": lambda one: retention.cut_log(one.database, one.settings.audit_days),
    "jobs": lambda one: asking.forget_old(one.database),
    "presses": lambda one: presses.sweep(one.database),
    "owner's notices": OwnerNotices(),
    "lines that wait": lambda one: waiting_lines.forget_left(one.database),
    "lists to undo": lambda one: list_changes.forget_old_imports(one.database),
    "room": lambda one: room.release(one.database),
}


class Upkeep(threading.Thread):
    """A thread for chores, so that mails do not wait for them; it ends with the process."""

    def __init__(
        self,
        installation: Installation,
        stop: threading.Event,
        chores: Mapping[str, Chore] = CHORES,
        every: float = _EVERY_SECONDS,
    ) -> None:
        super().__init__(daemon=True, name="upkeep")
        self._installation, self._stopped = installation, stop
        self._chores, self._every = chores, every

    def run(self) -> None:
        while not self._stopped.wait(self._every):
            for name, chore in self._chores.items():
                try:
                    chore(self._installation)
                except DATABASE_AWAY as fault:
                    note_fault(fault)
                except Exception:
                    # A bug has to be seen, but must not keep other chores from running.
                    log.exception("upkeep: a defect in %s", name)
