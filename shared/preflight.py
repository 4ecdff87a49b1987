"""The whole look before a sending: what the mails, the account, the domain and the links need."""

import http.client
import ipaddress
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from sqlalchemy.orm import Session

from shared import designs
from shared.certificates import sample_facts
from shared.database import Database, database_time
from shared.errors import LayoutRefused, NameDoesNotFit, NameProblem
from shared.language import N_
from shared.mail.flight_check import (
    Finding,
    Level,
    SealedAccount,
    check_account,
    check_departure,
    check_mails,
)
from shared.models import Event
from shared.rendering.design import render_certificate
from shared.settings import Settings
from shared.tokens import Seal

# Many servers refuse more than 10 MB, and base64 makes four bytes of three.
_LARGEST_PICTURE = 5_000_000
_SAMPLE_NAME = "Alex Chen"
_PAGE_SECONDS = 5.0
# What `/health` answers, and no page of a hosting company does.
_OUR_SIGN = b'"database":"ok"'


@dataclass(frozen=True)
class Outside:
    """What is asked of the network, apart from all rows: no transaction is open meanwhile."""

    page: str
    public_url: str
    account: SealedAccount | None
    # Of whoever reads what a mail server's answer means.
    language: str

    @classmethod
    def of(cls, settings: Settings, event: Event, language: str) -> "Outside":
        account = SealedAccount.of(event.account) if event.account else None
        page = event.frontend_url or f"{settings.public_url}/certificate"
        return cls(page, settings.public_url, account, language)


def preflight(
    database: Database, settings: Settings, seal: Seal, event_id: int, language: str = "en"
) -> list[Finding]:
    """All findings. Asks the mail server, the DNS and the public page: some seconds.

    Red ones stop a sending, amber ones ask.
    """
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        inside = [
            *check_before_queueing(session, settings, event),
            *check_departure(session, event),
        ]
        outside = Outside.of(settings, event, language)
    return [*inside, *check_outside(seal, outside)]


def check_before_queueing(session: Session, settings: Settings, event: Event) -> list[Finding]:
    """What needs no network: no mail may be queued while one of these is red."""
    return [check_certificate(session, settings, event), *check_mails(session, event)]


def check_outside(seal: Seal, outside: Outside) -> list[Finding]:
    """What only the network can tell, all of it asked at the same time."""
    with ThreadPoolExecutor(1) as pool:
        links = pool.submit(_links, outside)
        account = outside.account
        found = check_account(seal, account, outside.language) if account else []
        return [*found, links.result()]


def check_certificate(session: Session, settings: Settings, event: Event) -> Finding:
    """Draws a sample: that takes part of a second."""
    subject = N_("Certificate")
    if event.design is None:
        words = N_("There is no certificate yet: upload its picture first.")
        return Finding(Level.RED, subject, words)
    try:
        size = _certificate_size(session, settings, event)
    except NameDoesNotFit as problem:
        return Finding(Level.RED, subject, _BOX_TOO_SMALL, problem.details)
    except (NameProblem, LayoutRefused) as problem:
        return Finding(Level.RED, subject, problem.message, problem.details)
    if size > _LARGEST_PICTURE:
        words = N_("The certificate has {megabytes} MB; some servers refuse mails that large.")
        return Finding(Level.AMBER, subject, words, {"megabytes": f"{size / 1_000_000:.1f}"})
    return Finding(Level.GREEN, subject, N_("The certificate is ready."))


_BOX_TOO_SMALL = N_(
    "“{text}” does not fit its place on the certificate, even in the smallest size: "
    "draw its box larger."
)


def _certificate_size(session: Session, settings: Settings, event: Event) -> int:
    assert event.design is not None
    today = database_time(session).date()
    facts = sample_facts(settings, event, _SAMPLE_NAME, {}, today)
    return len(render_certificate(designs.compiled(session, event.design), facts, "jpg"))


def _links(outside: Outside) -> Finding:
    subject, details = N_("Links"), {"page": outside.page}
    if outside.account and _is_this_machine(_host(outside.page)):
        words = N_("Links lead to {page}, which only this computer can open: set PUBLIC_URL.")
        return Finding(Level.RED, subject, words, details)
    is_our_own = outside.page == f"{outside.public_url}/certificate"
    if _is_ours(outside.public_url) if is_our_own else _answers(outside.page):
        return Finding(Level.GREEN, subject, N_("The page that links lead to answers."), details)
    words = N_("From here, {page} does not show its page. Open it on a phone before you send.")
    return Finding(Level.AMBER, subject, words, details)


def _host(page: str) -> str:
    try:
        return urlsplit(page).hostname or ""
    except ValueError:
        return ""


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_ours(public_url: str) -> bool:
    """Whether this program answers there. Its page for volunteers is a 404 without a token."""
    return _OUR_SIGN in (_beginning(f"{public_url}/health") or b"")


def _answers(page: str) -> bool:
    return _beginning(page) is not None


def _beginning(page: str) -> bytes | None:
    """What stands at the beginning of a page; None where there is none, or an error."""
    try:
        request = urllib.request.Request(_plain(page), headers={"User-Agent": "certs preflight"})
        with urllib.request.urlopen(request, timeout=_PAGE_SECONDS) as answer:
            return bytes(answer.read(1000))
    # Beside a network that fails: what speaks no HTTP, and an address that is none.
    except (OSError, http.client.HTTPException, ValueError):
        return None


def _plain(page: str) -> str:
    """The address as browsers ask for it: http://a.org/证书 is http://a.org/%E8%AF%81…"""
    parts = urlsplit(page)
    path, query = (quote(part, safe="%/:=&?+,;@!$'()*~") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))
