"""What a cookie keeps, sealed, while somebody is at their organization's sign-in."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from console.signin.provider import Asked, Known
from shared.access.identities import Identity
from shared.errors import OrganizationRefused, SettingRefused
from shared.language import N_
from shared.storage.models import now
from shared.storage.sealing.tokens import Seal

SIGN_IN_STALE = N_("This sign-in was begun in another browser or too long ago. Begin again.")

PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Errand:
    """Why somebody went to their organization's sign-in."""

    asked: Asked
    place: str
    # The token of the invitation link that they use.
    invitation: str = ""
    stays: bool = False

    def seal(self, seal: Seal) -> str:
        return _sealed(seal, "oidc", asdict(self))

    @classmethod
    def open(cls, seal: Seal, sealed: str) -> "Errand":
        """Raises OrganizationRefused for anything sealed elsewhere or for another purpose."""
        values = _opened(seal, "oidc", sealed)
        try:
            return cls(Asked(**values.pop("asked")), **values)
        except (KeyError, TypeError):
            raise OrganizationRefused(SIGN_IN_STALE) from None


@dataclass(frozen=True)
class Arrival:
    """Somebody whom their organization knows, before they press to take an invitation."""

    invitation: str
    place: str
    issuer: str
    subject: str
    name: str
    # Times in ISO 8601.
    shown_at: str | None
    ends_at: str = field(default_factory=lambda: (now() + PATIENCE).isoformat())

    @classmethod
    def of(cls, errand: Errand, known: Known) -> "Arrival":
        shown_at = known.shown_at.isoformat() if known.shown_at else None
        return cls(errand.invitation, errand.place, *known.identity, known.name, shown_at)

    @property
    def known(self) -> Known:
        """Who it is, according to the organization."""
        shown_at = datetime.fromisoformat(self.shown_at) if self.shown_at else None
        return Known(Identity(self.issuer, self.subject), self.name, shown_at)

    def seal(self, seal: Seal) -> str:
        return _sealed(seal, "arrival", asdict(self))

    @classmethod
    def open(cls, seal: Seal, sealed: str) -> "Arrival":
        """Raises OrganizationRefused if it is expired, sealed elsewhere or for another purpose."""
        values = _opened(seal, "arrival", sealed)
        try:
            arrival = cls(**values)
        except TypeError:
            raise OrganizationRefused(SIGN_IN_STALE) from None
        if datetime.fromisoformat(arrival.ends_at) <= now():
            raise OrganizationRefused(SIGN_IN_STALE)
        return arrival


def _sealed(seal: Seal, purpose: str, values: dict[str, Any]) -> str:
    # The purpose distinguishes it from everything else sealed with the same keys.
    return seal.seal_secret(f"{purpose} {json.dumps(values)}")


def _opened(seal: Seal, purpose: str, sealed: str) -> dict[str, Any]:
    try:
        told, _, text = seal.open_secret(sealed).partition(" ")
        values = json.loads(text) if told == purpose else None
    except (SettingRefused, ValueError):
        raise OrganizationRefused(SIGN_IN_STALE) from None
    if not isinstance(values, dict):
        raise OrganizationRefused(SIGN_IN_STALE)
    return values
