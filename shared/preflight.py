"""The whole look before a sending: what the mails, the account, the domain and the links need."""

import ipaddress
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from shared import designs
from shared.certificates import sample_facts
from shared.database import database_time
from shared.language import N_
from shared.mail.flight_check import Finding, Level, check_flight
from shared.models import Event
from shared.rendering.design import render_certificate
from shared.settings import Settings
from shared.tokens import Seal

_SAMPLE_NAME = "Alex Chen"
_PAGE_SECONDS = 5.0


def preflight(session: Session, settings: Settings, seal: Seal, event: Event) -> list[Finding]:
    """All findings. Asks the mail server, the DNS and the public page: some seconds.

    Red ones stop a sending, amber ones ask.
    """
    size = _certificate_size(session, settings, event)
    return [*check_flight(session, seal, event, size), *_links(settings, event)]


def _certificate_size(session: Session, settings: Settings, event: Event) -> int | None:
    if event.design is None:
        return None
    today = database_time(session).date()
    facts = sample_facts(settings, event, _SAMPLE_NAME, {}, today)
    return len(render_certificate(designs.compiled(session, event.design), facts, "jpg"))


def _links(settings: Settings, event: Event) -> Iterator[Finding]:
    subject, page = N_("Links"), event.frontend_url or f"{settings.public_url}/health"
    details = {"page": page}
    if event.account and _is_this_machine(urlsplit(page).hostname or ""):
        words = N_("Links lead to {page}, which only this computer can open: set PUBLIC_URL.")
        yield Finding(Level.RED, subject, words, details)
    elif _answers(page):
        yield Finding(Level.GREEN, subject, N_("The page that links lead to answers."), details)
    else:
        words = N_("{page} does not answer from here. Open it on a phone before you send.")
        yield Finding(Level.AMBER, subject, words, details)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _answers(page: str) -> bool:
    request = urllib.request.Request(page, headers={"User-Agent": "certs preflight"})
    try:
        with urllib.request.urlopen(request, timeout=_PAGE_SECONDS):
            return True
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False
