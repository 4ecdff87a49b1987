"""All checks before a sending: of mails, account, domain and links."""

import ipaddress
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from shared.acts.send import count_waiting
from shared.certificates.designs import designs
from shared.certificates.designs.fit_sheet import LOOK_SECONDS, look_through
from shared.certificates.issuing.samples import sample_facts
from shared.destinations import ANYWHERE, Reach
from shared.errors import (
    DestinationRefused,
    LayoutRefused,
    NameDoesNotFit,
    NameProblem,
    ProductError,
)
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.language import N_, Language
from shared.mail.queue.hold import HELD, count_held
from shared.preflight.facts import check_facts
from shared.preflight.flight_check import (
    SealedAccount,
    check_account,
    check_departure,
    check_disk,
    check_list,
    check_texts,
)
from shared.preflight.groups import check_groups
from shared.preflight.names import check_names
from shared.preflight.page_look import look_at
from shared.rendering.design import render_certificate
from shared.settings import Settings
from shared.storage.database import database_time
from shared.storage.models import Event

# Many servers refuse more than 10 MB, and base64 makes four bytes of three.
_LARGEST_PICTURE = 5_000_000
_SAMPLE_NAME = "Alex Chen"
# What `/health` answers, unlike any page of a hosting company.
_OUR_SIGN = b'"database":"ok"'


@dataclass(frozen=True)
class Outside:
    """What to ask the network, without any rows: no transaction is open meanwhile."""

    page: str
    public_url: str
    account: SealedAccount | None
    # The reach of the person who entered the page.
    reach: Reach

    @classmethod
    def of(cls, settings: Settings, event: Event) -> "Outside":
        organizers = settings.organizers_reach
        live = event.live_account
        account = SealedAccount.of(event, live, organizers) if live else None
        page = _page(settings, event)
        reach = ANYWHERE if event.frontend_url_by_owner else organizers.of_page(page)
        return cls(page, settings.public_url, account, reach)


def preflight(installation: Installation, event_id: int) -> list[Finding]:
    """All findings. Asks the mail server, the DNS and the public page: some seconds.

    Red ones stop a sending, amber ones need confirmation.
    """
    database, settings = installation.database, installation.settings
    look_through(database, event_id, LOOK_SECONDS)
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        inside = [
            *check_before_queueing(session, settings, event),
            *check_departure(session, event),
            *_check_hold(session, event),
            *check_disk(settings),
        ]
        outside = Outside.of(settings, event)
    return [*inside, *check_outside(installation, outside)]


def check_before_queueing(session: Session, settings: Settings, event: Event) -> list[Finding]:
    """The checks without network: no mail may be queued while one of these is red."""
    return [
        check_certificate(session, settings, event),
        *check_facts(session, event),
        *check_groups(session, settings, event),
        *check_fixed_texts(session, event),
        *check_names(session, event),
        *check_texts(event),
        *check_list(session, event),
    ]


def _check_hold(session: Session, event: Event) -> list[Finding]:
    held = count_held(session, event.id)
    return [Finding(Level.AMBER, N_("After the restore"), HELD)] if held else []


def refuse_unready(installation: Installation, event_id: int, language: Language) -> None:
    """Raises ProductError. Before the event is locked: a sample certificate is drawn here.

    Programs may send before there is a certificate, and again when nobody is waiting: neither is
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
    """What only the network can tell, all asked at the same time."""
    with ThreadPoolExecutor(1) as pool:
        links = pool.submit(_links, outside)
        found = _account(installation, outside)
        return [*found, links.result()]


def _account(installation: Installation, outside: Outside) -> list[Finding]:
    if outside.account is None:
        return []
    return check_account(installation, outside.account)


def check_certificate(session: Session, settings: Settings, event: Event) -> Finding:
    """Draws a sample: that takes part of a second."""
    subject = N_("Certificate")
    if event.design is None:
        text = N_("There is no certificate yet: upload its picture first.")
        return Finding(Level.RED, subject, text)
    try:
        assert event.design is not None
        today = database_time(session).date()
        facts = sample_facts(settings, event, _SAMPLE_NAME, {}, today)
        size = len(render_certificate(designs.compiled(session, event.design, facts), facts, "jpg"))
    except NameDoesNotFit as problem:
        return Finding(Level.RED, subject, _BOX_TOO_SMALL, problem.details)
    except (NameProblem, LayoutRefused) as problem:
        return Finding(Level.RED, subject, problem.message, problem.details)
    if size > _LARGEST_PICTURE:
        text = N_("The certificate has {megabytes} MB; some servers refuse mails that large.")
        return Finding(Level.AMBER, subject, text, {"megabytes": f"{size / 1_000_000:.1f}"})
    return Finding(Level.GREEN, subject, N_("The certificate is ready."))


_BOX_TOO_SMALL = N_(
    "“{text}” does not fit its place on the certificate, even in the smallest size: "
    "draw its box larger."
)


TORN = N_(
    "On the certificate, a mark tears a word apart, as in O’ Brien, because the text was set by "
    "earlier rules: “{text}”. Have such texts set anew; what was issued stays as it is."
)


def check_fixed_texts(session: Session, event: Event) -> list[Finding]:
    """Texts of the stored designs that today's rules would set better."""
    try:
        torn = designs.torn_texts(session, event)
    except (NameProblem, LayoutRefused):
        # Reported by the check that draws a sample.
        return []
    return [Finding(Level.AMBER, N_("Certificate"), TORN, {"text": one}) for one in torn[:1]]


ONLY_THIS_COMPUTER = N_("Links lead to {page}, which only this computer can open: set PUBLIC_URL.")


def check_links_of_live(settings: Settings, event: Event) -> Finding | None:
    """A finding if people would get links in mails that only this computer can open."""
    page = _page(settings, event)
    return _only_here(page) if event.live_at and _is_this_machine(_host(page)) else None


def _page(settings: Settings, event: Event) -> str:
    return event.frontend_url or f"{settings.public_url}/certificate"


def _only_here(page: str) -> Finding:
    return Finding(Level.RED, N_("Links"), ONLY_THIS_COMPUTER, {"page": page})


def _links(outside: Outside) -> Finding:
    subject, details = N_("Links"), {"page": outside.page}
    if outside.account and _is_this_machine(_host(outside.page)):
        return _only_here(outside.page)
    doubt = _doubt(outside)
    if doubt is None:
        return Finding(Level.GREEN, subject, N_("The page that links lead to answers."), details)
    return Finding(Level.AMBER, subject, doubt, details)


def _doubt(outside: Outside) -> str | None:
    """Why a person should look at the page themselves."""
    if outside.page == f"{outside.public_url}/certificate":
        return None if is_ours(outside.public_url) else _SILENT
    try:
        look = look_at(outside.page, outside.reach)
    except DestinationRefused:
        return _PRIVATE
    if look is not None and look.leads_elsewhere:
        return _LEADS_ELSEWHERE
    return None if look is not None and look.is_page else _SILENT


_SILENT = N_("From here, {page} does not show its page. Open it on a phone before you send.")
_LEADS_ELSEWHERE = N_(
    "{page} leads on to another address, which is not followed from here. Enter that address, or "
    "open the page on a phone before you send."
)
_PRIVATE = N_(
    "{page} lies in a private network and was not asked: only the owner of this installation may "
    "enter or allow it (TRUSTED_NETWORKS)."
)


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


def is_ours(public_url: str) -> bool:
    """Whether this program answers there. Its page for volunteers is a 404 without a token."""
    look = look_at(f"{public_url}/health", ANYWHERE)
    return look is not None and look.is_page and _OUR_SIGN in look.beginning
