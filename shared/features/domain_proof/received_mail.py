"""The source of a received mail, and what it says about its sender: the findings of the server that
received it (RFC 8601), and its DKIM signatures, checked here.

Anybody may have written a source, so it is read in a process of its own, which runs this module.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from enum import StrEnum

import authres
import dkim

from shared import confined

# More than mails have; each of ours has one or two.
_MOST_SIGNATURES = 5
# A field of the trace says which host wrote it (RFC 5321, 4.4).
_WRITTEN_BY = re.compile(r"\bby\s+([A-Za-z0-9.:_-]+)")
# Where a result says whom it is about (RFC 8601, 2.7).
_ABOUT = {
    "spf": ("mailfrom", "helo"),
    "dkim": ("d", "i"),
    "dmarc": ("from",),
}
# Of the receiving servers known here, only Microsoft's leave out their name.
_NAMELESS = "outlook.com"


class SignatureVerdict(StrEnum):
    """The result of checking a signature here."""

    GOOD = "good"
    NO_KEY = "no key"
    BROKEN = "broken"
    # Its key was not looked up, or it is of a kind that is not known here.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Check:
    """One finding of the receiving server: `result` in the words of RFC 8601, 2.7."""

    method: str
    result: str
    domain: str


@dataclass(frozen=True)
class Signature:
    """A DKIM signature. `key` is the name in the DNS that its key is at."""

    domain: str
    key: str
    verdict: SignatureVerdict


@dataclass(frozen=True)
class ReceivedMail:
    """A mail as it was received. `sender` is the domain of From. `server` is the receiving one;
    empty if none is known."""

    message_id: str
    sender: str
    server: str
    checks: tuple[Check, ...]
    signatures: tuple[Signature, ...]


def read_received(source: bytes, keys: Mapping[str, str]) -> ReceivedMail:
    """Return what the source says; `keys` are records of the DNS by name, empty where there is
    none."""
    mail = BytesParser().parsebytes(source, headersonly=True)
    server, checks = _findings(mail)
    return ReceivedMail(
        message_id=str(mail.get("Message-ID", "")).strip(),
        sender=_domain(parseaddr(str(mail.get("From", "")))[1]),
        server=server,
        checks=tuple(checks),
        signatures=tuple(_signatures(source, keys)),
    )


def are_of_one_organization(one: str, other: str) -> bool:
    """Return whether one of two domains is the other or lies in it.

    Two domains beside each other would need a list of the names that anybody can register under
    (RFC 7489, 3.2), and are taken for strangers.
    """
    return bool(one) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _findings(mail: Message) -> tuple[str, list[Check]]:
    """Return the topmost server that certainly received the mail, and what it found.

    Fields are put on top of each other on the way (RFC 8601, 4.1 and 5), so what stands above the
    trace of the last organization, or in it under its name, was not there when the mail came to it.
    """
    recipient = _domain(parseaddr(str(mail.get("To", "")))[1])
    receiver, is_on_top, server, checks = "", True, "", list[Check]()
    for name, value in mail.items():
        if name.lower() == "received":
            host = _named_host(str(value))
            if server or (receiver and host and not _are_neighbours(host, receiver)):
                break
            receiver, is_on_top = receiver or host, False
        elif name.lower() == "authentication-results":
            said = _parsed(str(value))
            by = said.authserv_id if said else ""
            is_nameless = by == _NAMELESS and _are_neighbours(receiver or _NAMELESS, _NAMELESS)
            ours = [domain for domain in (receiver, recipient) if domain]
            is_known = is_nameless or any(_are_neighbours(by, domain) for domain in ours)
            if said and (is_on_top or is_known) and (not server or _are_neighbours(by, server)):
                server = server or (receiver if is_nameless and receiver else by)
                checks += _checks(said)
    return server, checks


def _parsed(value: str) -> authres.AuthenticationResultsHeader | None:
    written = " ".join(value.split())
    if "=" in written.partition(";")[0]:
        written = f"{_NAMELESS}; {written}"
    try:
        return authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {written}")
    except authres.AuthResError:
        return None


def _checks(said: authres.AuthenticationResultsHeader) -> Iterator[Check]:
    for result in said.results:
        properties = {property.name.lower(): str(property.value) for property in result.properties}
        values = (properties.get(name, "") for name in _ABOUT.get(result.method.lower(), ()))
        if about := next(filter(None, values), ""):
            yield Check(result.method.lower(), result.result.lower(), _domain(about))


def _signatures(source: bytes, keys: Mapping[str, str]) -> Iterator[Signature]:
    try:
        mail = dkim.DKIM(source)
        count = sum(name.lower() == b"dkim-signature" for name, _ in mail.headers)
    except dkim.DKIMException:
        return
    for place in range(min(count, _MOST_SIGNATURES)):
        yield from _signature(mail, place, keys)


def _signature(mail: dkim.DKIM, place: int, keys: Mapping[str, str]) -> Iterable[Signature]:
    asked: list[str] = []
    mail.signature_fields = {}

    def record(name: bytes, timeout: float = 0) -> bytes | None:
        asked.append(name.decode("ascii", "replace").rstrip(".").lower())
        return keys.get(asked[0], "").encode() or None

    try:
        is_good = mail.verify(place, record)
    except dkim.NaClNotFoundError:  # Ed25519 (RFC 8463), which nobody signs with alone.
        is_good, asked = False, asked and [""]
    except (dkim.DKIMException, ValueError):
        is_good = False
    domain = mail.signature_fields.get(b"d", b"").decode("ascii", "replace").lower()
    key = asked[0] if asked else ""
    if not asked:
        verdict = SignatureVerdict.BROKEN
    elif key not in keys:
        verdict = SignatureVerdict.UNKNOWN
    elif not keys[key]:
        verdict = SignatureVerdict.NO_KEY
    else:
        verdict = SignatureVerdict.GOOD if is_good else SignatureVerdict.BROKEN
    return [Signature(domain, key, verdict)]


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("<>\"' .").lower()


def _named_host(trace: str) -> str:
    """Return the host that wrote a field of the trace; empty for addresses and names of the
    inside."""
    found = _WRITTEN_BY.search(trace)
    host = found[1].lower().rstrip(".") if found else ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host if "." in host and not host.endswith((".local", ".internal", ".lan")) else ""
    return ""


def _are_neighbours(one: str, other: str) -> bool:
    """Return whether two hosts probably belong to one organization: mx.example.org,
    imap.example.org."""
    return bool(one) and _home(one) == _home(other)


def _home(host: str) -> str:
    """Return the last two labels, or three under co.uk, com.cn and the like."""
    labels = host.lower().split(".")
    is_short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if is_short else labels[-2:])


if __name__ == "__main__":
    (request, content) = confined.work()
    confined.answer(asdict(read_received(content, request)))
