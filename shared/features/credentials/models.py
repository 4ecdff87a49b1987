"""The tables of credentials: who signs them, with which keys, and the lists that say which were
revoked."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    LargeBinary,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models import Certificate, now
from shared.storage.models.base import Base, Numbered
from shared.storage.sealing.key_rotation import bound


class Issuer(Numbered):
    """A signer: the installation itself, or an organization that its owner vouches for."""

    __tablename__ = "issuer"
    # The last part of its DID, and of its document's address; never changed. It and the hashes are
    # parts of paths: the database checks of which letters they are.
    slug: Mapped[str] = mapped_column(unique=True)
    # Empty for the installation: then the host of PUBLIC_URL, and PUBLIC_URL.
    name: Mapped[str] = mapped_column(default="", server_default="")
    page: Mapped[str] = mapped_column(default="", server_default="")
    # The SHA-256 of its logo; empty: it has none.
    logo: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class IssuerLogo(Base):
    """A logo, now or before: credentials that name it are never changed."""

    __tablename__ = "issuer_logo"

    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    # A PNG.
    content: Mapped[bytes] = mapped_column(LargeBinary)


class IssuerKey(Numbered):
    """A signing key. Public keys always stay in the issuer's document, unless they leaked."""

    __tablename__ = "issuer_key"
    __table_args__ = (UniqueConstraint("issuer_id", "name"),)

    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"))
    # The fragment of its id: key-2026-1.
    name: Mapped[str]
    # As a Multikey.
    public_key: Mapped[str]
    # None once it is retired.
    sealed_private_key: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]
    # What it signed no longer counts, and is to be signed again while `is_to_renew` is set.
    leaked_at: Mapped[datetime | None]
    is_to_renew: Mapped[bool] = mapped_column(default=False, server_default=false())


class EventIssuer(Base):
    """The issuer that signs an event's credentials, where the installation does not."""

    __tablename__ = "event_issuer"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"), index=True)


class UnsignedCertificate(Base):
    """A certificate that was issued for real, and whose credential the worker is to sign."""

    __tablename__ = "unsigned_certificate"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), primary_key=True)

    certificate: Mapped[Certificate] = relationship()


class StatusList(Numbered):
    """A list of bits; each credential has one, which is set when it is revoked and never cleared.

    It stays when its event is deleted, so it names the event by its number alone.
    """

    __tablename__ = "status_list"

    public_id: Mapped[str] = mapped_column(unique=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuer.id"))
    event_id: Mapped[int] = mapped_column(index=True)
    # As in the credentials, even if PUBLIC_URL has changed since.
    did: Mapped[str]
    address: Mapped[str]
    # How many of its places are taken, in the order of a permutation.
    used: Mapped[int] = mapped_column(default=0)
    # Packed; None: no bit is set. Counted up whenever one is.
    bits: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=0)


class Achievement(Numbered):
    """The reason for thanks in an event's credentials, at an address of its own; never changed.

    It stays when its event is deleted, so it names the event by its number alone.
    """

    __tablename__ = "achievement"
    __table_args__ = (UniqueConstraint("event_id", "digest"),)

    public_id: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[int]
    # Of what it was made from.
    digest: Mapped[str]
    address: Mapped[str]
    document: Mapped[dict[str, Any]]
    # A JPEG, drawn before the designs of its event were deleted; None: they still draw it.
    picture: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class Credential(Numbered):
    """The signed statement of a certificate, whose bytes never change.

    A later edition replaces one that may no longer be shown, or was revoked by mistake.
    """

    __tablename__ = "credential"
    __table_args__ = (
        UniqueConstraint("certificate_id", "edition"),
        UniqueConstraint("status_list_id", "index"),
    )

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"))
    edition: Mapped[int]
    status_list_id: Mapped[int] = mapped_column(ForeignKey("status_list.id"), index=True)
    index: Mapped[int]
    did: Mapped[str]
    # Packed; None: not signed yet, as what follows, or its owner was erased.
    document: Mapped[bytes | None] = mapped_column(LargeBinary)
    achievement_id: Mapped[int | None] = mapped_column(ForeignKey("achievement.id"), index=True)
    issuer_key_id: Mapped[int | None] = mapped_column(ForeignKey("issuer_key.id"), index=True)
    # Where it is served.
    address: Mapped[str | None]
    # The columns of the list whose values it shows.
    titles: Mapped[list[str]]
    signed_at: Mapped[datetime | None]
    # When its bit was set.
    revoked_at: Mapped[datetime | None]

    certificate: Mapped[Certificate] = relationship()
    status_list: Mapped[StatusList] = relationship()
    issuer_key: Mapped[IssuerKey | None] = relationship()

    @property
    def key_has_leaked(self) -> bool:
        """True if others may have signed it too, so that it no longer counts."""
        return self.issuer_key is not None and self.issuer_key.leaked_at is not None


def signing_key_binding(public_key: str) -> tuple[str, str]:
    """Return the binding of an issuer's private key: its public key."""
    return ("signing key", public_key)


_PRIVATE_KEY = IssuerKey.sealed_private_key
SEALED = (bound(_PRIVATE_KEY, signing_key_binding, IssuerKey.public_key, counted_as="keys"),)
