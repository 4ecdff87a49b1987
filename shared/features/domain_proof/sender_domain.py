"""What vouches for the sender's domain: what it says in the DNS about who may send for it (SPF,
DKIM, DMARC), and what a test mail proves that has arrived.

A DNS that does not answer means "unknown" and blocks nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

import dns.exception
import dns.resolver
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import confined
from shared.features.domain_proof import received_mail
from shared.features.domain_proof.received_mail import (
    Check,
    ReceivedMail,
    SignatureVerdict,
    are_of_one_organization,
)
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.transport.providers import is_free_mail
from shared.preflight.flight_check import SENDERS_DOMAIN
from shared.storage.hooks import Hooks
from shared.storage.models import Event, Mail

# Per query; all three records are requested at the same time.
_SECONDS = 3.0
# RFC 7208, 4.6.4.
_MOST_SPF_LOOKUPS = 10
# DKIM has no list of its selectors; these are what large providers and common programs use.
_SELECTORS = (
    "google", "selector1", "selector2", "default", "s1", "s2", "k1", "k2", "mail", "dkim",
    "zoho", "qqmail", "tfdkim", "amazonses", "mxvault",
)  # fmt: skip


class Answer(StrEnum):
    GOOD = "good"
    MISSING = "missing"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class DnsRequirements:
    """The requirements of a mail service for domains that send through it.

    `include` is empty where the domain is not asked, because the envelope bears the service's own;
    `dkim_page` is its page on signatures, empty if it is not known.
    """

    include: str
    dkim_page: str


_GOOGLE = DnsRequirements("_spf.google.com", "https://support.google.com/a/answer/174124")
_MICROSOFT = DnsRequirements(
    "spf.protection.outlook.com",
    "https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure",
)
# By the end of their servers' names.
_SERVICES = {
    "smtp.gmail.com": _GOOGLE,
    "smtp-relay.gmail.com": _GOOGLE,
    "smtp.office365.com": _MICROSOFT,
    "graph.microsoft.com": _MICROSOFT,
    "exmail.qq.com": DnsRequirements("spf.mail.qq.com", ""),
    "qiye.aliyun.com": DnsRequirements("spf.qiye.aliyun.com", ""),
    "smtp.mail.me.com": DnsRequirements("icloud.com", ""),
    "amazonaws.com": DnsRequirements(
        "", "https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim.html"
    ),
}


@dataclass(frozen=True)
class DnsRecord:
    """A TXT record to enter in the DNS."""

    name: str
    value: str


def service_of(host: str) -> DnsRequirements | None:
    """Return the service that a mail server belongs to, if it is known."""
    ends = (end for end in _SERVICES if host == end or host.endswith(f".{end}"))
    return _SERVICES.get(next(ends, ""))


def records_to_copy(domain: str, host: str) -> list[DnsRecord]:
    """Return the least that receivers ask of a domain that sends through `host`: SPF, where the
    service is known, and a DMARC record that changes nothing but that it is there. None for domains
    of free mail, whose DNS is not theirs."""
    if "." not in domain or is_free_mail(domain):
        return []
    service = service_of(host)
    include = service.include if service else ""
    spf = [DnsRecord(domain, f"v=spf1 include:{include} ~all")] if include else []
    return [*spf, DnsRecord(f"_dmarc.{domain}", "v=DMARC1; p=none")]


def examine_domain(domain: str, resolver: dns.resolver.Resolver | None = None) -> dict[str, Answer]:
    """Ask the DNS about the domain, by the name of each record; takes some seconds at most."""
    looks = {"SPF": _spf, "DKIM": _dkim, "DMARC": _dmarc}
    try:
        asked = resolver or dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return dict.fromkeys(looks, Answer.UNKNOWN)
    with ThreadPoolExecutor(len(looks)) as pool:
        found = pool.map(lambda look: look(asked, domain), looks.values())
        return dict(zip(looks, found, strict=True))


class _NoAnswer(Exception):
    """The error that the DNS did not answer in time, or with an error of its own."""


def _spf(resolver: dns.resolver.Resolver, domain: str) -> Answer:
    try:
        record = _only([r for r in _texts(resolver, domain) if _is_spf(r)])
        if record is None:
            return Answer.MISSING
        if {"+all", "all"}.intersection(record.lower().split()):
            return Answer.BROKEN  # It allows everybody.
        lookups = _count_lookups(resolver, record, {domain})
    except _NoAnswer:
        return Answer.UNKNOWN
    except ValueError:
        return Answer.BROKEN
    return Answer.BROKEN if lookups > _MOST_SPF_LOOKUPS else Answer.GOOD


def _count_lookups(resolver: dns.resolver.Resolver, record: str, seen: set[str]) -> int:
    """Count the lookups that a receiver needs; it stops at eleven, and so does this."""
    lookups = 0
    for term in record.split()[1:]:
        name, _, value = re.sub(r"^[+?~-]", "", term).replace("=", ":", 1).partition(":")
        if name.partition("/")[0].lower() in {"include", "a", "mx", "ptr", "exists", "redirect"}:
            lookups += 1
        if name.lower() in {"include", "redirect"} and value not in seen and len(seen) < 12:
            seen.add(value)
            inner = [r for r in _texts(resolver, value) if _is_spf(r)]
            lookups += sum(_count_lookups(resolver, r, seen) for r in inner)
    return lookups


def _dkim(resolver: dns.resolver.Resolver, domain: str) -> Answer:
    """Return GOOD if a key is found; otherwise UNKNOWN, since its selector may just not be
    guessable."""
    with suppress(_NoAnswer):
        for selector in _SELECTORS:
            for record in _texts(resolver, f"{selector}._domainkey.{domain}"):
                if re.search(r"\bp=\s*[A-Za-z0-9+/]", record):
                    return Answer.GOOD
    return Answer.UNKNOWN


def _dmarc(resolver: dns.resolver.Resolver, domain: str) -> Answer:
    """Return the domain's own record, or that of a domain above it (RFC 7489, 6.6.3)."""
    labels = domain.split(".")
    try:
        for start in range(len(labels) - 1):
            name = "_dmarc." + ".".join(labels[start:])
            records = [r for r in _texts(resolver, name) if r.lower().startswith("v=dmarc1")]
            record = _only(records)
            if record:
                is_valid = re.search(r"\bp\s*=\s*(none|quarantine|reject)\b", record, re.I)
                return Answer.GOOD if is_valid else Answer.BROKEN
    except _NoAnswer:
        return Answer.UNKNOWN
    except ValueError:
        return Answer.BROKEN
    return Answer.MISSING


def _is_spf(record: str) -> bool:
    return record.lower().split(" ")[0] == "v=spf1"


def _only(records: list[str]) -> str | None:
    """Return the only record. Raises ValueError for two: receivers then ignore both."""
    if len(records) > 1:
        raise ValueError("more than one record")
    return records[0] if records else None


def _texts(resolver: dns.resolver.Resolver, name: str) -> list[str]:
    try:
        found = resolver.resolve(name, "TXT", lifetime=_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as fault:
        raise _NoAnswer from fault
    return [b"".join(record.strings).decode("utf-8", "replace") for record in found]


# What a test mail proves: what the server that received it found, and what its DKIM signature says
# when it is checked here

# Larger than any test mail with its certificate.
LONGEST_SOURCE = 4 << 20
# No headers are longer, and what they hold is looked through several times.
_LONGEST_HEAD = 1 << 18
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_LIMITS = confined.Limits(memory=1_000_000_000, cpu_seconds=5, seconds=10, answer=200_000)
_RECEIVED = TypeAdapter(ReceivedMail)
_SUBJECT = N_("Sender's domain")
_NAMES = {"spf": "SPF", "dkim": "DKIM", "dmarc": "DMARC"}

NO_SOURCE = N_(
    "This is not the source of a mail. Choose “Show original” or “View source” in your "
    "mailbox. It begins with lines such as “Received: …”."
)
NOT_OURS = N_("This mail is not from this event. Use the source of a test mail that arrived.")
_NO_SERVER = N_(
    "No server that certainly received this mail wrote down what it found, so only its signature "
    "could be checked, here."
)
_UNDECIDED = N_("{name}: {server} could not decide it for {domain} (it says “{result}”).")
_UNSAID = N_("{name}: {server} said nothing about it.")
_WORDS = {
    ("spf", "pass"): N_("SPF: {server} found that this mail server may send for {domain}."),
    ("spf", "none"): N_("SPF: {domain} does not say which servers may send for it."),
    ("dkim", "pass"): N_("DKIM: {server} found a valid signature of {domain}."),
    ("dkim", "none"): N_("DKIM: {server} found no signature. Switch it on at the provider."),
    ("dkim", "fail"): N_("DKIM: {server} found that the signature of {domain} is not valid."),
    ("dmarc", "pass"): N_("DMARC: {server} believes that the mail is from {domain}."),
    ("dmarc", "none"): N_("DMARC: {domain} has no record."),
    ("dmarc", "fail"): N_(
        "DMARC: neither SPF nor DKIM vouches for {domain}, so mails may land in spam or be refused."
    ),
}
_NOT_NAMED = N_("SPF: {domain} does not name this mail server among those that may send for it.")
_WORDS |= {("spf", "fail"): _NOT_NAMED, ("spf", "softfail"): _NOT_NAMED}
_WORDS |= {("dmarc", "bestguesspass"): _WORDS["dmarc", "none"]}
# Passed, but for another domain than that of the sender's address (RFC 7489, 3.1).
_ELSEWHERE = {
    "spf": N_(
        "SPF: this mail server may send for {domain}, which is not the domain of the sender, "
        "{sender}. That proves nothing about the sender; DKIM can."
    ),
    "dkim": N_(
        "DKIM: the signature is valid, but {domain}'s, not that of the sender's domain, {sender}. "
        "Switch DKIM on for {sender} at the provider."
    ),
}
_UNSIGNED = N_("Checked here: the mail has no DKIM signature.")
_CHECKED = {
    SignatureVerdict.GOOD: N_("Checked here: the DKIM signature of {domain} is valid."),
    SignatureVerdict.NO_KEY: N_(
        "Checked here: the DNS has no key for the DKIM signature of {domain}."
    ),
    SignatureVerdict.BROKEN: N_(
        "Checked here: the DKIM signature of {domain} does not fit the mail. Was its source copied "
        "whole and unchanged?"
    ),
    SignatureVerdict.UNKNOWN: N_(
        "Checked here: whether the DKIM signature of {domain} is valid is not known, since the DNS "
        "does not answer, or since it is of a kind unknown here."
    ),
}


def prove(
    source: bytes, is_ours: Callable[[str], bool], resolver: dns.resolver.Resolver | None = None
) -> list[Finding]:
    """Return what the source of a received test mail proves. Asks the DNS: some seconds at most.

    `is_ours` says whether a Message-ID is one of the event's mails; about others nothing is said.
    Raises ReadersBusy.
    """
    mail = _read(source.lstrip(), {})
    if mail is None or not mail.message_id:
        return [Finding(Level.RED, _SUBJECT, NO_SOURCE)]
    # No database can be asked for a NUL.
    if not (mail.message_id.isprintable() and is_ours(mail.message_id)):
        return [Finding(Level.RED, _SUBJECT, NOT_OURS)]
    wanted = [signature.key for signature in mail.signatures if signature.key]
    mail = _read(source.lstrip(), _key_records(wanted, resolver)) or mail
    checked = [
        Finding(
            Level.GREEN if signature.verdict is SignatureVerdict.GOOD else Level.AMBER,
            _SUBJECT,
            _CHECKED[signature.verdict],
            {"domain": signature.domain},
        )
        for signature in mail.signatures
    ]
    return [*_found(mail), *(checked or [Finding(Level.AMBER, _SUBJECT, _UNSIGNED)])]


def is_mail_of(session: Session, event: Event, message_id: str) -> bool:
    """Return whether one of the event's mails has this Message-ID; servers may change a domain's
    case."""
    forms = {message_id, message_id.lower()}
    ours = select(Mail.id).where(Mail.event_id == event.id, Mail.message_id.in_(forms))
    return session.scalar(ours.limit(1)) is not None


def _key_records(
    names: Iterable[str], resolver: dns.resolver.Resolver | None = None
) -> dict[str, str]:
    """Return the DKIM keys at `names`: empty where there is none, left out where the DNS is
    silent."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        with suppress(_NoAnswer, dns.resolver.NoResolverConfiguration, UnicodeError):
            records = _texts(resolver or dns.resolver.Resolver(), name)
            found[name] = records[0] if records else ""
    return found


def _read(source: bytes, keys: Mapping[str, str]) -> ReceivedMail | None:
    is_long = len(source) > _LONGEST_HEAD and not _END_OF_HEAD.search(source, 0, _LONGEST_HEAD)
    if is_long or len(source) > LONGEST_SOURCE:
        return None
    try:
        told = next(confined.answers(received_mail.__name__, keys, source, _LIMITS))
        return _RECEIVED.validate_python(told)
    except (confined.Broken, StopIteration, ValidationError):
        return None


def _found(mail: ReceivedMail) -> Iterator[Finding]:
    if not mail.server:
        yield Finding(Level.AMBER, _SUBJECT, _NO_SERVER)
        return
    is_proven = any((check.method, check.result) == ("dmarc", "pass") for check in mail.checks)
    for method, name in _NAMES.items():
        said = [check for check in mail.checks if check.method == method]
        if not said:
            yield Finding(Level.AMBER, _SUBJECT, _UNSAID, {"name": name, "server": mail.server})
            continue
        best = min(said, key=lambda one: (one.result != "pass", not _is_aligned(one, mail)))
        has_passed = best.result == "pass"
        is_elsewhere = has_passed and not _is_aligned(best, mail)
        words = _WORDS.get((method, best.result), _UNDECIDED)
        yield Finding(
            # One proof is enough for DMARC.
            Level.GREEN if has_passed and (is_proven or not is_elsewhere) else Level.AMBER,
            _SUBJECT,
            _ELSEWHERE.get(method, words) if is_elsewhere else words,
            {"name": name, "server": mail.server, "domain": best.domain, "sender": mail.sender,
             "result": best.result},
        )  # fmt: skip


def _is_aligned(check: Check, mail: ReceivedMail) -> bool:
    return are_of_one_organization(check.domain, mail.sender)


def said_by_dns(domain: str) -> Iterator[Finding]:
    """Yield what a check before a sending says about the domain; asks the DNS for some seconds."""
    for name, answer in examine_domain(domain).items():
        level, words = _DOMAIN_WORDS[answer]
        yield Finding(level, SENDERS_DOMAIN, words, {"name": name, "domain": domain})


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
        N_("{name} of {domain} could not be checked. You can still send."),
    ),
}

HOOKS = Hooks(sender_checked=said_by_dns)
