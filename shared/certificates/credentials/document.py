"""What a credential says: facts of one certificate as Open Badges 3.0, to be signed.

Only what its verification page shows, in words that have a place in the standard: there is no mail
address, not even a hash of one.
"""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shared.certificates.credentials.contexts import CREDENTIALS, OPEN_BADGES
from shared.certificates.credentials.proofs import written_moment
from shared.dates import written_date
from shared.language import N_, listed, translate

# In this order: validators look at the positions.
CONTEXTS = [CREDENTIALS, OPEN_BADGES]
_NAMESPACE = uuid.UUID("6f2a6c1e-3a0b-5d6f-9a55-0d3a9c1f7b24")
# What a title says when its column tells in which role somebody helped.
_ROLES = frozenset(
    ("role", "position", "task", "function", "角色", "职务", "職務", "岗位", "崗位", "职责", "工作")
)
# What Markdown gives a meaning, in which verifiers show the criteria (Open Badges 3.0, B.1.5).
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")
# Controls of direction would reorder what a verifier shows around them (UAX #9).
_CONTROLS = re.compile("[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Issuer:
    """Who signs: its DID, and what is known about it."""

    did: str
    name: str
    page: str
    # The address of its logo; empty: it has none.
    logo: str = ""

    def document(self) -> dict[str, Any]:
        return {
            "id": self.did,
            "type": ["Profile"],
            "name": self.name,
            "url": self.page,
            **({"image": picture(self.logo)} if self.logo else {}),
        }


@dataclass(frozen=True)
class Achievement:
    """What people of an event are thanked for: the same for all with values in these columns, of
    which some are hours."""

    event: str
    organization: str
    columns: tuple[tuple[str, bool], ...]
    language: str
    # The design of its certificates, which its picture shows; 0: it has none.
    design_id: int = 0

    def document(self, address: str) -> dict[str, Any]:
        """As it stands in credentials; with contexts around it, what `address` answers."""
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
    """Which bit says that the credential was revoked."""

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
    issuer: Issuer
    issued_at: datetime
    name: str
    number: str
    day: date
    achievement: Achievement
    achievement_address: str
    # Title and value of the achievement's columns.
    values: Sequence[tuple[str, str]]
    status: StatusEntry
    # When the event was, in its own time; empty: nobody has said so.
    begin: datetime | None = None
    end: datetime | None = None

    def document(self) -> dict[str, Any]:
        """The credential without its proof."""
        language = self.achievement.language
        day = written_date(self.day, language)
        # The facts that have no field of their own, for wallets that show nothing else.
        facts = [
            translate(N_("Date on the certificate: {date}"), language, date=day),
            *(f"{plain(title)}: {plain(value)}" for title, value in self.values),
        ]
        return {
            "@context": CONTEXTS,
            "id": self.address,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": self.issuer.document(),
            "validFrom": written_moment(self.issued_at),
            "name": plain(self.achievement.event),
            "description": listed(facts, language),
            "credentialSubject": self._subject(),
            "credentialStatus": self.status.document(),
        }

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


def plain(text: str) -> str:
    """The text in one line, without what would change how a verifier shows its surroundings."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def marked(text: str) -> str:
    """The text such that Markdown shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", text)
