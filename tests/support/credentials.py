"""Credentials made by hand, signed by a key made for the test."""

import json
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shared.events.installation import Installation
from shared.features.credentials import proofs, status_lists
from shared.features.credentials.document import (
    AchievementFacts,
    IssuerProfile,
    Statement,
    StatusEntry,
    bits_of,
    did_at,
    is_set,
)
from shared.features.credentials.models import Credential

SITE = "https://thanks.example.org"
DID = did_at(SITE, "installation")
KEY_ID = f"{DID}#key-2026-1"
AT = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)


def statement(name: str = "Ana García", event: str = "River Clean-up", **others: Any) -> Statement:
    """What is certified about one person, with hours and a role."""
    facts: dict[str, Any] = {
        "address": f"{SITE}/verify/Zm9vYmFyYmF6cXV4",
        "public_id": "Zm9vYmFyYmF6cXV4",
        "issuer": IssuerProfile(DID, "thanks.example.org", SITE),
        "issued_at": AT,
        "name": name,
        "number": "2026-000123",
        "day": date(2026, 11, 28),
        "achievement": AchievementFacts(event, "City", (("Hours", True), ("Role", False)), "en"),
        "achievement_address": f"{SITE}/achievements/c29tZXRoaW5n.json",
        "values": [("Hours", "39 hours"), ("Role", "Guide")],
        "status": StatusEntry(f"{SITE}/status/bGlzdA.json", 77),
    }
    return Statement(**(facts | others))


def signed_one(key: Ed25519PrivateKey, **facts: Any) -> dict[str, Any]:
    return proofs.signed(statement(**facts).document(), key, KEY_ID, AT)


def credentials_of(installation: Installation, certificate_id: int) -> list[Credential]:
    """All editions, the first one first."""
    theirs = select(Credential).where(Credential.certificate_id == certificate_id)
    theirs = theirs.options(joinedload(Credential.status_list))
    with installation.database.reading() as session:
        return list(session.scalars(theirs.order_by(Credential.edition)))


def bit_of(installation: Installation, credential: Credential) -> bool:
    """Whether its bit is set in the list as it is served."""
    content = status_lists.served(installation, credential.status_list.public_id)
    return is_set(bits_of(json.loads(content)), credential.index)
