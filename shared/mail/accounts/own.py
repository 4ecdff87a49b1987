"""The installation's own account, for mails about several events at once, so that no organizer's
account sends what others thank for.

It belongs to an event without people, which no list shows: so claim, speed, reasons, returned mail
and suppression work as for any account.
"""

import logging
from dataclasses import replace
from typing import Unpack
from urllib.parse import unquote, urlsplit

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from shared.destinations import ANYWHERE
from shared.errors import SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import AccountChange, set_account
from shared.mail.transport.protocol import Account
from shared.settings import Settings
from shared.storage.models import ALIVE, Event, Owner, Security

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 10.0


def notifying_account(settings: Settings) -> Account | None:
    """Return NOTIFY_SMTP as the account of the owner's notices, or None. It sends as its user name,
    or else as the address that gets notices."""
    if not settings.notify_smtp:
        return None
    parts = urlsplit(settings.notify_smtp.get_secret_value())
    is_tls = parts.scheme == "smtps"
    username = unquote(parts.username or "")
    notified = settings.notify.get_secret_value() if settings.notify else ""
    return Account(
        host=parts.hostname or "",
        port=parts.port or (465 if is_tls else 587),
        security=Security.TLS if is_tls else Security.STARTTLS,
        from_address=username if "@" in username else notified.removeprefix("mailto:"),
        username=username,
        password=unquote(parts.password or "") or None,
        timeout=_PATIENCE_SECONDS,
        reach=ANYWHERE,
    )


def own_event(session: Session) -> Event | None:
    """Return the event whose account mails for the installation; None without such an account."""
    found = session.scalar(select(Event).where(Event.is_own == true(), ALIVE))
    return found if found and found.account_id is not None else None


def set_own_account(
    session: Session, installation: Installation, **given: Unpack[AccountChange]
) -> Event:
    """Change the account as the owner does, and return its event, which the first call makes.
    Raises SettingRefused."""
    settings = installation.settings
    session.get_one(Owner, 1, with_for_update=True)
    found = session.scalar(select(Event.id).where(Event.is_own == true(), ALIVE))
    if found is None:
        event, _ = create_event(
            session,
            name=urlsplit(settings.public_url).hostname or "localhost",
            language=settings.default_language,
            time_zone=settings.home_zone,
        )
        event.is_own, found = True, event.id
        session.flush()
    event = event_for_change(session, found)
    reach = replace(settings.organizers_reach, is_unlimited=True)
    set_account(session, installation.seal, event, reach=reach, **given)
    return event


def fill_from_settings(installation: Installation) -> None:
    """Make NOTIFY_SMTP the account unless the owner has entered another."""
    server = notifying_account(installation.settings)
    with installation.database.reading() as session:
        if server is None or own_event(session):
            return
    try:
        with installation.database.writing() as session:
            set_own_account(
                session,
                installation,
                server_address=server.host,
                smtp_port=server.port,
                security=server.security,
                username=server.username or server.from_address,
                password=server.password,
                skip_auth=not server.username,
                from_address=server.from_address,
            )
    except SettingRefused as refusal:
        log.warning("NOTIFY_SMTP does not mail for the installation: %s", refusal)
