"""Withdrawing certificates, and undoing that if it was a mistake.

Nothing is deleted: the verification page says that a certificate was withdrawn, and its files
answer 410 as long as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select

from shared.acts import Counted, Turn
from shared.acts.chosen_people import ActOnHolders
from shared.certificates.issuing import chosen, sums
from shared.certificates.issuing.current import mails_of
from shared.errors import SettingRefused
from shared.language import N_
from shared.mail.queue import transitions
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.models import Action, Certificate, Event
from shared.storage.models.certificate import STANDING

LONGEST_REASON = 500


@dataclass(frozen=True)
class Withdraw(ActOnHolders):
    """Withdraw the certificates of these people for a reason that their owners read.

    Mails that still carry them are cancelled. Raises SettingRefused for a reason that is empty or
    too long.
    """

    reason: str

    action = Action.CERTIFICATES_WITHDRAWN
    label = N_("Withdrawing")
    summary = (
        Counted("{count} certificate was withdrawn.", "{count} certificates were withdrawn."),
    )

    def __post_init__(self) -> None:
        text = " ".join(self.reason.split())
        if not text:
            raise SettingRefused(field="reason", reason=N_("must give a reason"))
        if len(text) > LONGEST_REASON:
            raise SettingRefused(field="reason", reason=N_("is too long"))
        object.__setattr__(self, "reason", text)

    def holders(self, event: Event, people: chosen.People) -> Select[int]:
        return chosen.with_certificate(event, people)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        found, at = _certificates(turn, ids, STANDING), database_time(turn.session)
        before = sums.share_of(found)
        for certificate in found:
            certificate.withdrawn_at, certificate.withdrawal_reason = at, self.reason
            # If the certificate counts again, its owner is asked again.
            certificate.on_wall_at = None
        turn.session.flush()
        transitions.certificates_withdrawn(turn.session, *mails_of(found))
        hooks.features().voided(turn.session, found)
        sums.change(turn.session, turn.event.id, sums.SumShare() - before)
        return len(found)


@dataclass(frozen=True)
class UndoWithdrawal(ActOnHolders):
    """Make the certificates of these people valid again, and send mails that were cancelled.

    Their credentials are revoked for good; they get new ones.
    """

    action = Action.WITHDRAWALS_UNDONE
    label = N_("Undoing")
    summary = (
        Counted("{count} certificate is valid again.", "{count} certificates are valid again."),
    )

    def holders(self, event: Event, people: chosen.People) -> Select[int]:
        return chosen.with_withdrawn(event, people)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        at = database_time(turn.session)
        found = _certificates(turn, ids, chosen.withdrawn_by_organizer())
        for certificate in found:
            assert certificate.withdrawn_at is not None
            ended = {
                "at": certificate.withdrawn_at.isoformat(),
                "undone_at": at.isoformat(),
                "reason": certificate.withdrawal_reason,
            }
            certificate.undone_withdrawals = [*certificate.undone_withdrawals, ended]
            certificate.withdrawn_at, certificate.withdrawal_reason = None, ""
        hooks.features().issued(turn.session, found)
        turn.session.flush()
        transitions.withdrawals_undone(turn.session, at, *mails_of(found))
        sums.change(turn.session, turn.event.id, sums.share_of(found))
        return len(found)


def _certificates(
    turn: Turn, ids: Sequence[int], which: ColumnElement[bool]
) -> Sequence[Certificate]:
    """Return their certificates that meet the condition; the people are locked, as by a submit."""
    people = turn.people(ids)
    found = select(Certificate).where(
        Certificate.volunteer_id.in_([person.id for person in people]), which
    )
    return turn.session.scalars(found.execution_options(populate_existing=True)).all()
