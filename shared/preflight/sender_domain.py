"""What the sender's domain says in the DNS about who may send for it: SPF, DKIM, DMARC.

A DNS that does not answer means "unknown" and blocks nothing.
"""

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

import dns.exception
import dns.resolver

from shared.mail.transport.providers import is_free_mail

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
class SenderDomain:
    spf: Answer
    dkim: Answer
    dmarc: Answer


@dataclass(frozen=True)
class Service:
    """What a mail service asks of domains that send through it.

    `include` is empty where the domain is not asked, because the envelope bears the service's own;
    `dkim_page` is its page on signatures, empty if it is not known.
    """

    include: str
    dkim_page: str


_GOOGLE = Service("_spf.google.com", "https://support.google.com/a/answer/174124")
_MICROSOFT = Service(
    "spf.protection.outlook.com",
    "https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure",
)
# By the end of their servers' names.
_SERVICES = {
    "smtp.gmail.com": _GOOGLE,
    "smtp-relay.gmail.com": _GOOGLE,
    "smtp.office365.com": _MICROSOFT,
    "graph.microsoft.com": _MICROSOFT,
    "exmail.qq.com": Service("spf.mail.qq.com", ""),
    "qiye.aliyun.com": Service("spf.qiye.aliyun.com", ""),
    "smtp.mail.me.com": Service("icloud.com", ""),
    "amazonaws.com": Service(
        "", "https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim.html"
    ),
}


@dataclass(frozen=True)
class Record:
    """A TXT record to enter in the DNS."""

    name: str
    value: str


def service_of(host: str) -> Service | None:
    """The service that a mail server belongs to, if it is known."""
    ends = (end for end in _SERVICES if host == end or host.endswith(f".{end}"))
    return _SERVICES.get(next(ends, ""))


def records_to_copy(domain: str, host: str) -> list[Record]:
    """The least that receivers ask of a domain that sends through `host`: SPF, where the service is
    known, and a DMARC record that changes nothing but that it is there. None for domains of free
    mail, whose DNS is not theirs."""
    if "." not in domain or is_free_mail(domain):
        return []
    service = service_of(host)
    include = service.include if service else ""
    spf = [Record(domain, f"v=spf1 include:{include} ~all")] if include else []
    return [*spf, Record(f"_dmarc.{domain}", "v=DMARC1; p=none")]


def key_records(
    names: Iterable[str], resolver: dns.resolver.Resolver | None = None
) -> dict[str, str]:
    """The DKIM keys at `names`: empty where there is none, left out where the DNS is silent."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        with suppress(_NoAnswer, dns.resolver.NoResolverConfiguration, UnicodeError):
            records = _texts(resolver or dns.resolver.Resolver(), name)
            found[name] = records[0] if records else ""
    return found


class _NoAnswer(Exception):
    """The DNS did not answer in time, or with an error of its own."""


def examine_domain(domain: str, resolver: dns.resolver.Resolver | None = None) -> SenderDomain:
    """Ask the DNS; takes some seconds at most."""
    try:
        asked = resolver or dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return SenderDomain(Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN)
    with ThreadPoolExecutor(3) as pool:
        return SenderDomain(*pool.map(lambda look: look(asked, domain), (_spf, _dkim, _dmarc)))


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
    """Lookups that a receiver needs; it stops at eleven, and so does this."""
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
    """GOOD if a key is found; otherwise UNKNOWN, since its selector may just not be guessable."""
    with suppress(_NoAnswer):
        for selector in _SELECTORS:
            for record in _texts(resolver, f"{selector}._domainkey.{domain}"):
                if re.search(r"\bp=\s*[A-Za-z0-9+/]", record):
                    return Answer.GOOD
    return Answer.UNKNOWN


def _dmarc(resolver: dns.resolver.Resolver, domain: str) -> Answer:
    """The domain's own record, or that of a domain above it (RFC 7489, 6.6.3)."""
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
    """Raises ValueError for two: receivers then ignore both."""
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
