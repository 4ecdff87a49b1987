"""Before the list is mailed: everything that is known to go wrong, in one check."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, LargeBinary, case, cast, func, select
from sqlalchemy.orm import Session

from shared.destinations import Reach
from shared.errors import PlaceholderUnknown
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.accounts import looks
from shared.mail.accounts.account_check import SIGN_IN_SECONDS, try_stored_account
from shared.mail.accounts.forecast import forecast
from shared.mail.accounts.suppressions import count_left_out
from shared.mail.kinds.registry import Kind, texts
from shared.mail.kinds.texts import check_wording, default_wording, one_line
from shared.mail.queue import clock
from shared.mail.queue.workers import running_workers
from shared.mail.transport.protocol import Account
from shared.mail.transport.providers import PROVIDERS, is_free_mail
from shared.mail.transport.transports import kind_of
from shared.preflight.sender_domain import Answer, examine_domain
from shared.settings import Settings
from shared.storage.database import database_time
from shared.storage.models import Event, Naming, SendingAccount, Status, Volunteer

# Where volunteers have their addresses; what is one slip away from these is suspicious.
_COMMON_DOMAINS = {domain for provider in PROVIDERS for domain in provider.domains} | {
    "139.com", "189.cn", "aliyun.com", "aol.com", "gmx.de", "gmx.net", "hotmail.co.uk", "mail.com",
    "mail.ru", "naver.com", "proton.me", "protonmail.com", "sina.cn", "sina.com", "sohu.com",
    "tom.com", "web.de", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com.cn", "yandex.ru",
}  # fmt: skip
_SHOWN_SLIPS = 10


def check_texts(event: Event) -> list[Finding]:
    """Checks of the mails' texts."""
    return list(_mails(event))


def check_list(session: Session, event: Event) -> list[Finding]:
    """Checks of the recipients. Looks at every address: a million take seconds."""
    return list(_list(session, event))


def check_departure(session: Session, event: Event) -> list[Finding]:
    """Checks of where the mails will go, how long that takes, and whether a worker runs."""
    return [
        *_rehearsal(event),
        *_duration(session, event),
        *_without_mail(session, event),
        *_returned_mail(session, event),
        *_clock(session, event),
        *_worker(session),
    ]


@dataclass(frozen=True)
class SealedAccount:
    """A mail account without its row: equal ones need not be tried twice."""

    event_id: int
    account: Account
    sealed_password: str
    # A new sign-in at the provider changes nothing else about it.
    needs_fixing: bool

    @classmethod
    def of(cls, event: Event, row: SendingAccount, reach: Reach) -> "SealedAccount":
        account = Account.of(row, event.from_address, None, reach, timeout=SIGN_IN_SECONDS)
        return cls(event.id, account, row.sealed_password or "", row.needs_fixing)


def check_account(installation: Installation, sealed: SealedAccount) -> list[Finding]:
    """Asks the mail server and the DNS, for some seconds, without an open transaction."""
    with installation.database.reading() as session:
        event = session.get_one(Event, sealed.event_id)
        is_forgotten = event.account is None
    if is_forgotten:
        return []
    found = try_stored_account(installation, event)
    return [*found, *_sender(sealed.account)]


def _mails(event: Event) -> Iterator[Finding]:
    subject = N_("Mails")
    if not event.organization:
        yield Finding(
            Level.AMBER,
            subject,
            N_("The organization has no name yet, so mails carry the event's name alone."),
        )
    refusals = [refusal for kind in texts(event) if (refusal := _wording_refusal(event, kind))]
    for refusal in refusals:
        yield Finding(Level.RED, subject, refusal.message, refusal.details)
    for said in (said for kind in texts(event) for said in _left_out(event, kind)):
        yield Finding(Level.AMBER, subject, said)
    empty = _empty_placeholders(event)
    for placeholder in empty:
        yield Finding(Level.AMBER, subject, _LEFT_EMPTY, {"placeholder": placeholder})
    if not refusals and not empty:
        yield Finding(Level.GREEN, subject, N_("All placeholders in the mails can be filled."))


_LEFT_EMPTY = N_(
    "{placeholder} would be left empty in the mails: enter what it stands for under "
    "“Organization”, or take it out of the wording."
)


def _left_out(event: Event, kind: Kind) -> list[str]:
    """Warnings about an organizer's own text that omits a placeholder."""
    body = event.wording.get(kind.family, {}).get("body", "")
    missing = [name for name in kind.left_out if f"{{{name}}}" not in body]
    return [kind.left_out[name] for name in missing] if body.strip() else []


def _empty_placeholders(event: Event) -> list[str]:
    """Placeholders in the mails for which this event has no value.

    All others have one for each person, and without an organization's name mails use the event's.
    """
    values = {"website": event.website, "organization": event.organization or event.name}
    written = " ".join(text for kind in texts(event) for text in _wording(event, kind).values())
    empty = [f"{{{name}}}" for name, value in values.items() if not one_line(value)]
    return [placeholder for placeholder in empty if placeholder in written]


def _wording(event: Event, kind: Kind) -> dict[str, str]:
    own = event.wording.get(kind.family, {})
    changed = {field: text for field, text in own.items() if text.strip()}
    return {**default_wording(kind, event.language), **changed}


def _wording_refusal(event: Event, kind: Kind) -> PlaceholderUnknown | None:
    try:
        check_wording(kind, event.wording.get(kind.family, {}))
    except PlaceholderUnknown as refusal:
        return refusal
    return None


def _list(session: Session, event: Event) -> Iterator[Finding]:
    subject = N_("List")
    total = session.scalars(
        select(func.count()).select_from(Volunteer).where(Volunteer.event_id == event.id)
    ).one()
    domains, beyond_ascii = _new_addresses(session, event)
    if not total:
        yield Finding(Level.RED, subject, N_("The list is empty: add recipients first."))
        return
    if not domains:
        is_asked = event.naming is Naming.ASK
        invited = N_("Everybody on the list is invited.")
        yield Finding(Level.GREEN, subject, invited if is_asked else _WRITTEN_TO)
        return
    yield from _any_script(beyond_ascii)
    slips = _slips(domains)
    if not slips:
        yield Finding(Level.GREEN, subject, N_("No address looks mistyped."))
    for domain, meant, count in slips[:_SHOWN_SLIPS]:
        yield Finding(
            Level.AMBER,
            subject,
            N_("{count} × {domain}: was {meant} meant?"),
            {"count": count, "domain": domain, "meant": meant},
        )


_WRITTEN_TO = N_("Everybody on the list has been written to.")


def _new_addresses(session: Session, event: Event) -> tuple[Counter[str], int]:
    """How many new people have which domain, and how many addresses have letters beyond ASCII.

    The database counts them: a million addresses would take seconds to come here.
    """
    email = Volunteer.email
    if session.get_bind().dialect.name == "sqlite":
        at, octets = func.instr(email, "@"), func.length(cast(email, LargeBinary))
    else:
        at, octets = func.strpos(email, "@"), func.octet_length(email)
    domain = func.substr(email, at + 1).label("domain")
    beyond = func.sum(case((octets > func.length(email), 1), else_=0))
    found = select(domain, func.count(), beyond).where(*_new_people(event)).group_by("domain")
    domains: Counter[str] = Counter()
    beyond_ascii = 0
    for written, count, odd in session.execute(found):
        domains[written.lower()] += count
        beyond_ascii += odd
    return domains, beyond_ascii


def _any_script(count: int) -> Iterator[Finding]:
    """Addresses that some servers do not accept (RFC 6531), which only a sending shows."""
    if count:
        yield Finding(
            Level.AMBER,
            N_("List"),
            N_(
                "Addresses with letters outside of ASCII before the “@”: {count}. Where the "
                "account's mail server takes no such addresses, these people are flagged and get "
                "no mail."
            ),
            {"count": count},
        )


def mistyped(addresses: list[str]) -> list[tuple[str, str, int]]:
    """Domains one slip away from a common one: (domain, what was probably meant, how many)."""
    return _slips(Counter(address.rpartition("@")[2].lower() for address in addresses))


def _slips(domains: Counter[str]) -> list[tuple[str, str, int]]:
    return [
        (domain, meant, count)
        for domain, count in domains.most_common()
        if domain not in _COMMON_DOMAINS
        and (meant := next((d for d in sorted(_COMMON_DOMAINS) if _one_slip(domain, d)), None))
    ]


def _one_slip(one: str, other: str) -> bool:
    """One letter too many, missing, wrong, or two swapped."""
    pairs = zip(one, other, strict=False)
    start = next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


def count_new(session: Session, event: Event) -> int:
    """How many people have not been written to, from an index."""
    return session.scalars(select(func.count()).where(*_new_people(event))).one()


def _new_people(event: Event) -> list[ColumnElement[bool]]:
    return [Volunteer.event_id == event.id, Volunteer.status == Status.NEW]


def _rehearsal(event: Event) -> Iterator[Finding]:
    if event.live_account is None:
        yield Finding(
            Level.AMBER,
            N_("Mail account"),
            N_("The event is in rehearsal: its mails stay in the mailbox here."),
        )


def _sender(account: Account) -> Iterator[Finding]:
    subject = N_("Sender's domain")
    domain = account.from_address.rpartition("@")[2]
    if is_free_mail(domain):
        hosts = {provider.host for provider in PROVIDERS if domain in provider.domains}
        service = kind_of(account.transport).service
        if hosts.isdisjoint(service.servers if service else [account.host]):
            yield Finding(
                Level.RED,
                subject,
                N_("Mails from @{domain} are believed only from {host}; others land in spam."),
                {"domain": domain, "host": ", ".join(sorted(hosts))},
            )
            return
        yield Finding(
            Level.GREEN, subject, N_("{domain} vouches for its own mails."), {"domain": domain}
        )
        return
    answers = examine_domain(domain)
    for name, answer in (("SPF", answers.spf), ("DKIM", answers.dkim), ("DMARC", answers.dmarc)):
        level, words = _DOMAIN_WORDS[answer]
        yield Finding(level, subject, words, {"name": name, "domain": domain})


_DOMAIN_WORDS = {
    Answer.GOOD: (Level.GREEN, N_("{domain} has a valid {name} record.")),
    Answer.MISSING: (
        Level.AMBER,
        N_("{domain} has no {name} record, so mails may land in spam. Ask its administrator."),
    ),
    Answer.BROKEN: (
        Level.AMBER,
        N_("The {name} record of {domain} is not valid, so mails may land in spam."),
    ),
    Answer.UNKNOWN: (
        Level.GREEN,
        N_("{name} of {domain} could not be looked up; that stops nothing."),
    ),
}


def _duration(session: Session, event: Event) -> Iterator[Finding]:
    waiting = count_new(session, event)
    expected = forecast(session, event, waiting)
    if event.live_account is None or not waiting or expected.done_at is None:
        return
    duration = expected.done_at - database_time(session)
    yield Finding(
        Level.AMBER if duration > timedelta(days=1) else Level.GREEN,
        N_("Duration"),
        N_("With the limits of this account, it takes about {duration} (mails: {count})."),
        {"count": waiting, "duration": max(duration, timedelta(seconds=1))},
    )


def _without_mail(session: Session, event: Event) -> Iterator[Finding]:
    """Who gets no mail from this account any more."""
    left_out, subject = count_left_out(session, event), N_("List")
    if left_out.dead or left_out.complained:
        words = N_(
            "Left out: dead addresses {dead}, people who complained {complained}, of {total} in "
            "all. Their certificates are made and not mailed."
        )
        total = session.scalar(select(func.count()).where(Volunteer.event_id == event.id))
        dead, complained = left_out.dead, left_out.complained
        details = {"dead": dead, "complained": complained, "total": total}
        yield Finding(Level.GREEN, subject, words, details)
    if left_out.opted_out:
        words = N_(
            "Left out of invitations and reminders, since they unsubscribed: {count}. What they "
            "ask for, and their certificates, are mailed."
        )
        yield Finding(Level.GREEN, subject, words, {"count": left_out.opted_out})


def _returned_mail(session: Session, event: Event) -> Iterator[Finding]:
    """Whether a sending is stopped when many of its mails come back."""
    mailbox = event.live_account.mailbox if event.live_account else None
    if mailbox is None:
        return
    if mailbox.trouble:
        words = N_(
            "Returned mail cannot be read, so a sending does not stop when many addresses turn out "
            "to be wrong: {reason}"
        )
        yield Finding(Level.AMBER, N_("Returned mail"), words, {"reason": mailbox.trouble})
    elif looks.is_neglected(mailbox, database_time(session)):
        words = N_(
            "Returned mail was not looked at in time, so mails leave without it. Is a worker "
            "running that can reach the mailbox?"
        )
        yield Finding(Level.AMBER, N_("Returned mail"), words)


def check_disk(settings: Settings) -> list[Finding]:
    """Whether there is room to store what happens; PostgreSQL may keep it on another disk."""
    with suppress(OSError):
        free = shutil.disk_usage(settings.data_dir).free
        if free < LITTLE_SPACE:
            words = {"size": f"{free / 2**20:,.0f} MB"}
            return [Finding(Level.AMBER, N_("Disk"), _LITTLE_LEFT, words)]
    return []


# In octets.
LITTLE_SPACE = 500 * 2**20
_LITTLE_LEFT = N_(
    "Only {size} are left on the disk of this installation. When it is full, nothing can be stored "
    "and no mail leaves until whoever runs the installation has made room."
)


def _clock(session: Session, event: Event) -> Iterator[Finding]:
    if count := clock.count_put_off(session, event.id):
        words = N_(
            "The clock of this installation was set back, and mails wait for a time that it had "
            "reached before: {count}. A worker lets them leave within seconds, once it runs."
        )
        yield Finding(Level.AMBER, N_("Clock"), words, {"count": count})


def _worker(session: Session) -> Iterator[Finding]:
    if running_workers(session):
        words = N_("The worker that sends the mails is running.")
        yield Finding(Level.GREEN, N_("Worker"), words)
        return
    # Nothing is lost by sending now: the mails are queued, and leave when a worker is back.
    words = N_("No worker is running: mails wait until one does. Start it with “certs up”.")
    yield Finding(Level.AMBER, N_("Worker"), words)
