"""Before the list is mailed: everything that can be known to go wrong, in one look."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from babel.dates import format_timedelta
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.database import database_time
from shared.errors import PlaceholderUnknown
from shared.language import N_, translate
from shared.mail.forecast import forecast
from shared.mail.messages import check_wording
from shared.mail.providers import PROVIDERS, is_free_mail
from shared.mail.sender_domain import Answer, examine_domain
from shared.mail.smtp import Account, Outcome, try_account
from shared.mail.verdicts import Verdict, explain_answer
from shared.models import Event, MailAccount, MailKind, Status, Volunteer, Worker
from shared.tokens import Seal

# Many servers refuse more than 10 MB, and base64 makes four bytes of three.
_LARGEST_PICTURE = 5_000_000
# Who answers in this time is waited for; a person looks at a spinner meanwhile.
_SIGN_IN_SECONDS = 10.0
_WORKER_SILENCE = timedelta(seconds=20)
# Where volunteers have their addresses; what is one slip away from these is suspicious.
_COMMON_DOMAINS = {domain for provider in PROVIDERS for domain in provider.domains} | {
    "139.com", "189.cn", "aliyun.com", "aol.com", "gmx.de", "gmx.net", "hotmail.co.uk", "mail.com",
    "mail.ru", "naver.com", "proton.me", "protonmail.com", "sina.cn", "sina.com", "sohu.com",
    "tom.com", "web.de", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com.cn", "yandex.ru",
}  # fmt: skip
_SHOWN_SLIPS = 10


class Level(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Finding:
    """One line of the check: `words` is a message, `details` fill its placeholders."""

    level: Level
    subject: str
    words: str
    details: dict[str, Any] = field(default_factory=dict)

    def said(self, language: str) -> str:
        return translate(self.words, language, **self.details)


def check_flight(
    session: Session, seal: Seal, event: Event, certificate_size: int | None = None
) -> list[Finding]:
    """All findings, in the order of the work. Asks the mail server and the DNS: some seconds.

    `certificate_size` is that of a sample certificate in bytes, where there is one.
    """
    return [
        *_certificate(event, certificate_size),
        *_letters(event),
        *_list(session, event),
        *_account(session, seal, event),
        *_worker(session),
    ]


def _certificate(event: Event, size: int | None) -> Iterator[Finding]:
    subject = N_("Certificate")
    if event.design_id is None:
        yield Finding(
            Level.RED, subject, N_("There is no certificate yet: upload its picture first.")
        )
    elif size is not None and size > _LARGEST_PICTURE:
        yield Finding(
            Level.AMBER,
            subject,
            N_("The certificate has {megabytes} MB; some servers refuse mails that large."),
            {"megabytes": f"{size / 1_000_000:.1f}"},
        )
    else:
        yield Finding(Level.GREEN, subject, N_("The certificate is ready."))


def _letters(event: Event) -> Iterator[Finding]:
    subject = N_("Mails")
    if not event.organization:
        yield Finding(
            Level.AMBER,
            subject,
            N_("The organization has no name yet, so mails carry the event's name alone."),
        )
    refusals = [refusal for kind in MailKind if (refusal := _wording_refusal(event, kind))]
    for refusal in refusals:
        yield Finding(Level.RED, subject, refusal.message, refusal.details)
    body = event.wording.get(MailKind.INVITATION, {}).get("body", "")
    if body.strip() and "{link}" not in body:
        yield Finding(
            Level.AMBER,
            subject,
            N_("The invitation does not say where {{link}} goes; it will stand at the end."),
        )
    if not refusals:
        yield Finding(Level.GREEN, subject, N_("All placeholders in the mails are known."))


def _wording_refusal(event: Event, kind: MailKind) -> PlaceholderUnknown | None:
    try:
        check_wording(kind, event.wording.get(kind, {}))
    except PlaceholderUnknown as refusal:
        return refusal
    return None


def _list(session: Session, event: Event) -> Iterator[Finding]:
    subject = N_("List")
    addresses = session.scalars(
        select(Volunteer.email).where(
            Volunteer.event_id == event.id, Volunteer.status == Status.NEW
        )
    ).all()
    if not addresses:
        yield Finding(Level.RED, subject, N_("Nobody is waiting for an invitation."))
        return
    slips = mistyped(list(addresses))
    if not slips:
        yield Finding(Level.GREEN, subject, N_("No address looks mistyped."))
    for domain, meant, count in slips[:_SHOWN_SLIPS]:
        yield Finding(
            Level.AMBER,
            subject,
            N_("{count} × {domain}: was {meant} meant?"),
            {"count": count, "domain": domain, "meant": meant},
        )


def mistyped(addresses: list[str]) -> list[tuple[str, str, int]]:
    """Domains one slip away from a common one: (domain, what was probably meant, how many)."""
    domains = Counter(address.rpartition("@")[2].lower() for address in addresses)
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


def _account(session: Session, seal: Seal, event: Event) -> Iterator[Finding]:
    account = event.account
    if account is None:
        yield Finding(
            Level.AMBER,
            N_("Mail account"),
            N_("The event is in rehearsal: its mails stay in the mailbox here."),
        )
        return
    yield _sign_in(seal, account, event.language)
    yield from _sender(account)
    yield from _duration(session, event)


def _sign_in(seal: Seal, account: MailAccount, language: str) -> Finding:
    subject = N_("Mail account")
    password = seal.open_secret(account.sealed_password) if account.sealed_password else None
    outcome = try_account(Account.of(account, password, timeout=_SIGN_IN_SECONDS))
    if outcome.verdict is Verdict.SENT:
        return Finding(
            Level.GREEN,
            subject,
            N_("{host} accepts the sign-in, encrypted.")
            if account.sealed_password
            else N_("{host} answers."),
            {"host": account.host},
        )
    level = Level.RED if outcome.verdict is Verdict.FIX else Level.AMBER
    return Finding(level, subject, "{reason}", {"reason": _reason(outcome, account, language)})


def _reason(outcome: Outcome, account: MailAccount, language: str) -> str:
    advice = explain_answer(outcome.code, outcome.text, account.host, language)
    said = f"{account.host}: {outcome.code or ''} {outcome.text}".strip()
    return f"{advice} ({said})" if advice else said


def _sender(account: MailAccount) -> Iterator[Finding]:
    subject = N_("Sender's domain")
    domain = account.from_address.rpartition("@")[2]
    if is_free_mail(domain):
        hosts = {provider.host for provider in PROVIDERS if domain in provider.domains}
        if account.host not in hosts:
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
    waiting = session.scalars(
        select(func.count()).where(Volunteer.event_id == event.id, Volunteer.status == Status.NEW)
    ).one()
    expected = forecast(session, event, waiting)
    if expected.done_at is None:
        return
    duration = expected.done_at - database_time(session)
    yield Finding(
        Level.AMBER if duration > timedelta(days=1) else Level.GREEN,
        N_("Duration"),
        N_("{count} mails need about {duration} with the limits of this account."),
        {
            "count": waiting,
            "duration": format_timedelta(duration, locale=event.language, threshold=1.2),
        },
    )


def _worker(session: Session) -> Iterator[Finding]:
    seen = session.scalar(select(func.max(Worker.seen_at)))
    runs = seen is not None and database_time(session) - seen < _WORKER_SILENCE
    yield (
        Finding(Level.GREEN, N_("Worker"), N_("The worker that sends the mails is running."))
        if runs
        else Finding(
            Level.RED,
            N_("Worker"),
            N_("No worker is running, so nothing is sent. Start it with “certs up”."),
        )
    )
