"""The mail accounts that events send from and may share, with sign-ins at providers and suppressed
addresses."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, Numbered, now
from shared.storage.states import Security, Suppression
from shared.storage.traits import partial_index


class SendingAccount(Numbered):
    """An account at a mail server. All events that use it share its budget, pauses and limits.

    Live events send from it; before they are live, only their test mails do.
    """

    __tablename__ = "sending_account"
    # What carries its messages, one of `shared.mail.transport.transports`.
    transport: Mapped[str] = mapped_column(default="smtp", server_default="smtp")
    username: Mapped[str] = mapped_column(default="")
    # Can be unsealed for this user, server and encryption only.
    sealed_password: Mapped[str | None]
    # Set before a server is shown the password, which from then on never goes to another one.
    password_shown: Mapped[bool] = mapped_column(default=False)
    # Keyed hash of user, server and password.
    proof: Mapped[str | None]
    # The server took the password.
    signed_in: Mapped[bool] = mapped_column(default=False)
    host: Mapped[str]
    port: Mapped[int]
    # The owner entered them, so they may be in a private network.
    host_by_owner: Mapped[bool] = mapped_column(default=False)
    security: Mapped[Security]
    skip_auth: Mapped[bool] = mapped_column(default=False)
    # Uses a sign-in at the provider (`MailSignIn`) in place of a password.
    by_token: Mapped[bool] = mapped_column(default=False, server_default=false())
    # The mailbox at its provider is still to be tried for returned mail; a person wants none read.
    mailbox_due: Mapped[bool] = mapped_column(default=False, server_default=false())
    mailbox_declined: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Seconds between two mails, drawn evenly from this range.
    min_second: Mapped[float] = mapped_column(default=0.0)
    max_second: Mapped[float] = mapped_column(default=0.0)
    per_minute: Mapped[int | None]
    per_hour: Mapped[int | None]
    per_day: Mapped[int | None]
    # How many mails may be on their way at once, across all events and workers.
    connections: Mapped[int | None]
    # The earliest time at which the next mail may be claimed (delay between mails).
    next_at: Mapped[datetime | None]
    # Set by an answer of the server: the account waits until then, or, with `needs_fixing`, for a
    # person.
    paused_until: Mapped[datetime | None]
    needs_fixing: Mapped[bool] = mapped_column(default=False)
    pauses_in_a_row: Mapped[int] = mapped_column(default=0)
    trouble_code: Mapped[int | None]
    trouble_text: Mapped[str] = mapped_column(default="")
    # Addresses refused before this time were shown to a person and no longer count.
    bad_counted_from: Mapped[datetime | None]
    # How many mails were left in its bucket, and when; None: it is full. See `accounts.speed`.
    tokens: Mapped[float | None]
    filled_at: Mapped[datetime | None]
    # Its owner says that the list is good: nothing waits for returned mail.
    vouched: Mapped[bool] = mapped_column(default=False, server_default=false())
    # What a provider's answers taught of its quota: in which period, how many, and when.
    learned_period: Mapped[str | None] = mapped_column(String(32))
    learned_limit: Mapped[int | None]
    learned_at: Mapped[datetime | None]
    # Its limits may have been learned by a version that did not say so: somebody is asked once.
    limits_in_doubt: Mapped[bool] = mapped_column(default=False, server_default=false())


# Rows with the same proof are the same account.
partial_index(
    "ix_sending_account_proven", SendingAccount.proof, where=SendingAccount.signed_in, unique=True
)


class SpeedChange(Numbered):
    """A change of an account's rate, in mails a minute; the newest one says what it is."""

    __tablename__ = "speed_change"

    account_id: Mapped[int] = mapped_column(ForeignKey("sending_account.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(default=now)
    old: Mapped[float]
    new: Mapped[float]
    # One of `shared.mail.accounts.speed.Cause`, with its numbers.
    cause: Mapped[str] = mapped_column(String(32))
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)


Index("ix_speed_change_account", SpeedChange.account_id, SpeedChange.id)


class MailSignIn(Numbered):
    """The sign-in to one account with tokens (OAuth 2.0, RFC 6749).

    The row exists as soon as this way is chosen; until somebody has signed in it holds no token.
    """

    __tablename__ = "mail_sign_in"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("sending_account.id", ondelete="CASCADE"), unique=True
    )
    # One of `shared.mail.transport.protocol.MailProvider`.
    provider: Mapped[str]
    # The requested scopes, separated by spaces.
    scope: Mapped[str]
    # The endpoints and the client of a provider named by an organizer; empty for the providers in
    # the settings.
    authorize_url: Mapped[str] = mapped_column(default="")
    token_url: Mapped[str] = mapped_column(default="")
    client_id: Mapped[str] = mapped_column(default="")
    sealed_client_secret: Mapped[str | None]
    # The owner entered them, so they may be in a private network.
    urls_by_owner: Mapped[bool] = mapped_column(default=False)
    # Can be unsealed for this account's user, server and encryption only.
    sealed_refresh_token: Mapped[str | None]
    # Who signed in, according to the provider; empty if it did not say.
    address: Mapped[str] = mapped_column(default="")
    signed_in_at: Mapped[datetime | None]
    # Why the provider no longer gives tokens: `errors.SignInEnded.stored`.
    trouble: Mapped[str] = mapped_column(default="")
    # Until then only one process asks the provider.
    renewing_until: Mapped[datetime | None]
    # Counts sign-ins and renewals, so that nobody overwrites something newer.
    version: Mapped[int] = mapped_column(default=0)


class MailAccessToken(Numbered):
    """A token that opens an account for about an hour, for one scope."""

    __tablename__ = "mail_access_token"
    __table_args__ = (
        UniqueConstraint("sign_in_id", "scope", name="uq_mail_access_token_sign_in_id"),
    )

    sign_in_id: Mapped[int] = mapped_column(ForeignKey("mail_sign_in.id", ondelete="CASCADE"))
    scope: Mapped[str]
    sealed_token: Mapped[str]
    expires_at: Mapped[datetime]


class SuppressedAddress(Base):
    """One address and one reason, as a hash to compare addresses with.

    It outlives its people: a list of the next year has the same addresses.
    """

    __tablename__ = "suppressed_address"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("sending_account.id", ondelete="CASCADE"), primary_key=True
    )
    # See `sealing.own_keys`.
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[Suppression] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now)
