"""Whether a test mail proved its sender's domain, in words: what the server that received it found,
and what its DKIM signature says when it is checked here."""

import re
from collections.abc import Callable, Iterator, Mapping

import dns.resolver
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import confined
from shared.findings import Finding, Level
from shared.language import N_
from shared.preflight import received_mail
from shared.preflight.received_mail import (
    Check,
    ReceivedMail,
    Verdict,
    are_of_one_organization,
)
from shared.preflight.sender_domain import key_records
from shared.storage.models import Event, Mail

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
    "This is no source of a mail. Mailboxes show it under “Show original” or “View source”; it "
    "begins with lines such as “Received: …”."
)
NOT_OURS = N_("This mail is none of this event's: take the source of a test mail that arrived.")
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
    Verdict.GOOD: N_("Checked here: the DKIM signature of {domain} is valid."),
    Verdict.NO_KEY: N_("Checked here: the DNS has no key for the DKIM signature of {domain}."),
    Verdict.BROKEN: N_(
        "Checked here: the DKIM signature of {domain} does not fit the mail. Was its source copied "
        "whole and unchanged?"
    ),
    Verdict.UNKNOWN: N_(
        "Checked here: whether the DKIM signature of {domain} is valid is not known, since the DNS "
        "does not answer, or since it is of a kind unknown here."
    ),
}


def prove(
    source: bytes, is_ours: Callable[[str], bool], resolver: dns.resolver.Resolver | None = None
) -> list[Finding]:
    """What the source of a received test mail proves. Asks the DNS: some seconds at most.

    `is_ours` says whether a Message-ID is one of the event's mails; about others nothing is said.
    Raises ReadersBusy.
    """
    mail = _read(source.lstrip(), {})
    if mail is None or not mail.message_id:
        return [Finding(Level.RED, _SUBJECT, NO_SOURCE)]
    if not is_ours(mail.message_id):
        return [Finding(Level.RED, _SUBJECT, NOT_OURS)]
    wanted = [signature.key for signature in mail.signatures if signature.key]
    mail = _read(source.lstrip(), key_records(wanted, resolver)) or mail
    checked = [
        Finding(
            Level.GREEN if one.verdict is Verdict.GOOD else Level.AMBER,
            _SUBJECT,
            _CHECKED[one.verdict],
            {"domain": one.domain},
        )
        for one in mail.signatures
    ]
    return [*_found(mail), *(checked or [Finding(Level.AMBER, _SUBJECT, _UNSIGNED)])]


def is_mail_of(session: Session, event: Event, message_id: str) -> bool:
    """Whether one of the event's mails has this Message-ID; servers may change a domain's case."""
    forms = {message_id, message_id.lower()}
    ours = select(Mail.id).where(Mail.event_id == event.id, Mail.message_id.in_(forms))
    return session.scalar(ours.limit(1)) is not None


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
    is_proven = any((one.method, one.result) == ("dmarc", "pass") for one in mail.checks)
    for method, name in _NAMES.items():
        said = [one for one in mail.checks if one.method == method]
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
