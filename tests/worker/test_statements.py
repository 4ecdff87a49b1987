"""The statements that one certificate's mail costs a worker, from the claim to its outcome."""

from shared.events.installation import Installation
from shared.storage.models import Status
from shared.worker.batcher import Batcher
from shared.worker.composing import compose
from tests.support.mailing import invite
from tests.support.sending_steps import (
    LEASE,
    SENT,
    add_account,
    begin,
    claim,
    settle,
    submit,
    volunteer_of,
)
from tests.support.statements import statements_of


def test_a_certificates_mail_costs_no_more_statements_than_before(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    (invitation,) = claim(database)
    assert begin(database, invitation)
    assert settle(database, invitation, SENT)
    submit(installation, event_id)
    batcher = Batcher(database, LEASE)
    with statements_of(database) as run:
        (certificate,) = claim(database)
        assert compose(installation, certificate)
        assert batcher.begin_hand_over(certificate)
        batcher.settle(certificate, SENT)
    assert volunteer_of(database, certificate).status == Status.MAILED
    asked = [statement for statement in run if statement != "BEGIN"]
    # PostgreSQL is asked for the time as well: at the claim, the hand-over and the outcome.
    assert len(asked) == (18 if database.is_sqlite else 21)
