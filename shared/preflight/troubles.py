"""Troubles that stop an installation, in any of its events: for the owner and for metrics."""

import shutil
from datetime import datetime, timedelta

from sqlalchemy import and_, select, true
from sqlalchemy.orm import Session

from shared.language import N_, translate
from shared.mail.queue import reasons, standing
from shared.mail.queue.hold import is_any_held
from shared.mail.queue.reasons import HELD, none_of
from shared.preflight.flight_check import LITTLE_SPACE
from shared.settings import Settings
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.models import Event, Mail, SendingAccount
from shared.storage.models.message import OPEN

# Mail that is overdue for longer is a trouble.
STANDS = timedelta(hours=1)
_MAIL = N_("Mail of “{event}” is overdue by {minutes} minutes. {why}")
_NO_WORKER = N_("No worker picks it up. Is one running?")
_ACCOUNT = N_("The mail account {address} is stopped: {words}")
_DISK = N_("Only {megabytes} MB are free on the program's data disk.")


def troubles(session: Session, settings: Settings) -> dict[str, str]:
    """Return a sentence for each trouble, in the installation's language, by a name that it keeps
    until it is over."""
    found: dict[str, str] = {}

    def note(name: str, message: str, **details: object) -> None:
        found[name] = translate(message, settings.default_language, **details)

    if is_any_held(session):
        note("held", HELD)
    oldest, now = oldest_due(session), database_time(session)
    if oldest and now - oldest[0] > STANDS:
        due, event = oldest
        why = standing.of_event(session, event, settings.default_language)
        said = why.words if why else translate(_NO_WORKER, settings.default_language)
        minutes = int((now - due).total_seconds() // 60)
        note("mail", _MAIL, event=event.name, minutes=minutes, why=said)
    stopped = select(SendingAccount).where(SendingAccount.needs_fixing == true())
    for account in session.scalars(stopped.order_by(SendingAccount.id)):
        words = account.trouble_text or account.trouble_code or "–"
        note(f"account {account.id}", _ACCOUNT, address=account.username, words=words)
    found |= hooks.features().troubles(session, settings.default_language)
    free = shutil.disk_usage(settings.data_dir).free
    if free < LITTLE_SPACE:
        note("disk", _DISK, megabytes=free // 2**20)
    return found


def oldest_due(session: Session) -> tuple[datetime, Event] | None:
    """Return since when the oldest mail that could be sent is due, and its event; mails of stopped
    events, people and slow accounts do not count."""
    now = database_time(session)
    oldest = (
        # From an index, without reading rows that are not due.
        select(Mail.due_at)
        .where(Mail.event_id == Event.id, OPEN)
        .where(Mail.due_at <= now, Mail.urgent.is_(urgent))
        .order_by(Mail.due_at)
        .limit(1)
        .correlate(Event)
        .scalar_subquery()
        for urgent in (True, False)
    )
    # A slow account is sending, one mail after the other.
    recently = SendingAccount.filled_at > now - STANDS
    slow = select(SendingAccount.id).where(SendingAccount.tokens < 1, recently)
    is_slow = and_(Event.account_id.is_not(None), Event.account_id.in_(slow))
    runs = [*none_of(reasons.OF_EVENTS), *none_of(reasons.OF_PEOPLES_MAIL), ~is_slow]
    found = session.execute(select(Event, *oldest).where(*runs))
    dues = ((due, event) for event, *both in found for due in both if due)
    return min(dues, key=lambda due: due[0], default=None)
