"""What a worker does besides sending: now and then, in turns that leave the database to others."""

import logging
import threading
from collections.abc import Callable, Sequence

from shared.access import drafts
from shared.acts.forget import forget_everywhere
from shared.acts.mark_suppressed import mark_suppressed_everywhere
from shared.certificates.issuing import column_backlog
from shared.events.installation import Installation
from shared.privacy import retention
from shared.privacy.deletion import remove_deleted
from shared.storage.database import DATABASE_AWAY, cause
from shared.volunteers.people import kept_changes
from shared.worker.fits import look_through_lists
from shared.worker.grouper import find_groups
from shared.worker.issuer import issue_due

log = logging.getLogger(__name__)

_EVERY_SECONDS = 2.0


def _remove_deleted(installation: Installation) -> None:
    remove_deleted(installation.database)


def _forget_addresses(installation: Installation) -> None:
    forget_everywhere(installation.database, installation.seal)


def _mark_suppressed(installation: Installation) -> None:
    mark_suppressed_everywhere(installation.database, installation.seal)


def _bring_columns_in_step(installation: Installation) -> None:
    column_backlog.catch_up_all(installation.database, installation.seal)


def _cut_log(installation: Installation) -> None:
    retention.cut_log(installation.database, installation.settings.audit_days)


def _sweep_drafts(installation: Installation) -> None:
    drafts.sweep(installation.database)


def _forget_old_lists(installation: Installation) -> None:
    kept_changes.forget_old_imports(installation.database)


# Each is called repeatedly; it continues after an interruption, and does nothing if there is
# nothing to do. Several workers may do it at once.
CHORES: Sequence[Callable[[Installation], None]] = (
    _remove_deleted,
    _mark_suppressed,
    find_groups,
    issue_due,
    look_through_lists,
    _forget_addresses,
    _bring_columns_in_step,
    _cut_log,
    _sweep_drafts,
    _forget_old_lists,
)


class Upkeep(threading.Thread):
    """A thread of a worker, so that mails do not wait for it. It ends with the process."""

    def __init__(self, installation: Installation, stop: threading.Event) -> None:
        super().__init__(daemon=True, name="upkeep")
        self._installation = installation
        self._stopped = stop

    def run(self) -> None:
        while not self._stopped.wait(_EVERY_SECONDS):
            for chore in CHORES:
                try:
                    chore(self._installation)
                except DATABASE_AWAY as fault:
                    log.warning("the database does not answer: %s", cause(fault))
                except Exception:
                    # A bug: it must be seen, but the others have to be done.
                    log.exception("upkeep: a defect in %s", chore.__name__)
