"""Notices to the owner about what stops the installation (NOTIFY), each once: by a webhook, or by
mail over a server of its own, since an organizer's may be what has stopped."""

import logging
import time
from contextlib import closing
from datetime import UTC, datetime
from email.utils import format_datetime, make_msgid

import httpx2

from shared.errors import KeysWrong, explain
from shared.events.installation import Installation
from shared.language import N_, translate
from shared.mail.accounts.own import notifying_account
from shared.mail.kinds import mime
from shared.mail.kinds.mime import message
from shared.mail.transport.smtp import SmtpTransport
from shared.preflight.troubles import troubles
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Owner, Verdict

log = logging.getLogger(__name__)

_EVERY_SECONDS = 60.0
_PATIENCE = 10.0
_KEY = "key"
_SUBJECT = N_("Certificates for volunteers: something needs attention")


class OwnerNotices:
    """A chore of the worker that checks once a minute, however often it is called."""

    def __init__(self, every: float = _EVERY_SECONDS) -> None:
        self._every = every
        self._next = 0.0

    def __call__(self, installation: Installation) -> None:
        if not installation.settings.notify or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every
        with installation.database.reading() as session:
            found = troubles(session, installation.settings)
        tell_once(installation.database, installation.settings, found)


def tell_once(
    database: Database, settings: Settings, found: dict[str, str], *, of: str = ""
) -> None:
    """Send the owner those troubles that were not sent since they began; one of several workers
    does.

    Earlier ones whose name begins with `of` and that are not in `found` are over.
    """
    with database.reading() as session:
        if set(found) == _known(session.get_one(Owner, 1), of):
            return
    with database.writing() as session:
        owner = session.get_one(Owner, 1, with_for_update=True)
        known = _known(owner, of)
        others = set(owner.told_of or ()) - known
        owner.told_of = sorted(others | set(found))
    fresh = {name: words for name, words in found.items() if name not in known}
    if not fresh:
        return
    try:
        _send(settings, list(fresh.values()))
    except (OSError, httpx2.HTTPError) as fault:
        log.warning("NOTIFY: the owner was not told, another try follows: %s", fault)
        with database.writing() as session:
            owner = session.get_one(Owner, 1, with_for_update=True)
            owner.told_of = sorted(set(owner.told_of or ()) - set(fresh))


def tell_of_wrong_key(settings: Settings, refusal: KeysWrong) -> None:
    """Tell the owner of a wrong key; no worker starts with it, so the one that tried does."""
    if settings.notify:
        database = Database(settings.database_url)
        tell_once(database, settings, {_KEY: explain(refusal, settings.default_language)}, of=_KEY)
        database.close()


def _known(owner: Owner, of: str) -> set[str]:
    return {name for name in owner.told_of or () if name.startswith(of)}


def _send(settings: Settings, sentences: list[str]) -> None:
    """Send one notice. Raises OSError or httpx2.HTTPError."""
    subject = translate(_SUBJECT, settings.default_language)
    text = "\n\n".join([*sentences, settings.console_url]) + "\n"
    assert settings.notify
    address = settings.notify.get_secret_value()
    if address.startswith("mailto:"):
        _mail(settings, address.removeprefix("mailto:"), subject, text)
        return
    # Mattermost, Slack, Rocket.Chat and others read `text`.
    said = {"text": f"{subject}\n\n{text}", "troubles": sentences}
    answer = httpx2.post(address, json=said, timeout=_PATIENCE)
    if not answer.is_success:
        # The library's own message has the address, which is a secret.
        raise OSError(f"the answer was {answer.status_code}")


def _mail(settings: Settings, recipient: str, subject: str, text: str) -> None:
    account = notifying_account(settings)
    assert account
    headers = {
        "From": mime.named("From", "", account.from_address),
        "To": mime.named("To", "", recipient),
        "Subject": mime.text_header("Subject", subject),
        "Date": format_datetime(datetime.now(UTC)),
        "Message-ID": make_msgid(domain=account.from_address.rpartition("@")[2]),
        "Auto-Submitted": "auto-generated",
    }
    with closing(SmtpTransport(account)) as transport:
        outcome = transport.deliver(message(mime.text_part("plain", text), headers), recipient)
    if outcome.verdict is not Verdict.SENT:
        raise OSError(outcome.text)
