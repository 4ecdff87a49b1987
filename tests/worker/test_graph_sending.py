"""An event sends by Microsoft Graph: whole, once, within its limits, and through every trouble."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.acts.go_live import check_and_go_live
from shared.destinations import PUBLIC
from shared.events.installation import Installation
from shared.findings import Level
from shared.mail.queue.standing import Standing, Why, of_sending
from shared.mail.transport.protocol import Account
from shared.preflight.flight_check import check_account
from shared.storage.models import Event, Mail, MailState, Problem, Status, Volunteer
from tests.support.factories import design
from tests.support.graph_double import Cut, GraphDouble, Refusal, answering, at
from tests.support.graph_sending import at_graph, enter_account, sign_in
from tests.support.mail_identity import MailIdentity
from tests.support.mail_sign_ins import SENDER, expire, identity, served_identity
from tests.support.mailing import (
    count_mails,
    have_left,
    invite,
    pass_time,
    statuses,
    token_of_first,
    wait_until,
    working,
)
from tests.support.submitting import submit_name

__all__ = ["identity", "served_identity"]


@pytest.fixture
def graph() -> Iterator[GraphDouble]:
    with GraphDouble() as double:
        yield double


@pytest.fixture
def signed_in(
    installation: Installation, event_id: int, identity: MailIdentity, graph: GraphDouble
) -> Installation:
    """The event is live from an account that somebody signed in to with Microsoft."""
    registered = at_graph(installation, graph, identity)
    enter_account(registered, event_id)
    sign_in(registered, event_id, identity)
    design(registered.database, event_id)
    assert check_and_go_live(registered, event_id).level is Level.GREEN
    graph.requests.clear()
    return registered


def state(installation: Installation, event_id: int) -> Why:
    with installation.database.reading() as session:
        return of_sending(session, session.get_one(Event, event_id), "en")


def problems(installation: Installation) -> list[Problem | None]:
    with installation.database.reading() as session:
        return list(session.scalars(select(Volunteer.problem).order_by(Volunteer.id)))


def sends(graph: GraphDouble) -> int:
    return sum(asked == "POST /me/sendMail" for asked in graph.requests)


def test_a_whole_event_leaves_by_graph(signed_in: Installation, event_id: int, graph: GraphDouble):
    invite(signed_in, event_id, 3)
    with working(signed_in):
        wait_until(lambda: have_left(signed_in, 3))
        token = token_of_first(signed_in)
        with signed_in.database.writing() as session:
            submit_name(session, signed_in.settings, signed_in.seal, token, "Ana Silva")
        wait_until(lambda: have_left(signed_in, 4))
    assert statuses(signed_in.database) == [Status.MAILED, Status.INVITED, Status.INVITED]
    assert sorted(graph.recipients()) == ["v0@example.org", *graph_of(3)]
    certificate = graph.taken[-1].left
    assert str(certificate["From"]).endswith(f"<{SENDER}>")
    assert "image/jpeg" in [part.get_content_type() for part in certificate.walk()]
    assert graph.most_at_once <= 4


def graph_of(count: int) -> list[str]:
    return [f"v{number}@example.org" for number in range(count)]


def test_a_token_that_ends_among_forty_mails_is_renewed_once_and_each_mail_leaves_once(
    signed_in: Installation, event_id: int, graph: GraphDouble, identity: MailIdentity
):
    graph.answered = at(20, identity.end_access)
    addresses = invite(signed_in, event_id, 40)
    with working(signed_in):
        wait_until(lambda: have_left(signed_in, 40))
    assert sorted(graph.recipients()) == sorted(addresses)
    assert identity.renewals == 1
    # For mails, for the check before, and for the inbox, which a worker looks into at its start.
    assert graph.connections <= 4 + 1 + 1


def test_after_a_refused_renewal_the_account_waits_with_a_sentence_until_somebody_signs_in(
    signed_in: Installation, event_id: int, graph: GraphDouble, identity: MailIdentity
):
    identity.refuses = (400, "invalid_grant", "AADSTS50173: the password was changed")
    expire(signed_in)
    invite(signed_in, event_id, 3)
    with working(signed_in):
        wait_until(lambda: state(signed_in, event_id).standing is Standing.NEEDS_FIXING)
        assert "sign in again" in state(signed_in, event_id).cure
        assert graph.taken == []
        wait_until(lambda: count_mails(signed_in, MailState.SENDING) == 0)
        identity.refuses = None
        sign_in(signed_in, event_id, identity)
        wait_until(lambda: have_left(signed_in, 3))
    assert len(graph.taken) == 3


def test_throttled_for_an_hour_the_account_asks_no_more_until_it_is_over(
    signed_in: Installation, event_id: int, graph: GraphDouble
):
    hour = Refusal(429, "ApplicationThrottled", headers={"Retry-After": "3600"})
    graph.script = answering("sendMail", hour)
    invite(signed_in, event_id, 12)
    with working(signed_in):
        wait_until(lambda: state(signed_in, event_id).standing is Standing.PAUSED)
        wait_until(lambda: count_mails(signed_in, MailState.SENDING) == 0)
        refused = sends(graph)
        assert refused <= 4
        graph.script = lambda asked: None
        pass_time(signed_in.database, timedelta(minutes=58))
        assert state(signed_in, event_id).standing is Standing.PAUSED
        pass_time(signed_in.database, timedelta(minutes=2))
        wait_until(lambda: have_left(signed_in, 12))
    assert sends(graph) == 12 + refused
    # Microsoft may have let out what it refused so.
    assert flagged(signed_in) == refused


def flagged(installation: Installation) -> int:
    with installation.database.reading() as session:
        return len(session.scalars(select(Mail.id).where(Mail.maybe_duplicate)).all())


def test_while_microsoft_is_ill_one_mail_after_another_is_risked_and_no_more(
    signed_in: Installation, event_id: int, graph: GraphDouble
):
    graph.script = answering("sendMail", Refusal(503, "ServiceUnavailable"))
    invite(signed_in, event_id, 40)
    with working(signed_in):
        wait_until(lambda: state(signed_in, event_id).standing is Standing.PAUSED)
        wait_until(lambda: count_mails(signed_in, MailState.SENDING) == 0)
        assert sends(graph) <= 4
        # Three that left one after the other ask a person, before the account could rest.
        advice = state(signed_in, event_id).cure
        assert "Sent Items" in advice or "or check one sent to you" in advice


def test_what_may_have_left_is_left_to_a_person_where_they_want_to_be_asked(
    signed_in: Installation, event_id: int, graph: GraphDouble
):
    with signed_in.database.writing() as session:
        session.get_one(Event, event_id).ask_when_unsure = True
    graph.script = answering("sendMail", Cut.LOSE_THE_ANSWER)
    invite(signed_in, event_id, 1)
    with working(signed_in):
        wait_until(lambda: count_mails(signed_in, MailState.UNSURE) == 1)
    assert problems(signed_in) == [Problem.UNKNOWN_OUTCOME]
    assert sends(graph) == 1


def test_an_address_that_nobody_has_is_flagged_when_the_mail_comes_back(
    signed_in: Installation, event_id: int, graph: GraphDouble
):
    graph.unknown = {"v1@example.org"}
    signed_in.settings.mailbox_interval = 1
    invite(signed_in, event_id, 3)
    with working(signed_in):
        wait_until(lambda: have_left(signed_in, 2) and any(problems(signed_in)))
    assert problems(signed_in) == [None, Problem.CAME_BACK, None]
    assert len(graph.taken) == 3


def test_an_address_that_microsoft_refuses_at_once_holds_nobody_else(
    signed_in: Installation, event_id: int, graph: GraphDouble
):
    refused = Refusal(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
    graph.script = once(refused)
    invite(signed_in, event_id, 3)
    with working(signed_in):
        wait_until(lambda: have_left(signed_in, 2))
    assert sorted(map(str, problems(signed_in))) == ["None", "None", "refused_address"]


def test_an_outlook_address_leaves_from_its_own_provider(signed_in: Installation, event_id: int):
    with signed_in.database.writing() as session:
        session.get_one(Event, event_id).from_address = "thanks@outlook.com"
    with signed_in.database.reading() as session:
        event = session.get_one(Event, event_id)
        assert event.account is not None
        checked = Account.of(event.account, event.from_address, PUBLIC)
    levels = {one.subject: one.level for one in check_account(signed_in, event_id, checked)}
    assert levels == {"Mail account": Level.GREEN, "Sender's domain": Level.GREEN}


def once(refusal: Refusal) -> Callable[[str], Refusal | None]:
    left = [refusal]
    return lambda asked: left.pop() if "sendMail" in asked and left else None
