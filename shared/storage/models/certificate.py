"""Certificates, their signed credentials with issuers and keys, and the lists of revoked ones."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    Row,
    UniqueConstraint,
    and_,
    false,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Base, Numbered, now
from shared.storage.models.design import Design
from shared.storage.models.event import Event
from shared.storage.models.states import NameFrom
from shared.storage.models.volunteer import Volunteer
from shared.storage.traits import holds, partial_index, trait


class Certificate(Numbered):
    """An issued certificate: enough to draw the same image again, byte for byte."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("volunteer_id", "revision"),)

    public_id: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    design_id: Mapped[int] = mapped_column(ForeignKey("design.id"), index=True)
    # The group of its owner when it was issued.
    group_id: Mapped[int | None]
    revision: Mapped[int]
    name: Mapped[str]
    # None: issued before this was noted.
    name_from: Mapped[NameFrom | None]
    number: Mapped[str]
    date: Mapped[date]
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)
    # title -> the number or date that a text of `columns` means (`column_values.Value`), in no
    # language. None: from before these were kept.
    values: Mapped[dict[str, dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))
    # The columns shown on its verification page, as long as they are public.
    public_columns: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    # title -> sealed value, for those that its owner's own PDF shows in full.
    secrets: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    # What it thanks for, and who thanks: the event's name and organization when it was issued.
    event_name: Mapped[str] = mapped_column(default="", server_default="")
    organization: Mapped[str] = mapped_column(default="", server_default="")
    # The language of the date: the event's when it was issued.
    language: Mapped[str]
    # How its texts were set when it was issued; None as in Design.
    typesetting: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True), nullable=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    # Set when a corrected certificate took its place.
    replaced_at: Mapped[datetime | None]
    # When it was taken back before anybody could have seen it; then it is also replaced.
    taken_back_at: Mapped[datetime | None]
    # It replaced one that had been mailed.
    is_correction: Mapped[bool] = mapped_column(default=False, server_default=false())
    # An organizer issued it, replacing an earlier one or with the name on the list.
    by_organizer: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Since when the list differs from it: see `issuing.outdated`.
    outdated_at: Mapped[datetime | None]
    # The worker signs its credential as soon as there is an address for it.
    credential_due: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Set while it is withdrawn: by an organizer, for a reason that its owner reads, or because its
    # owner was erased, without a reason.
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(default="", server_default="")
    # Past withdrawals, oldest first: {"at", "undone_at"} in ISO 8601, and "reason".
    undone_withdrawals: Mapped[list[dict[str, str]]] = mapped_column(
        JSON, default=list, server_default="[]"
    )

    # Since when its owner has agreed that the event's public page shows it.
    on_wall_at: Mapped[datetime | None]

    volunteer: Mapped[Volunteer] = relationship()
    event: Mapped[Event] = relationship()
    design: Mapped[Design] = relationship()

    @hybrid_property
    def is_erased(self) -> bool:
        """True if erasure withdrew it; withdrawals by organizers always have a reason."""
        return self.withdrawn_at is not None and not self.withdrawal_reason

    @is_erased.inplace.expression
    @classmethod
    def _is_erased_in_sql(cls) -> ColumnElement[bool]:
        return and_(cls.withdrawn_at.is_not(None), cls.withdrawal_reason == "")

    @property
    def is_corrected(self) -> bool:
        """True if another took its place, so that only its owner reads what it said."""
        return self.replaced_at is not None

    @property
    def is_void(self) -> bool:
        """True if it is no longer valid: a corrected one took its place, or it was withdrawn."""
        return not holds(STANDING, self)


class State(StrEnum):
    """The state of a certificate, as anybody with its public id may know it."""

    VALID = "valid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    NEVER_SENT = "never_sent"
    UNKNOWN = "unknown"


def state_of(certificate: Certificate | Row[*tuple[Any, ...]]) -> State:
    """The state of a certificate, or of a row with these columns of one."""
    if certificate.is_erased:
        return State.ERASED
    if certificate.taken_back_at:
        return State.NEVER_SENT
    if certificate.withdrawn_at:
        return State.WITHDRAWN
    return State.REPLACED if certificate.replaced_at else State.VALID


# The one that its owner has now, even if it was withdrawn.
CURRENT = Certificate.replaced_at.is_(None)
# Valid: neither replaced nor withdrawn.
STANDING = trait(CURRENT, Certificate.withdrawn_at.is_(None))
# Valid, and older than what the list says.
OUTDATED = trait(Certificate.outdated_at.is_not(None), STANDING)
# Valid, and its owner has agreed that the event's page shows it.
ON_THE_WALL = trait(Certificate.on_wall_at.is_not(None), STANDING)
# Few among a million.
WITHDRAWN = Certificate.withdrawn_at.is_not(None)
# Issued for real, and its credential is not signed yet.
TO_SIGN = Certificate.credential_due.is_(True)

_EVENT, _OWNER, _REPLACED = Certificate.event_id, Certificate.volunteer_id, Certificate.replaced_at
# For counting, and paging through those of each design.
partial_index(
    "ix_certificate_standing",
    *(_EVENT, Certificate.design_id, _OWNER, _REPLACED, Certificate.withdrawn_at),
    where=STANDING,
)
# All that is asked, or SQLite goes through all certificates of the event.
partial_index(
    "ix_certificate_withdrawn",
    *(_EVENT, _OWNER, _REPLACED, Certificate.withdrawn_at, Certificate.withdrawal_reason),
    where=WITHDRAWN,
)
partial_index("ix_certificate_secrets", Certificate.id, where=Certificate.secrets.is_not(None))
partial_index("ix_certificate_to_sign", Certificate.id, where=TO_SIGN)
partial_index(
    "ix_certificate_outdated",
    *(_EVENT, _OWNER, Certificate.outdated_at, _REPLACED, Certificate.withdrawn_at),
    where=OUTDATED,
)
partial_index(
    "ix_certificate_wall",
    *(_EVENT, Certificate.id, Certificate.on_wall_at, _REPLACED, Certificate.withdrawn_at),
    where=ON_THE_WALL,
)


class StandingSum(Base):
    """The number of an event's valid certificates, and their hours: see `issuing.sums`."""

    __tablename__ = "standing_sum"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    certificates: Mapped[int] = mapped_column(default=0)
    # Title of a column -> the sum of the hours that it says on them, exact as a decimal text: of
    # the columns that were public when they were issued, whatever these are by now.
    hours: Mapped[dict[str, str]] = mapped_column(default=dict)


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


class IssuedId(Base):
    """A public id of a certificate that is gone: nothing says whose it was, or of which event."""

    __tablename__ = "issued_id"

    public_id: Mapped[str] = mapped_column(primary_key=True)
    # One of `State`, and since which day; a valid one since it was issued.
    state: Mapped[str]
    day: Mapped[date]
    # When its event was deleted; None: only its person was removed.
    event_deleted: Mapped[date | None]
    # The place of its newest credential; None: it had none.
    status_list_id: Mapped[int | None] = mapped_column(ForeignKey("status_list.id"))
    index: Mapped[int | None]


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
