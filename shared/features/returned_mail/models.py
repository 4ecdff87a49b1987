"""The tables of returned mail: where it is read or told of, the reports, and what is sealed."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models import Security, SendingAccount, now
from shared.storage.models.base import Numbered
from shared.storage.sealing.key_rotation import bound
from shared.storage.sealing.passwords import Binding
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import partial_index

IMAP = "imap"


class BounceMailbox(Numbered):
    """The place where reports about one account's mails arrive, and how far it has been read."""

    __tablename__ = "bounce_mailbox"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("sending_account.id", ondelete="CASCADE"), unique=True
    )
    # IMAP, or the transport of the account, whose own inbox it is then.
    way: Mapped[str] = mapped_column(default=IMAP, server_default=IMAP)
    host: Mapped[str]
    port: Mapped[int]
    security: Mapped[Security]
    username: Mapped[str]
    # Can be unsealed for this user, server and encryption only.
    sealed_password: Mapped[str | None]
    # The owner entered it, so it may be in a private network.
    host_by_owner: Mapped[bool] = mapped_column(default=False)
    folder: Mapped[str] = mapped_column(default="INBOX")
    # The folder to which reports are moved once read; empty: they stay.
    move_to: Mapped[str] = mapped_column(default="")
    # UIDVALIDITY (RFC 3501, 2.3.1.1), and the last UID that was read.
    uid_validity: Mapped[int | None] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger, default=0)
    # In the account's own inbox: the time of arrival of the newest mail that was read.
    read_until: Mapped[datetime | None]
    # When the next look is due; while a worker looks, when another worker may.
    next_look_at: Mapped[datetime] = mapped_column(default=now)
    looked_at: Mapped[datetime | None]
    # Why the last look failed, empty if it did not, and how many failed since one succeeded.
    trouble: Mapped[str] = mapped_column(default="")
    failed_looks: Mapped[int] = mapped_column(default=0, server_default="0")
    # Only programs of the version before use these.
    batch: Mapped[int] = mapped_column(default=200, server_default="200")
    may_leave: Mapped[int | None] = mapped_column(default=200, server_default="200")
    used_up_at: Mapped[datetime | None]


class BounceWebhook(Numbered):
    """The address at which a relay reports one account's returned mail."""

    __tablename__ = "bounce_webhook"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("sending_account.id", ondelete="CASCADE"), unique=True
    )
    # One of `webhooks.services`.
    service: Mapped[str] = mapped_column(String(32))
    # What the secret in the address is derived from, and its hash (SHA-256).
    nonce: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(String(64))
    # What an organizer entered to prove events by, where the service has such a thing.
    sealed_key: Mapped[str | None]
    # When it last brought something that was proven, and why the last event was refused.
    heard_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(default="")


class BounceReport(Numbered):
    """A report that was matched to a mail, so that reading it again changes nothing."""

    __tablename__ = "bounce_report"
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id", ondelete="CASCADE"), index=True)
    # A hash of the report.
    key: Mapped[str] = mapped_column(String(64), unique=True)
    # One of `recipient.BounceVerdict`.
    verdict: Mapped[str] = mapped_column(String(32))
    # The recipient of the mail, and what the server said.
    address: Mapped[str]
    answer: Mapped[str]
    code: Mapped[int] = mapped_column(default=550, server_default="550")
    # Without proof that it is about our mail: a person decides whether to believe it.
    is_open: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Proven, or believed by a person: only such a report counts for the speed of an account.
    counts: Mapped[bool] = mapped_column(default=True, server_default=true())
    found_at: Mapped[datetime] = mapped_column(default=now)


partial_index("ix_bounce_report_open", BounceReport.mail_id, where=BounceReport.is_open)

# Loaded with an account whose mails are claimed: the core loads whatever features relate to it.
for _name, _related in {"mailbox": BounceMailbox, "webhook": BounceWebhook}.items():
    _relation = relationship(_related, viewonly=True, uselist=False)
    SendingAccount.__mapper__.add_property(_name, _relation)


def mailbox_with(account: SendingAccount) -> BounceMailbox | None:
    """Return where the returned mail of an account is read, as it was loaded with the account."""
    found: BounceMailbox | None = account.mailbox  # type: ignore[attr-defined]
    return found


def webhook_with(account: SendingAccount) -> BounceWebhook | None:
    """Return where a relay tells of the account's returned mail, as loaded with the account."""
    found: BounceWebhook | None = account.webhook  # type: ignore[attr-defined]
    return found


def mailbox_binding_of(mailbox: BounceMailbox) -> Binding:
    """Return the binding of a mailbox's password: a sending password opens nothing there."""
    place = (mailbox.username, mailbox.host, str(mailbox.port), mailbox.security.value)
    return ("imap", *place)


def webhook_binding_of(service: str) -> Binding:
    """Return the binding of the key that proves a webhook's reports."""
    return ("webhook", service)


def open_mailbox_password(seal: Seal, mailbox: BounceMailbox) -> str:
    """Return the password of a mailbox that has one. Raises SettingRefused if no key opens it."""
    return seal.open_bound(mailbox.sealed_password or "", mailbox_binding_of(mailbox))


SEALED = (
    bound(BounceMailbox.sealed_password, mailbox_binding_of, BounceMailbox),
    bound(BounceWebhook.sealed_key, webhook_binding_of, BounceWebhook.service),
)
