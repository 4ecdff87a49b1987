"""A message in one worker's hands."""

from dataclasses import dataclass

from shared.mail.kinds.registry import Kind
from shared.storage.models import Certificate, Event, SendingAccount, Volunteer


@dataclass(frozen=True)
class Claimed:
    """A message in one worker's hands until the lease ends. The rows are for reading only."""

    mail_id: int
    try_number: int
    attempt_id: int
    kind: Kind
    address: str
    message_id: str
    # For a test mail: the kind of message that it shows, and the group (None: everybody).
    wording_of: str
    group_id: int | None
    event: Event
    account: SendingAccount | None
    volunteer: Volunteer | None
    certificate: Certificate | None
    # Before the claim: what an account's answer changes from then on, it may not have seen
    # (monotonic, like the next).
    claimed_at: float
    # When its account's pause after the mail before is over.
    not_before: float

    @property
    def account_id(self) -> int | None:
        """None in rehearsal."""
        return self.account.id if self.account else None

    @property
    def names(self) -> dict[str, int | None]:
        """What names this try, and what it is about, in statements."""
        return {
            "mail": self.mail_id,
            "try": self.try_number,
            "attempt": self.attempt_id,
            "volunteer": self.volunteer.id if self.volunteer else None,
            "certificate": self.certificate.id if self.certificate else None,
        }

    @property
    def is_proof(self) -> bool:
        """Whether the event goes live when the server accepts this mail."""
        is_test = self.kind.for_organizer and self.account is not None
        return is_test and self.event.live_at is None
