"""The log: one row for each act of a person."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Numbered, now
from shared.storage.states import Action, Role
from shared.storage.traits import partial_index, trait


class AuditEntry(Numbered):
    """An act, by whom, and about whom: ids and names of fields, never their contents.

    No id here is a foreign key: an entry outlives the event, the key and the person that it names.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        # For a page of the log: all, one kind of act, one person, both, and a network.
        Index("ix_audit_entry_at", "event_id", "at", "id"),
        Index("ix_audit_entry_action", "event_id", "action", "at", "id"),
        Index("ix_audit_entry_by", "event_id", "by_key_id", "by_role", "at", "id"),
        Index("ix_audit_entry_by_action", "event_id", "by_key_id", "by_role", "action", "at", "id"),
        Index("ix_audit_entry_network", "event_id", "network", "at", "id"),
        # For entries older than the log is kept.
        Index("ix_audit_entry_age", "at"),
    )

    at: Mapped[datetime] = mapped_column(default=now)
    # None: it is about no event in particular, or about an unknown one.
    event_id: Mapped[int | None]
    action: Mapped[Action]
    # As in `Actor`; all three are empty if the program or a volunteer did it.
    by_key_id: Mapped[int | None]
    by_role: Mapped[Role | None]
    by_name: Mapped[str] = mapped_column(default="")
    network: Mapped[str] = mapped_column(default="")
    # The person, and the key, that it is about.
    volunteer_id: Mapped[int | None]
    key_id: Mapped[int | None]
    # How many it is about, if many.
    count: Mapped[int | None]
    # Names of fields, kinds of message, formats of files: the program's own names.
    fields: Mapped[list[str]] = mapped_column(default=list)


ABOUT_A_VOLUNTEER = AuditEntry.volunteer_id.is_not(None)
# Organizers are shown a notice of it (`log.audit_log`).
NOTICED = trait(
    AuditEntry.action.in_(
        [
            Action.ACCOUNT_CHANGED,
            Action.ACCOUNT_FORGOTTEN,
            Action.KEY_CREATED,
            Action.KEY_REVOKED,
            Action.TOKEN_RENEWED,
            Action.INVITATION_TAKEN,
            Action.IDENTITY_BOUND,
            Action.RETENTION_CHANGED,
            Action.OWNER_TOKEN_CHANGED,
            Action.SEALING_KEYS_ROTATED,
        ]
    )
)

_EVENT, _AT, _ID = AuditEntry.event_id, AuditEntry.at, AuditEntry.id
partial_index(
    "ix_audit_entry_volunteer", _EVENT, AuditEntry.volunteer_id, _AT, _ID, where=ABOUT_A_VOLUNTEER
)
partial_index("ix_audit_entry_noticed", _EVENT, _AT, _ID, where=NOTICED)
