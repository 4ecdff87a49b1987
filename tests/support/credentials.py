"""Credentials made by hand, signed by a key made for the test."""

from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.certificates.credentials import proofs
from shared.certificates.credentials.did_document import did_at
from shared.certificates.credentials.document import (
    Achievement,
    Issuer,
    PublicValue,
    Statement,
    StatusEntry,
)

SITE = "https://thanks.example.org"
DID = did_at(SITE, "installation")
KEY_ID = f"{DID}#key-2026-1"
AT = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)


def statement(name: str = "Ana García", event: str = "River Clean-up", **others: Any) -> Statement:
    """What is certified about one person, with hours and a role."""
    facts: dict[str, Any] = {
        "address": f"{SITE}/verify/Zm9vYmFyYmF6cXV4",
        "public_id": "Zm9vYmFyYmF6cXV4",
        "issuer": Issuer(DID, "thanks.example.org", SITE),
        "issued_at": AT,
        "name": name,
        "number": "2026-000123",
        "day": date(2026, 11, 28),
        "achievement": Achievement(event, "City", (("Hours", True), ("Role", False)), "en"),
        "achievement_address": f"{SITE}/achievements/c29tZXRoaW5n.json",
        "values": [PublicValue("Hours", "39 hours", True), PublicValue("Role", "Guide")],
        "status": StatusEntry(f"{SITE}/status/bGlzdA.json", 77),
    }
    return Statement(**(facts | others))


def signed_one(key: Ed25519PrivateKey, **facts: Any) -> dict[str, Any]:
    return proofs.signed(statement(**facts).document(), key, KEY_ID, AT)
