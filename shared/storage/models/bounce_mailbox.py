"""The mailboxes for returned mail, and the reports found in them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Numbered, now
from shared.storage.models.states import Security
from shared.storage.traits import partial_index

IMAP = "imap"


class BounceMailbox(Numbered):
    """Where reports about one account's mails arrive, and how far it has been read."""

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
    # Why the last look failed; empty if it did not.
    trouble: Mapped[str] = mapped_column(default="")
    # How many mails may leave the account between two looks, how many of them still may before the
    # next one (None: any number, since it did not come in time), and when the last was claimed.
    batch: Mapped[int] = mapped_column(default=200, server_default="200")
    may_leave: Mapped[int | None] = mapped_column(default=200, server_default="200")
    used_up_at: Mapped[datetime | None]


class BounceReport(Numbered):
    """A report that was matched to a mail, so that reading it again changes nothing."""

    __tablename__ = "bounce_report"
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id", ondelete="CASCADE"), index=True)
    # A hash of the report.
    key: Mapped[str] = mapped_column(String(64), unique=True)
    # One of `mail.bounces.recipient.BounceVerdict`.
    verdict: Mapped[str] = mapped_column(String(32))
    # The recipient of the mail, and what the server said.
    address: Mapped[str]
    answer: Mapped[str]
    code: Mapped[int] = mapped_column(default=550, server_default="550")
    # Without proof that it is about our mail: a person decides whether to believe it.
    is_open: Mapped[bool] = mapped_column(default=False, server_default=false())
    found_at: Mapped[datetime] = mapped_column(default=now)


partial_index("ix_bounce_report_open", BounceReport.mail_id, where=BounceReport.is_open)
