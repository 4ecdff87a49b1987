"""All checks before a sending, and those of the page that links open."""

import ipaddress
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2
from sqlalchemy.orm import Session

from shared.acts.waiting import count_waiting
from shared.certificates.designs.fit_sheet import LOOK_SECONDS, look_through
from shared.destinations import ANYWHERE, Reach
from shared.errors import DestinationRefused, ProductError
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.language import N_, Language
from shared.mail.queue.hold import count_held
from shared.mail.queue.reasons import HELD
from shared.mail.tokens.judged_transport import JudgedTransport, answer_of
from shared.mail.transport.protocol import Account
from shared.preflight.certificate_check import (
    check_certificate,
    check_facts,
    check_fixed_texts,
    check_groups,
)
from shared.preflight.flight_check import (
    check_account,
    check_departure,
    check_disk,
    check_list,
    check_names,
    check_texts,
    check_zone,
)
from shared.settings import Settings
from shared.storage.models import Event

# Part of what `/health` answers, unlike any page of a hosting company.
_OUR_SIGN = b'"database":"ok"'


@dataclass(frozen=True)
class Outside:
    """Questions to the network, without any rows, so that no transaction is open during them;
    equal ones need not be asked twice."""

    event_id: int
    page: str
    public_url: str
    account: Account | None
    # The account's sealed password, and whether it needs fixing, all that a new sign-in at the
    # provider changes.
    sealed: tuple[str | None, bool] | None
    # The reach of the person who entered the page.
    reach: Reach

    @classmethod
    def of(cls, settings: Settings, event: Event) -> "Outside":
        organizers = settings.organizers_reach
        live = event.live_account
        account = Account.of(live, event.from_address, organizers) if live else None
        sealed = (live.sealed_password, live.needs_fixing) if live else None
        page = _page(settings, event)
        reach = ANYWHERE if event.frontend_url_by_owner else organizers.of_page(page)
        return cls(event.id, page, settings.public_url, account, sealed, reach)


def preflight(installation: Installation, event_id: int) -> list[Finding]:
    """Return all findings; red ones stop a sending, amber ones need confirmation.

    It asks the mail server, the DNS and the public page, for some seconds.
    """
    database, settings = installation.database, installation.settings
    look_through(database, event_id, LOOK_SECONDS)
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        inside = [
            *check_before_queueing(session, settings, event),
            *check_departure(session, event),
            *check_disk(settings),
        ]
        if count_held(session, event.id):
            inside.append(Finding(Level.AMBER, N_("After the restore"), HELD))
        outside = Outside.of(settings, event)
    return [*inside, *check_outside(installation, outside)]


def check_before_queueing(session: Session, settings: Settings, event: Event) -> list[Finding]:
    """Return the findings of checks without network; no mail may be queued while one is red."""
    return [
        check_certificate(session, settings, event),
        *check_facts(session, event),
        *check_groups(session, settings, event),
        *check_fixed_texts(session, event),
        *check_names(session, event),
        *check_texts(event),
        *check_zone(event),
        *check_list(session, event),
    ]


def refuse_unready(installation: Installation, event_id: int, language: Language) -> None:
    """Raise ProductError if a check is red; call it before the event is locked, as it draws a
    sample.

    Programs may send before there is a certificate, and again when nobody waits: neither is
    refused.
    """
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        if event.design is None or not count_waiting(session, event).total:
            return
        found = check_before_queueing(session, installation.settings, event)
    if reasons := [item.said(language) for item in found if item.level is Level.RED]:
        raise ProductError(N_("Nothing was sent. {reason}"), reason=" ".join(reasons))


def check_outside(installation: Installation, outside: Outside) -> list[Finding]:
    """Return the findings of checks that ask the network, all at the same time."""
    with ThreadPoolExecutor(1) as pool:
        links = pool.submit(_links, outside)
        account = outside.account
        found = check_account(installation, outside.event_id, account) if account else []
        return [*found, links.result()]


ONLY_THIS_COMPUTER = N_("Links open {page}, which only this computer can reach. Set PUBLIC_URL.")


def check_links_of_live(settings: Settings, event: Event) -> Finding | None:
    """Return a finding if mails of a live event have links that only this computer can open."""
    page = _page(settings, event)
    return _only_here(page) if event.live_at and is_this_machine(page) else None


def _page(settings: Settings, event: Event) -> str:
    return event.frontend_url or f"{settings.public_url}/certificate"


def _only_here(page: str) -> Finding:
    return Finding(Level.RED, N_("Links"), ONLY_THIS_COMPUTER, {"page": page})


def _links(outside: Outside) -> Finding:
    subject, details = N_("Links"), {"page": outside.page}
    if outside.account and is_this_machine(outside.page):
        return _only_here(outside.page)
    if outside.page == f"{outside.public_url}/certificate":
        doubt = None if is_ours(outside.public_url) else _SILENT
    else:
        # None of these stops a sending: a person should open the page themselves.
        try:
            look = look_at(outside.page, outside.reach)
        except DestinationRefused:
            doubt = _PRIVATE
        else:
            doubt = None if look is not None and look.is_success else _SILENT
            if look is not None and look.is_redirect:
                doubt = _LEADS_ELSEWHERE
    if doubt is None:
        return Finding(Level.GREEN, subject, N_("The page that links open answers."), details)
    return Finding(Level.AMBER, subject, doubt, details)


_SILENT = N_("{page} does not show its page from here. Open it on a phone before you send.")
_LEADS_ELSEWHERE = N_(
    "{page} redirects to another address, which is not followed. Enter that address, or "
    "open the page on a phone before you send."
)
_PRIVATE = N_(
    "{page} is in a private network and was not checked. Only the owner of this "
    "installation can enter or allow it (TRUSTED_NETWORKS)."
)


def is_this_machine(page: str) -> bool:
    """Whether only this computer can open the page."""
    host = ""
    with suppress(ValueError):
        host = urlsplit(page).hostname or ""
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")


def is_ours(public_url: str) -> bool:
    """Whether this program answers at PUBLIC_URL; its page for volunteers is a 404 without a
    token."""
    look = look_at(f"{public_url}/health", ANYWHERE)
    return look is not None and look.is_success and _OUR_SIGN in look.content


# A single request to a web page, within its owner's reach and without following redirects

# For the whole answer, since a server that sends a byte at a time restarts each time-out.
_WHOLE_SECONDS = 15.0
_ENOUGH = 1000


class _Look(JudgedTransport):
    """A transport that reads only the beginning of an answer, as it is (compressed or cut)."""

    async def _read(self, answer: httpx2.Response) -> httpx2.Response:
        assert isinstance(answer.stream, httpx2.AsyncByteStream)
        beginning = b""
        # The answer may end before its announced length.
        with suppress(httpx2.RemoteProtocolError):
            async for part in answer.stream:
                beginning += part
                if len(beginning) >= _ENOUGH:
                    break
        return httpx2.Response(answer.status_code, content=beginning[:_ENOUGH])


def look_at(page: str, reach: Reach, seconds: float = _WHOLE_SECONDS) -> httpx2.Response | None:
    """Return the status and the beginning of a page; None if nothing answers within `seconds`.

    Raises DestinationRefused, without a request.
    """
    try:
        parts = urlsplit(page)
        # In any spelling, also one that this client does not take for an address: 0177.0.0.1.
        reach.resolve(parts.hostname or "", parts.port or 80)
        return answer_of(page, _Look(reach, seconds), {"User-Agent": "certs preflight"})
    # Network failures, servers that speak no HTTP, and invalid addresses.
    except (OSError, httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        return None
