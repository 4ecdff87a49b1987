"""What is published: credentials (facts of one certificate as Open Badges 3.0, to be signed), the
lists of bits by which they are revoked, and the keys of who signs.

A credential says only what its verification page shows, in words that have a place in the standard:
there is no mail address, not even a hash of one.
"""

import gzip
import hmac
import io
import ipaddress
import re
import uuid
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shared.dates import written_date
from shared.features.credentials.proofs import (
    CREDENTIALS,
    OPEN_BADGES,
    multikey,
    written_moment,
)
from shared.language import N_, listed, translate
from shared.storage.states import NAME_FROM, NameFrom

# The last part of the DID of the installation itself.
INSTALLATION = "installation"
# In this order: validators look at the positions.
CONTEXTS = [CREDENTIALS, OPEN_BADGES]
_NAMESPACE = uuid.UUID("6f2a6c1e-3a0b-5d6f-9a55-0d3a9c1f7b24")
# What a title says when its column tells in which role somebody helped.
_ROLES = frozenset(
    ("role", "position", "task", "function", "角色", "职务", "職務", "岗位", "崗位", "职责", "工作")
)
# What Markdown gives a meaning, in which verifiers show the criteria (Open Badges 3.0, B.1.5).
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")
_MARKS = re.compile(r"\\([\\`*_\[\]<>|~])")
# Controls of direction would reorder what a verifier shows around them (UAX #9).
_CONTROLS = re.compile("[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class IssuerProfile:
    """The signer: its DID, and what is known about it."""

    did: str
    name: str
    page: str
    # The address of its logo; empty: it has none.
    logo: str = ""

    @property
    def is_assigned(self) -> bool:
        return is_assigned(self.did)

    def document(self) -> dict[str, Any]:
        return {
            "id": self.did,
            "type": ["Profile"],
            "name": self.name,
            "url": self.page,
            **({"image": picture(self.logo)} if self.logo else {}),
        }


@dataclass(frozen=True)
class AchievementFacts:
    """The reason for thanks: the same for all people of an event with values in these columns, of
    which some are hours."""

    event: str
    organization: str
    columns: tuple[tuple[str, bool], ...]
    language: str
    # The design of its certificates, which its picture shows; 0: it has none.
    design_id: int = 0

    def document(self, address: str) -> dict[str, Any]:
        """The achievement as credentials state it, and as `address` answers it, within contexts."""
        event, shown_at = plain(self.event), f"{address.removesuffix('.json')}.jpg"
        said = [translate(N_("Volunteered: {event}."), self.language, event=marked(event))]
        if organization := plain(self.organization):
            stated = N_("Organization, as stated by the organizer: {organization}.")
            said.append(translate(stated, self.language, organization=marked(organization)))
        described = [
            {
                "id": f"{address}#{place}",
                "type": ["ResultDescription"],
                "name": plain(title),
                "resultType": "ext:Hours" if is_hours else "Result",
            }
            for place, (title, is_hours) in enumerate(self.columns, 1)
        ]
        return {
            "id": address,
            "type": ["Achievement"],
            "achievementType": "CommunityService",
            "name": event,
            "description": translate(N_("Volunteered: {event}."), self.language, event=event),
            "criteria": {"narrative": " ".join(said)},
            **({"image": picture(shown_at)} if self.design_id else {}),
            **({"resultDescription": described} if described else {}),
        }


@dataclass(frozen=True)
class StatusEntry:
    """The place of the bit that says that the credential was revoked."""

    list: str
    index: int

    def document(self) -> dict[str, str]:
        return {
            "id": f"{self.list}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(self.index),
            "statusListCredential": self.list,
        }


@dataclass(frozen=True)
class Statement:
    """The facts of one certificate, as they were when it was issued."""

    address: str
    public_id: str
    issuer: IssuerProfile
    issued_at: datetime
    name: str
    number: str
    day: date
    achievement: AchievementFacts
    achievement_address: str
    # Title and value of the achievement's columns.
    values: Sequence[tuple[str, str]]
    status: StatusEntry
    # When the event was, in its own time; empty: nobody has said so.
    begin: datetime | None = None
    end: datetime | None = None
    # None: it is not known.
    name_from: NameFrom | None = None

    def document(self) -> dict[str, Any]:
        """The credential without its proof."""
        return {
            "@context": CONTEXTS,
            "id": self.address,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": self.issuer.document(),
            "validFrom": written_moment(self.issued_at),
            "name": plain(self.achievement.event),
            "description": self._description(),
            "credentialSubject": self._subject(),
            "credentialStatus": self.status.document(),
        }

    def _description(self) -> str:
        """Return what has no field of its own, and what wallets show of the rest."""
        language = self.achievement.language
        days = [
            written_date(moment.date(), language) for moment in (self.begin, self.end) if moment
        ]
        facts = [
            translate(
                N_("Date on the certificate: {date}"),
                language,
                date=written_date(self.day, language),
            ),
            *(f"{plain(title)}: {plain(value)}" for title, value in self.values),
        ]
        if days:
            said = " – ".join(dict.fromkeys(days))
            facts.insert(1, translate(N_("Days of the event: {days}"), language, days=said))
        said = listed(facts, language)
        if self.name_from is None:
            return said
        whose = translate(NAME_FROM[self.name_from], language)
        return translate(N_("{facts}. {sentence}"), language, facts=said, sentence=whose)

    def _subject(self) -> dict[str, Any]:
        achievement = self.achievement.document(self.achievement_address)
        described = achievement.get("resultDescription", [])
        results = [
            {"type": ["Result"], "resultDescription": of["id"], "value": plain(value)}
            for of, (_, value) in zip(described, self.values, strict=True)
        ]
        roles = [value for title, value in self.values if title.strip().casefold() in _ROLES]
        return {
            "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, self.public_id)}",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "hashed": False,
                    "identityHash": self.name,
                }
            ],
            "licenseNumber": self.number,
            **({"activityStartDate": self.begin.isoformat()} if self.begin else {}),
            **({"activityEndDate": self.end.isoformat()} if self.end else {}),
            **({"role": plain(roles[0])} if roles else {}),
            **({"result": results} if results else {}),
            "achievement": achievement,
        }


def picture(address: str) -> dict[str, str]:
    return {"id": address, "type": "Image"}


def is_assigned(did: str) -> bool:
    """Return whether the owner vouches for an organization by it, so that its page may be linked
    to."""
    return did.rpartition(":")[2] != INSTALLATION


def plain(text: str) -> str:
    """Return the text in one line, without what would change how a verifier shows its
    surroundings."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def marked(text: str) -> str:
    """Return the text such that Markdown shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def unmarked(text: str) -> str:
    """Return what `marked` was made of."""
    return _MARKS.sub(r"\1", text)


# How others find an issuer's keys: did:web (W3C, DID method web), a file of the installation


def is_resolvable(public_url: str) -> bool:
    """Return whether others can find documents there by did:web: https, and a name that is no
    address and not this machine's."""
    parts = urlsplit(public_url)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https" or host.endswith(".localhost") or "." not in host:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


def did_at(public_url: str, slug: str) -> str:
    """Return the DID whose document is at PUBLIC_URL/issuers/SLUG/did.json."""
    parts = urlsplit(public_url)
    host = f"{parts.hostname}%3A{parts.port}" if parts.port else str(parts.hostname)
    path = [quote(part) for part in parts.path.split("/") if part]
    return ":".join(["did:web", host, *path, "issuers", slug])


def did_document(did: str, keys: Mapping[str, Ed25519PublicKey]) -> dict[str, Any]:
    """Return the document with all keys, so that what retired ones signed is verified for ever.

    They are called by names, never by the keys themselves: a validator that is widely used believes
    a fragment that is a key without reading the document.
    """
    return {
        "@context": _OF_KEYS,
        "id": did,
        "verificationMethod": [_method(did, name, multikey(key)) for name, key in keys.items()],
        "assertionMethod": [f"{did}#{name}" for name in keys],
    }


def withdrawn_document(did: str, keys: Mapping[str, tuple[str, datetime]]) -> dict[str, Any]:
    """Return the keys that leaked, by name: each as a multibase text, and since when it may not
    sign.

    Apart from the DID's document, where verifiers that look at no date would believe them
    (W3C, Controlled Identifiers 1.0, 2.2.2: `revoked`).
    """
    return {
        "@context": _OF_KEYS,
        "id": did,
        "verificationMethod": [
            {**_method(did, name, key), "revoked": written_moment(at)}
            for name, (key, at) in keys.items()
        ],
    }


_OF_KEYS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def _method(did: str, name: str, key: str) -> dict[str, str]:
    return {
        "id": f"{did}#{name}",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": key,
    }


# Lists of bits (W3C, Bitstring Status List 1.0). A bit that was set is never cleared: revocation is
# not reversible. Which index a credential gets tells nobody how many there are, or who came before
# whom.

# The least that keeps one credential among many (3.2), and a power of two.
SIZE = 131_072
_HALF_BITS = 9
_HALF = (1 << _HALF_BITS) - 1
_ROUNDS = 4


def index_at(key: bytes, list_id: int, place: int) -> int:
    """Return the index of whoever comes at this place of the list: a permutation that only `key`
    knows.

    A Feistel network on 18 bits, walked until it is back among the list's 17. Raises ValueError
    for a place that the list does not have.
    """
    if not 0 <= place < SIZE:
        raise ValueError("the list is full")
    index = _permuted(key, list_id, place)
    while index >= SIZE:
        index = _permuted(key, list_id, index)
    return index


def _permuted(key: bytes, list_id: int, number: int) -> int:
    left, right = number >> _HALF_BITS, number & _HALF
    for turn in range(_ROUNDS):
        mixed = hmac.digest(key, f"{list_id}:{turn}:{right}".encode(), "sha256")
        left, right = right, left ^ (int.from_bytes(mixed[:2]) & _HALF)
    return left << _HALF_BITS | right


def with_set(bits: bytes, indexes: Iterable[int]) -> bytes:
    """Return these bits, and those at `indexes` set; the first one is the most significant of its
    octet."""
    changed = bytearray(bits or bytes(SIZE // 8))
    for index in indexes:
        changed[index // 8] |= 0x80 >> index % 8
    return bytes(changed)


def is_set(bits: bytes, index: int) -> bool:
    """Return whether the bit is set. Raises ValueError for an index that the list does not have."""
    if not 0 <= index < SIZE:
        raise ValueError("not in the list")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def list_document(
    address: str, did: str, bits: bytes, begin: datetime, end: datetime
) -> dict[str, Any]:
    """Return the list as a credential without its proof; believed until `end` and not longer."""
    packed = urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": written_moment(begin),
        "validUntil": written_moment(end),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{packed}",
        },
    }


def bits_of(document: dict[str, Any]) -> bytes:
    """Return the bits of a list. Raises ValueError for what is none."""
    packed = document["credentialSubject"]["encodedList"]
    if not isinstance(packed, str) or packed[:1] != "u" or len(packed) > 2 * SIZE:
        raise ValueError("not a list of bits")
    octets = urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(octets)) as opened:
            # Not one octet more, whatever it would become.
            bits = opened.read(SIZE // 8 + 1)
    except (OSError, EOFError, zlib.error) as damaged:
        raise ValueError("not a list of bits") from damaged
    if len(bits) != SIZE // 8:
        raise ValueError("not a list of this size")
    return bits
