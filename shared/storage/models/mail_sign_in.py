"""Mail accounts that somebody signed in to at their provider, and what this program holds of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base


class MailSignIn(Base):
    """How one account is signed in to with tokens (OAuth 2.0, RFC 6749).

    It stands there from when this way is chosen; before anybody has signed in it holds no token.
    """

    __tablename__ = "mail_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("sending_account.id", ondelete="CASCADE"), unique=True
    )
    # One of `shared.mail.tokens.registration.MailProvider`.
    provider: Mapped[str]
    # What is asked for, separated by blanks.
    scope: Mapped[str]
    # Where a provider is asked that an organizer named, and as which program; of the providers in
    # the settings these stay empty.
    authorize_url: Mapped[str] = mapped_column(default="")
    token_url: Mapped[str] = mapped_column(default="")
    client_id: Mapped[str] = mapped_column(default="")
    sealed_client_secret: Mapped[str | None]
    # The owner entered them: they may lie in a private network.
    urls_by_owner: Mapped[bool] = mapped_column(default=False)
    # Opens for this account's user, server and encryption only.
    sealed_refresh_token: Mapped[str | None]
    # Who signed in, as the provider told; empty: it did not.
    address: Mapped[str] = mapped_column(default="")
    signed_in_at: Mapped[datetime | None]
    # Why the provider gives no tokens any more, one of `shared.errors.mail_sign_in`.
    trouble: Mapped[str] = mapped_column(default="")
    # Until then one process alone asks the provider.
    renewing_until: Mapped[datetime | None]
    # Counts what was signed in to or renewed, so that nobody stores over what is newer.
    version: Mapped[int] = mapped_column(default=0)


class MailAccessToken(Base):
    """What opens an account for about an hour, for one scope."""

    __tablename__ = "mail_access_token"
    __table_args__ = (
        UniqueConstraint("sign_in_id", "scope", name="uq_mail_access_token_sign_in_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in_id: Mapped[int] = mapped_column(ForeignKey("mail_sign_in.id", ondelete="CASCADE"))
    scope: Mapped[str]
    sealed_token: Mapped[str]
    expires_at: Mapped[datetime]
