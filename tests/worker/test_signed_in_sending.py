"""An event sends from an account that somebody signed in to: whole, once, and after trouble."""

from datetime import timedelta

import pytest

from shared.acts.go_live import check_and_go_live
from shared.destinations import ANYWHERE
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.findings import Level
from shared.mail.accounts.sending_account import set_account
from shared.mail.queue.standing import Standing, of_sending
from shared.storage.models import Event, Security, Status
from tests.support.factories import design
from tests.support.mail_identity import MailIdentity
from tests.support.mail_sign_ins import (
    SENDER,
    at_identity,
    expire,
    identity,
    served_identity,
    sign_in,
)
from tests.support.mailing import (
    have_left,
    invite,
    pass_time,
    statuses,
    token_of_first,
    wait_until,
    working,
)
from tests.support.smtp_sink import Fault, SmtpSink, Step
from tests.support.submitting import submit_name
from tests.support.trusted_sink import sink

__all__ = ["identity", "served_identity", "sink"]

MINUTE = timedelta(minutes=1)


@pytest.fixture
def signed_in(
    installation: Installation, event_id: int, identity: MailIdentity, sink: SmtpSink
) -> Installation:
    """The event is live from an account at the sink, which takes the provider's tokens alone."""
    sink.opens = lambda user, token: identity.opens(token, user, "SMTP.Send")
    registered = at_identity(installation, identity)
    with registered.database.writing() as session:
        event = event_for_change(session, event_id)
        account = set_account(
            session, registered.seal, event, username=SENDER, server_address=sink.host,
            smtp_port=sink.port, security=Security.TLS, reach=ANYWHERE,
        )  # fmt: skip
        account.connections = 1
    sign_in(registered, event_id, identity)
    design(registered.database, event_id)
    assert check_and_go_live(registered, event_id).level is Level.GREEN
    return registered


def test_a_whole_event_leaves_from_an_account_without_a_password(signed_in, event_id, sink):
    invite(signed_in, event_id, 3)
    with working(signed_in):
        wait_until(lambda: have_left(signed_in, 3))
        token = token_of_first(signed_in)
        with signed_in.database.writing() as session:
            submit_name(session, signed_in.settings, signed_in.seal, token, "Ana Silva")
        wait_until(lambda: have_left(signed_in, 4))
    assert statuses(signed_in.database) == [Status.MAILED, Status.INVITED, Status.INVITED]
    assert {(mail.username, mail.sender) for mail in sink.received} == {(SENDER, SENDER)}


def test_a_token_that_ends_among_forty_mails_is_renewed_once_and_each_mail_leaves_once(
    signed_in, event_id, sink, identity
):
    def script(step: Step) -> Fault | None:
        if step.phase == "mail" and step.mail == 20:
            identity.end_access()
            return Fault.DROP
        return None

    sink.script = script
    addresses = invite(signed_in, event_id, 40)
    with working(signed_in):
        wait_until(lambda: have_left(signed_in, 40))
    assert sorted(sink.recipients()) == sorted(addresses)
    assert identity.renewals == 1


def test_after_a_refused_renewal_the_account_waits_with_a_sentence_until_somebody_signs_in(
    signed_in, event_id, sink, identity
):
    identity.refuses = (400, "invalid_grant", "AADSTS50173: the password was changed")
    expire(signed_in)
    invite(signed_in, event_id, 3)
    with working(signed_in):
        wait_until(lambda: standing(signed_in, event_id) is Standing.NEEDS_FIXING)
        assert "sign in again" in advice(signed_in, event_id)
        assert sink.received == []
        identity.refuses = None
        sign_in(signed_in, event_id, identity)
        wait_until(lambda: have_left(signed_in, 3))


def test_while_the_provider_is_busy_the_account_rests_and_goes_on_by_itself(
    signed_in, event_id, sink, identity
):
    identity.refuses = (503, "temporarily_unavailable", "")
    expire(signed_in)
    invite(signed_in, event_id, 2)
    with working(signed_in):
        wait_until(lambda: standing(signed_in, event_id) is Standing.PAUSED)
        assert "We retry automatically" in advice(signed_in, event_id)
        identity.refuses = None
        wait_until(lambda: rested(signed_in))


def rested(installation: Installation) -> bool:
    """Minutes pass, one after the other, until both have left."""
    if not have_left(installation, 2):
        pass_time(installation.database, MINUTE)
    return have_left(installation, 2)


def standing(installation: Installation, event_id: int) -> Standing:
    with installation.database.reading() as session:
        return of_sending(session, session.get_one(Event, event_id), "en").standing


def advice(installation: Installation, event_id: int) -> str:
    with installation.database.reading() as session:
        return of_sending(session, session.get_one(Event, event_id), "en").cure
