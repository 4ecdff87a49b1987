"""Checks of mails, list, account, disk and worker before a sending."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.acts.send import NOT_JUDGED, expect
from shared.acts.waiting import ids_waiting
from shared.certificates.designs.fit_sheet import fit_sheet
from shared.dates import UNCHOSEN_UTC
from shared.errors import PlaceholderUnknown
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.accounts.credentials import try_stored_account
from shared.mail.accounts.limits import are_in_doubt
from shared.mail.accounts.suppressions import count_left_out
from shared.mail.kinds.registry import texts
from shared.mail.kinds.texts import check_wording, default_wording, one_line
from shared.mail.queue import clock
from shared.mail.queue.clock import running_workers
from shared.mail.queue.forecast import last_leaves_at
from shared.mail.transport.protocol import Account
from shared.mail.transport.providers import PROVIDERS, is_free_mail
from shared.mail.transport.transports import kind_of
from shared.settings import Settings
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.models import JUDGED, Event, Naming, SendingAccount, Volunteer
from shared.storage.models.volunteer import LEFT_OUT, REACHABLE
from shared.storage.traits import holds
from shared.volunteers.people.progress import event_progress
from shared.volunteers.people.qualification import dropouts, missing_columns
from shared.volunteers.table_files import count_people

# Common domains of addresses; a domain one slip away from one of these is suspicious.
_COMMON_DOMAINS = {domain for provider in PROVIDERS for domain in provider.domains} | {
    "139.com", "189.cn", "aliyun.com", "aol.com", "gmx.de", "gmx.net", "hotmail.co.uk", "mail.com",
    "mail.ru", "naver.com", "proton.me", "protonmail.com", "sina.cn", "sina.com", "sohu.com",
    "tom.com", "web.de", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com.cn", "yandex.ru",
}  # fmt: skip
_SHOWN_SLIPS = 10
_ROWS = 10_000


def check_texts(event: Event) -> Iterator[Finding]:
    """Check the mails' texts."""
    subject = N_("Mails")
    if not event.organization:
        words = N_("The organization has no name yet, so mails show only the event's name.")
        yield Finding(Level.AMBER, subject, words)
    written: list[str] = []
    is_fine = True
    for kind in texts(event):
        own = event.wording.get(kind.family, {})
        changed = {field: text for field, text in own.items() if text.strip()}
        written += {**default_wording(kind, event.language), **changed}.values()
        try:
            check_wording(kind, own)
        except PlaceholderUnknown as refusal:
            is_fine = False
            yield Finding(Level.RED, subject, refusal.message, refusal.details)
        if body := changed.get("body"):
            # An organizer's own text that omits a placeholder.
            left_out = [words for name, words in kind.left_out.items() if f"{{{name}}}" not in body]
            yield from (Finding(Level.AMBER, subject, words) for words in left_out)
    # All others have a value for each person; mails use the event's name for an organization's.
    values = {"website": event.website, "organization": event.organization or event.name}
    for placeholder, value in ((f"{{{name}}}", value) for name, value in values.items()):
        if not one_line(value) and any(placeholder in text for text in written):
            is_fine = False
            yield Finding(Level.AMBER, subject, _LEFT_EMPTY, {"placeholder": placeholder})
    if is_fine:
        yield Finding(Level.GREEN, subject, N_("All placeholders in the mails can be filled."))


_LEFT_EMPTY = N_(
    "{placeholder} would be empty in the mails. Enter it on “Organization”, or remove "
    "it from the text."
)


def check_list(session: Session, event: Event) -> Iterator[Finding]:
    """Check the addresses to which a sending would write, and who gets a certificate. Reads every
    address: a million take seconds."""
    yield from _who_qualifies(session, event)
    subject = N_("List")
    total = count_people(session, event.id)
    waits = Volunteer.id.in_(ids_waiting(session, event))
    waiting = select(Volunteer.email).where(waits, REACHABLE)
    domains: Counter[str] = Counter()
    beyond_ascii = 0
    for address in session.scalars(waiting.execution_options(yield_per=_ROWS)):
        domains[address.rpartition("@")[2].lower()] += 1
        beyond_ascii += not address.isascii()
    if not total:
        yield Finding(Level.RED, subject, N_("The list is empty: add volunteers first."))
        return
    if not domains:
        yield Finding(Level.GREEN, subject, N_("Nobody is waiting for a mail."))
        return
    if beyond_ascii:
        # Some servers refuse them (RFC 6531), which only a sending shows.
        yield Finding(Level.AMBER, subject, _ANY_SCRIPT, {"count": beyond_ascii})
    slips = _slips(domains)
    if not slips:
        yield Finding(Level.GREEN, subject, N_("No address looks like a typo."))
    for domain, meant, count in slips[:_SHOWN_SLIPS]:
        details = {"count": count, "domain": domain, "meant": meant}
        yield Finding(
            Level.AMBER, subject, N_("{count} × {domain}: did you mean {meant}?"), details
        )


_ANY_SCRIPT = N_(
    "Addresses with unusual letters before the “@”: {count}. Some mail servers refuse "
    "them. Those people are flagged and get no mail."
)


def _who_qualifies(session: Session, event: Event) -> Iterator[Finding]:
    """Check whether everybody was judged by the rule, and who has a certificate without qualifying
    for it."""
    subject = N_("Who gets one")
    if not holds(JUDGED, event):
        yield Finding(Level.RED, subject, NOT_JUDGED)
    for title in missing_columns(event):
        yield Finding(Level.AMBER, subject, _NO_SUCH_COLUMN, {"column": title})
    count, names = dropouts(session, event, _NAMED)
    if count:
        more = " …" if count > len(names) else ""
        details = {"count": count, "names": ", ".join(filter(None, names)) + more}
        yield Finding(Level.AMBER, subject, _DROPPED_OUT, details)


_NAMED = 5
_NO_SUCH_COLUMN = N_(
    "Who gets a certificate depends on the column “{column}”, which no list has. Nobody "
    "qualifies without it."
)
_DROPPED_OUT = N_(
    "People with a certificate who no longer qualify: {count} ({names}). They keep it "
    "unless you withdraw it."
)


def mistyped(addresses: list[str]) -> list[tuple[str, str, int]]:
    """Return domains one slip away from a common one: (domain, the probable one, how many)."""
    return _slips(Counter(address.rpartition("@")[2].lower() for address in addresses))


def _slips(domains: Counter[str]) -> list[tuple[str, str, int]]:
    return [
        (domain, meant, count)
        for domain, count in domains.most_common()
        if domain not in _COMMON_DOMAINS
        and (meant := next((d for d in sorted(_COMMON_DOMAINS) if _one_slip(domain, d)), None))
    ]


def _one_slip(one: str, other: str) -> bool:
    """Whether two texts differ by one letter too many, missing or wrong, or by two swapped."""
    pairs = zip(one, other, strict=False)
    start = next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


def check_names(session: Session, event: Event) -> Iterator[Finding]:
    """Say what a sending does with the names on the list: how many people get a certificate at
    once, are asked or are held, until when names are checked, and how many examined names are
    small."""
    sheet = fit_sheet(session, event)
    waiting = expect(session, event, sheet)
    subject, details = N_("Names"), dict(vars(waiting))
    if event.naming is Naming.ISSUE and waiting.total:
        yield Finding(Level.GREEN, subject, _ISSUED, details)
    elif event.naming is Naming.CHECK and event.names_until:
        details |= {"day": event.names_until}
        if waiting.to_issue:
            yield Finding(Level.AMBER, subject, _UNCHECKED, details)
        elif waiting.to_invite:
            yield Finding(Level.GREEN, subject, _CHECKED, details)
    if waiting.held:
        yield Finding(Level.AMBER, subject, _HELD, details)
    if sheet.small:
        yield Finding(Level.AMBER, subject, SMALL_NAMES, {"small": sheet.small})


SMALL_NAMES = N_(
    "Names printed small, because they are long: {small}. See them in Volunteers, Names."
)
_ISSUED = N_(
    "With the names on the list: certificates sent now: {to_issue}, people asked for "
    "their name: {to_invite}."
)
_CHECKED = N_(
    "People on the list can check their name until {day}. Then their certificate is "
    "made and mailed automatically."
)
_UNCHECKED = N_("{day} is over. Certificates sent now with unchecked names: {to_issue}.")
_HELD = N_(
    "People without a certificate, because their name cannot be drawn: {held}. Correct "
    "these names. Nobody else has to wait."
)


def check_zone(event: Event) -> Iterator[Finding]:
    """Check whether somebody chose the time zone for dates on certificates."""
    if event.time_zone == UNCHOSEN_UTC:
        words = N_("No time zone is set, so dates are in UTC. Choose one in Settings.")
        yield Finding(Level.AMBER, N_("Time zone"), words)


def check_departure(session: Session, event: Event) -> Iterator[Finding]:
    """Check where mails will go, how long that takes, whether bounces would stop them, and whether
    a worker runs."""
    account = event.live_account
    if account is None:
        words = N_("The event is in rehearsal. Its mails stay in the mailbox here.")
        yield Finding(Level.GREEN, N_("Mail account"), words)
    else:
        # The mails that a sending would add, as its button counts them, and those queued already.
        to_go = event_progress(session, event).all_to_go
        waiting = expect(session, event).total + sum(to_go.values())
        yield from _duration(session, event, waiting)
        yield from hooks.features().departure_checked(session, account, waiting)
        yield from _speed(account)
    yield from _without_mail(session, event)
    if count := clock.count_put_off(session, event.id):
        words = N_(
            "This installation's clock was set back, and mails wait for a time it has "
            "already passed: {count}. A running worker sends them within seconds."
        )
        yield Finding(Level.AMBER, N_("Clock"), words, {"count": count})
    if running_workers(session):
        words = N_("The worker that sends the mails is running.")
        yield Finding(Level.GREEN, N_("Worker"), words)
    else:
        # Nothing is lost by sending now: the mails are queued until a worker runs.
        words = N_("No worker is running, so no mail is sent. Start one with “certs up”.")
        yield Finding(Level.AMBER, N_("Worker"), words)


def _speed(account: SendingAccount) -> Iterator[Finding]:
    """Say whether somebody vouches for the list, or has to check the account's limits."""
    if account.vouched:
        words = N_("The list is vouched for. Mails do not wait for bounces.")
        yield Finding(Level.GREEN, N_("Speed"), words)
    if are_in_doubt(account):
        words = N_(
            "An earlier version set or learned this account's limits. Check them in "
            "“Mail account”, “Pace and limits”, and press “Check and save”."
        )
        yield Finding(Level.AMBER, N_("Speed"), words)


def _duration(session: Session, event: Event, waiting: int) -> Iterator[Finding]:
    done_at = last_leaves_at(session, event, waiting)
    if not waiting or done_at is None:
        return
    duration = done_at - database_time(session)
    level = Level.AMBER if duration > timedelta(days=1) else Level.GREEN
    words = N_("With the limits of this account, it takes about {duration} (mails: {count}).")
    details = {"count": waiting, "duration": max(duration, timedelta(seconds=1))}
    yield Finding(level, N_("Duration"), words, details)


def _without_mail(session: Session, event: Event) -> Iterator[Finding]:
    """Say how many people are left out of mails to many, by reason."""
    said = {reason: words for fact in LEFT_OUT for reason, words in fact.words.items()}
    for reason, count in count_left_out(session, event).items():
        words = N_("Left out of this sending: {count} of {total}. {reason}.")
        details = {"count": count, "total": count_people(session, event.id), "reason": said[reason]}
        yield Finding(Level.GREEN, N_("List"), words, details)


SENDERS_DOMAIN = N_("Sender's domain")


def check_account(installation: Installation, event_id: int, account: Account) -> list[Finding]:
    """Ask the mail server and the DNS about an event's account, for some seconds, without an open
    transaction."""
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        if event.account is None:
            return []
    return [*try_stored_account(installation, event), *_sender(account)]


def _sender(account: Account) -> Iterator[Finding]:
    subject = SENDERS_DOMAIN
    domain = account.from_address.rpartition("@")[2]
    if is_free_mail(domain):
        hosts = {provider.host for provider in PROVIDERS if domain in provider.domains}
        service = kind_of(account.transport).service
        level, words = Level.GREEN, N_("{domain} vouches for its own mails.")
        if hosts.isdisjoint(service.servers if service else [account.host]):
            level = Level.RED
            words = N_("Mails from @{domain} are trusted only from {host}. Others land in spam.")
        yield Finding(level, subject, words, {"domain": domain, "host": ", ".join(sorted(hosts))})
        return
    yield from hooks.features().sender_checked(domain)


def check_disk(settings: Settings) -> list[Finding]:
    """Check whether the disk of DATA_DIR has room; PostgreSQL may store on another one."""
    with suppress(OSError):
        free = shutil.disk_usage(settings.data_dir).free
        if free < LITTLE_SPACE:
            words = {"size": f"{free / 2**20:,.0f} MB"}
            return [Finding(Level.AMBER, N_("Disk"), _LITTLE_LEFT, words)]
    return []


# In octets.
LITTLE_SPACE = 500 * 2**20
_LITTLE_LEFT = N_(
    "Only {size} are free on this installation's disk. When it is full, nothing can be "
    "saved or sent until the administrator makes room."
)
