"""Mail accounts that somebody signed in to at their provider, and what this program stores for
it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base


class MailSignIn(Base):
    """The sign-in to one account with tokens (OAuth 2.0, RFC 6749).

    The row exists as soon as this way is chosen; until somebody has signed in it holds no token.
    """

    __tablename__ = "mail_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
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
    # Why the provider no longer gives tokens, one of `shared.errors.mail_sign_in`.
    trouble: Mapped[str] = mapped_column(default="")
    # Until then only one process asks the provider.
    renewing_until: Mapped[datetime | None]
    # Counts sign-ins and renewals, so that nobody overwrites something newer.
    version: Mapped[int] = mapped_column(default=0)


class MailAccessToken(Base):
    """A token that opens an account for about an hour, for one scope."""

    __tablename__ = "mail_access_token"
    __table_args__ = (
        UniqueConstraint("sign_in_id", "scope", name="uq_mail_access_token_sign_in_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in_id: Mapped[int] = mapped_column(ForeignKey("mail_sign_in.id", ondelete="CASCADE"))
    scope: Mapped[str]
    sealed_token: Mapped[str]
    expires_at: Mapped[datetime]
