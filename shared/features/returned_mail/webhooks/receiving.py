"""An event arrives: whether it is the provider's, which mail it is about, and what follows."""

import hmac
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import NotAllowed, SettingRefused
from shared.events.installation import Installation
from shared.features.returned_mail.decision import Decision, decide
from shared.features.returned_mail.looking import judge_returned
from shared.features.returned_mail.models import BounceWebhook, webhook_binding_of
from shared.features.returned_mail.report import Report
from shared.features.returned_mail.settling import settle_reports
from shared.features.returned_mail.webhooks.protocol import Unproven, WebhookEvent
from shared.features.returned_mail.webhooks.services import SERVICES
from shared.language import N_
from shared.storage.clock import database_time
from shared.storage.models import Event, Mail, Volunteer
from shared.storage.sealing.tokens import token_hash

log = logging.getLogger(__name__)

# When a webhook was heard is stored this often: relays tell of every mail that they carry.
_STORED_EVERY = timedelta(minutes=1)
# In one body.
MOST_EVENTS = 1000


def receive(installation: Installation, webhook_id: int, secret: str, content: bytes) -> int:
    """Take what came to the address of a webhook; return how many new events about our mails there
    were. Doing it again changes nothing.

    Raises NotAllowed for a wrong secret or signature, ValueError for what is no event, and
    NotReached where a service has to be asked and does not answer.
    """
    with installation.database.reading() as session:
        row = session.get(BounceWebhook, webhook_id)
    service = SERVICES.get(row.service) if row else None
    if not (row and service and hmac.compare_digest(token_hash(secret), row.secret_hash)):
        raise NotAllowed
    try:
        said, entered = json.loads(content), _entered(installation, row)
        told = list(islice(service.read(said, entered), MOST_EVENTS + 1))
    except RecursionError:
        raise ValueError("nested deeper than any event") from None
    except Unproven as refusal:
        log.warning("webhook %d: an event without proof was refused", row.id)
        _note(installation, row, [], trouble=refusal.message)
        raise
    if len(told) > MOST_EVENTS:
        raise ValueError("more events than a service sends at once")
    found = _note(installation, row, _decisions(installation, row, told))
    if found:
        with installation.database.reading() as session:
            now = database_time(session)
        judge_returned(installation.database, row.account_id, now)
    return found


def _entered(installation: Installation, row: BounceWebhook) -> str:
    """Return what events are proven by, as an organizer entered it. Raises Unproven."""
    if row.sealed_key is None:
        return ""
    try:
        return installation.seal.open_bound(row.sealed_key, webhook_binding_of(row.service))
    except SettingRefused:
        raise Unproven(_SEALED_BY_ANOTHER_KEY) from None


_SEALED_BY_ANOTHER_KEY = N_(
    "No key in SECRET_KEYS opens what proves the events of this webhook. Enter it again."
)


def _decisions(
    installation: Installation, row: BounceWebhook, told: Sequence[WebhookEvent]
) -> list[Decision]:
    """Return what the events mean for the mails of the webhook's own account."""
    with installation.database.reading() as session:
        now = database_time(session)
        reports = [_with_our_id(session, row, event) for event in told]
        decided = [decide(session, installation.seal, report, now) for report in reports]
        mails = select(Mail.id).join(Event).where(Event.account_id == row.account_id)
        ours = session.scalars(
            mails.where(Mail.id.in_([decision.mail_id for decision in decided]))
        ).all()
    return [decision for decision in decided if decision.mail_id in ours]


def _with_our_id(session: Session, row: BounceWebhook, told: WebhookEvent) -> Report:
    """Return the report, with the id of the mail whose acceptance was answered with the relay's."""
    if told.report.ids or not told.relay_id:
        return told.report
    addresses = [address for recipient in told.report.recipients for address in recipient.addresses]
    people = select(Volunteer.id).join(Event, Event.id == Volunteer.event_id)
    theirs = people.where(Event.account_id == row.account_id, Volunteer.email_key.in_(addresses))
    accepted = select(Mail.message_id).where(
        Mail.volunteer_id.in_(theirs), Mail.answer.contains(told.relay_id, autoescape=True)
    )
    ids = tuple(session.scalars(accepted))
    return replace(told.report, ids=ids, is_about_another=not ids)


def _note(
    installation: Installation, row: BounceWebhook, decisions: Sequence[Decision], trouble: str = ""
) -> int:
    """Store the consequences, and that the webhook was heard, if that is news."""
    with installation.database.reading() as session:
        now = database_time(session)
    is_news = trouble != row.trouble or not row.heard_at or now - row.heard_at > _STORED_EVERY
    if not decisions and not is_news:
        return 0
    with installation.database.writing() as session:
        found = settle_reports(session, installation.seal, decisions)
        current = session.get(BounceWebhook, row.id, with_for_update=True)
        if current and current.secret_hash == row.secret_hash:
            current.trouble = trouble
            current.heard_at = current.heard_at if trouble else now
    return found
