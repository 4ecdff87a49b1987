"""Handing over by Microsoft Graph: what each answer and each fault makes of a message."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from shared.errors import SignInBusy, SignInEnded
from shared.findings import Level
from shared.mail.transport.graph import (
    BROKEN_OFF,
    LARGEST_MESSAGE,
    NO_ANSWER,
    TOO_LARGE,
    GraphTransport,
)
from shared.mail.transport.outcome import HELD_BACK, Outcome
from shared.mail.transport.protocol import Account
from shared.storage.models import Phase, Security, Verdict
from tests.support.graph_double import ADDRESS, TOKEN, Cut, GraphDouble, Refusal, Signed, answering

MESSAGE = (
    b"From: thanks@example.org\r\nTo: ana@example.net\r\nSubject: hello\r\n"
    b"Message-ID: <1-0123456789abcdef@example.org>\r\nAuto-Submitted: auto-generated\r\n"
    b"X-Auto-Response-Suppress: OOF, AutoReply\r\n\r\nHello\r\n.\r\n"
)


@dataclass
class Refused:
    fault: Exception

    def __call__(self, refused: str) -> str:
        raise self.fault


@pytest.fixture
def graph() -> Iterator[GraphDouble]:
    with GraphDouble() as double:
        yield double


@pytest.fixture
def transport(graph: GraphDouble) -> Iterator[GraphTransport]:
    opened = transport_to(graph.url)
    yield opened
    opened.close()


def transport_to(url: str, token: Signed | Refused | None = None) -> GraphTransport:
    account = Account(
        host="127.0.0.1",
        port=443,
        security=Security.TLS,
        from_address=ADDRESS,
        username=ADDRESS,
        timeout=0.5,
        transport="graph",
        token=token or Signed(),
        service_url=url,
    )
    return GraphTransport(account)


def deliver(transport: GraphTransport) -> Outcome:
    return transport.deliver(MESSAGE, "ana@example.net")


def test_a_message_arrives_byte_for_byte(graph: GraphDouble, transport: GraphTransport):
    assert deliver(transport).verdict is Verdict.SENT
    (taken,) = graph.taken
    assert taken.content == MESSAGE
    assert taken.recipients == ["ana@example.net"]


def test_one_connection_carries_many_messages(graph: GraphDouble, transport: GraphTransport):
    assert {deliver(transport).verdict for _ in range(5)} == {Verdict.SENT}
    assert (len(graph.taken), graph.connections) == (5, 1)


def test_what_was_taken_is_sent_whatever_else_the_answer_says(
    graph: GraphDouble, transport: GraphTransport
):
    graph.accepted_headers = {"Retry-After": "120"}
    outcome = deliver(transport)
    assert (outcome.verdict, outcome.code, outcome.wait) == (Verdict.SENT, 202, None)


REFUSALS = [
    (Refusal(200), Verdict.NEEDS_OPERATOR),
    (Refusal(413), Verdict.NEEDS_OPERATOR),
    (Refusal(400, "ErrorMessageSizeExceeded"), Verdict.NEEDS_OPERATOR),
    (Refusal(429, "ApplicationThrottled"), Verdict.PAUSE),
    (Refusal(429, "TooManyRequests"), Verdict.PAUSE),
    (Refusal(429, "ErrorExceededMessageLimit"), Verdict.PAUSE),
    (Refusal(403, "ErrorExceededMessageLimit"), Verdict.PAUSE),
    (Refusal(403, "ErrorMessageSubmissionBlocked"), Verdict.NEEDS_OPERATOR),
    (Refusal(403, "ErrorSendAsDenied"), Verdict.NEEDS_OPERATOR),
    (Refusal(400, "ErrorInvalidRecipients"), Verdict.REJECTED),
    (Refusal(403, "ErrorAccessDenied"), Verdict.NEEDS_OPERATOR),
    (Refusal(404, "MailboxNotEnabledForRESTAPI"), Verdict.NEEDS_OPERATOR),
    (Refusal(507, "ErrorQuotaExceeded"), Verdict.NEEDS_OPERATOR),
    (Refusal(500, "ErrorInternalServerError"), Verdict.UNSURE),
    (Refusal(502), Verdict.UNSURE),
    (Refusal(503, "ServiceUnavailable"), Verdict.UNSURE),
    (Refusal(504), Verdict.UNSURE),
    (Refusal(400, "ErrorMimeContentInvalid"), Verdict.RETRY),
    (Refusal(302), Verdict.NEEDS_OPERATOR),
    (Refusal(201), Verdict.UNSURE),
]


@pytest.mark.parametrize(("refusal", "verdict"), REFUSALS, ids=str)
def test_each_answer_has_one_meaning(
    graph: GraphDouble, transport: GraphTransport, refusal: Refusal, verdict: Verdict
):
    graph.script = answering("sendMail", refusal)
    outcome = deliver(transport)
    assert (outcome.verdict, outcome.phase, outcome.code) == (
        verdict,
        Phase.CONTENT,
        refusal.status,
    )
    assert refusal.code in outcome.text or outcome.text == TOO_LARGE
    # The next message is not part of this conversation.
    graph.script = lambda asked: None
    assert deliver(transport).verdict is Verdict.SENT


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(seconds=1)),
        ("999999999999", timedelta(days=1)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", timedelta(seconds=1)),
        ("soon", None),
    ],
)
def test_the_account_waits_as_long_as_it_is_asked_to(
    graph: GraphDouble, transport: GraphTransport, header: str, wait: timedelta | None
):
    refusal = Refusal(429, "ApplicationThrottled", headers={"Retry-After": header})
    graph.script = answering("sendMail", refusal)
    assert deliver(transport).wait == wait


def test_the_days_limit_holds_for_a_day(graph: GraphDouble, transport: GraphTransport):
    refusal = Refusal(429, "ErrorExceededMessageLimit", headers={"Retry-After": "5"})
    graph.script = answering("sendMail", refusal)
    assert deliver(transport).wait == timedelta(days=1)


def test_what_was_throttled_may_have_left(graph: GraphDouble, transport: GraphTransport):
    graph.script = answering("sendMail", Refusal(429, "ApplicationThrottled", keeps=True))
    assert deliver(transport).may_have_left
    graph.script = answering("sendMail", Refusal(429, "ErrorExceededMessageLimit"))
    assert not deliver(transport).may_have_left


def test_while_microsoft_is_ill_the_account_rests(graph: GraphDouble, transport: GraphTransport):
    refusal = Refusal(503, "ServiceUnavailable", headers={"Retry-After": "30"})
    graph.script = answering("sendMail", refusal)
    outcome = deliver(transport)
    assert outcome.wait == timedelta(seconds=30)


def test_an_answer_that_is_lost_leaves_the_outcome_open(
    graph: GraphDouble, transport: GraphTransport
):
    for cut in (Cut.AFTER_THE_BODY, Cut.LOSE_THE_ANSWER, Cut.HANG):
        graph.script = answering("sendMail", cut)
        outcome = deliver(transport)
        assert (outcome.verdict, outcome.text) == (Verdict.UNSURE, NO_ANSWER)
    assert len(graph.taken) == 1


def test_what_breaks_off_before_the_message_is_tried_again(
    graph: GraphDouble, transport: GraphTransport
):
    graph.script = answering("sendMail", Cut.BEFORE_THE_BODY)

    def when_it_is_cut() -> bool:
        while not transport.was_closed():
            pass
        return True

    outcome = transport.deliver(MESSAGE, "ana@example.net", when_it_is_cut)
    assert (outcome.verdict, outcome.text) == (Verdict.RETRY, BROKEN_OFF)


def test_where_nobody_listens_the_account_pauses():
    with GraphDouble() as gone:
        pass
    outcome = deliver(transport_to(gone.url))
    assert (outcome.verdict, outcome.phase) == (Verdict.PAUSE, Phase.CONNECT)


def test_a_message_can_be_held_back_until_its_first_byte(
    graph: GraphDouble, transport: GraphTransport
):
    asked = []

    def before() -> bool:
        asked.append(len(graph.requests))
        return False

    assert transport.deliver(MESSAGE, "ana@example.net", before) == HELD_BACK
    assert len(asked) == 1
    assert deliver(transport).verdict is Verdict.SENT
    assert len(graph.taken) == 1


def test_a_database_that_is_away_lets_nothing_out(graph: GraphDouble, transport: GraphTransport):
    def before() -> bool:
        raise LookupError

    with pytest.raises(LookupError):
        transport.deliver(MESSAGE, "ana@example.net", before)
    assert deliver(transport).verdict is Verdict.SENT
    assert len(graph.taken) == 1


def test_a_token_that_is_refused_is_renewed_once(graph: GraphDouble):
    token = Signed("old", TOKEN)
    asked = []
    transport = transport_to(graph.url, token)
    outcome = transport.deliver(MESSAGE, "ana@example.net", lambda: asked.append(1) or True)
    assert (outcome.verdict, token.renewals, len(asked)) == (Verdict.SENT, 1, 1)
    token.second = "old, too"
    outcome = deliver(transport)
    assert (outcome.verdict, outcome.phase) == (Verdict.NEEDS_OPERATOR, Phase.AUTH)
    assert token.renewals == 2
    assert len(graph.taken) == 1
    transport.close()


@pytest.mark.parametrize(
    ("fault", "verdict"),
    [(SignInEnded(), Verdict.NEEDS_OPERATOR), (SignInBusy(), Verdict.PAUSE)],
)
def test_without_a_token_nothing_is_asked(graph: GraphDouble, fault: Exception, verdict: Verdict):
    outcome = deliver(transport_to(graph.url, Refused(fault)))
    assert (outcome.verdict, outcome.phase) == (verdict, Phase.AUTH)
    assert graph.requests == []


def test_what_is_too_large_is_refused_here(graph: GraphDouble, transport: GraphTransport):
    fits = MESSAGE + b"x" * (LARGEST_MESSAGE - len(MESSAGE))
    assert transport.deliver(fits, "ana@example.net").verdict is Verdict.SENT
    outcome = transport.deliver(fits + b"x", "ana@example.net")
    assert (outcome.verdict, outcome.phase) == (Verdict.NEEDS_OPERATOR, Phase.COMPOSE)
    assert len(graph.requests) == 1


def test_the_check_says_who_is_signed_in(graph: GraphDouble, transport: GraphTransport):
    (finding,) = transport.check()
    assert finding.said("en") == "Microsoft accepts the sign-in of thanks@example.org."
    assert not finding.stops
    assert graph.taken == []


def test_the_check_finds_what_a_person_has_to_fix(graph: GraphDouble, transport: GraphTransport):
    graph.script = answering("/me", Refusal(403, "ErrorAccessDenied", "Access is denied."))
    (finding,) = transport.check()
    assert (finding.level, finding.stops) == (Level.RED, True)
    assert "ErrorAccessDenied" in finding.said("en")
    graph.script = answering("/me", Refusal(503))
    (finding,) = transport.check()
    assert (finding.level, finding.stops) == (Level.AMBER, True)
