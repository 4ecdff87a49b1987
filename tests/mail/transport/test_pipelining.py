"""MAIL, RCPT and DATA in one exchange, where the server offers that (RFC 2920)."""

import itertools
import socket
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from shared.destinations import Reach
from shared.mail.transport.outcome import HELD_BACK, Outcome
from shared.mail.transport.smtp import SmtpTransport
from shared.storage.models import Phase, Security, Verdict
from tests.support.counting_line import counting_line
from tests.support.smtp_deliveries import MESSAGE, PASSWORD, account_of, connected
from tests.support.smtp_sink import Fault, Script, SmtpSink, Step, answering
from tests.support.thorough import one_in

MAILS = 50


def round_trips(sink: SmtpSink) -> float:
    """How often a mail waits for the server, with its share of connecting and signing in."""
    with counting_line(sink.port) as line:
        account = replace(account_of(sink, PASSWORD), port=line.port)
        with closing(SmtpTransport(account, sink.trusted)) as transport:
            for number in range(MAILS):
                outcome = transport.deliver(MESSAGE, f"v{number}@example.org")
                assert outcome.verdict is Verdict.SENT
    assert (len(sink.received), sink.visits) == (MAILS, 1)
    return line.round_trips / MAILS


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_mail_takes_two_round_trips_and_a_share_of_its_connection(security: Security) -> None:
    with SmtpSink(security=security) as sink:
        assert 2 <= round_trips(sink) <= 2.3


def test_a_server_that_offers_nothing_is_asked_step_by_step() -> None:
    with SmtpSink(security=Security.TLS, pipelining=False) as sink:
        assert 4 <= round_trips(sink) <= 4.3


def test_the_end_of_a_mail_does_not_wait_for_an_acknowledgement() -> None:
    """64 KB over TLS took 50 ms on loopback, and 2 ms since."""
    connections: list[socket.socket] = []

    class Kept(Reach):
        def connect(self, *where: Any, **how: Any) -> socket.socket:
            connections.append(super().connect(*where, **how))
            return connections[-1].dup()

    with SmtpSink() as sink:
        account = replace(account_of(sink), reach=Kept(is_unlimited=True))
        with closing(SmtpTransport(account)) as transport:
            assert transport.deliver(MESSAGE, "ana@example.org").verdict is Verdict.SENT
    with connections[0] as kept:
        assert kept.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_nothing_of_the_content_leaves_before_the_last_look() -> None:
    with SmtpSink() as sink, connected(sink) as transport:
        heard: list[bytes] = []

        def look() -> bool:
            heard.append(bytes(sink.heard))
            return False

        assert transport.deliver(MESSAGE, "ana@example.org", look) == HELD_BACK
        transport.close()
    assert heard[0].endswith(b"RCPT TO:<ana@example.org>\r\nDATA\r\n")
    assert sink.heard == heard[0]
    assert sink.received == sink.contents_for_nobody == []


@pytest.mark.parametrize("asks", [True, False])
def test_the_content_of_a_refused_recipient_is_a_lone_dot(asks: bool) -> None:
    def refuse_bo(step: Step) -> str | None:
        is_bo = step.phase == "rcpt" and step.recipient.startswith("bo@")
        return "550 5.1.1 no such user" if is_bo else None

    with (
        SmtpSink(refuse_bo, asks_for_nobodys_content=asks) as sink,
        connected(sink) as transport,
    ):
        verdicts = [transport.deliver(MESSAGE, f"{who}@x.org").verdict for who in ("bo", "ana")]
    assert verdicts == [Verdict.REJECTED, Verdict.SENT]
    assert sink.visits == 1
    assert sink.recipients() == ["ana@x.org"]
    assert sink.contents_for_nobody == [b""] * asks


def test_a_server_that_asks_for_content_without_a_sender_gets_none() -> None:
    script = answering("mail", "550 5.7.1 not you")
    with SmtpSink(script, asks_for_nobodys_content=True) as sink, connected(sink) as transport:
        outcome = transport.deliver(MESSAGE, "ana@example.org")
        assert (outcome.phase, outcome.code) == (Phase.MAIL, 550)
        assert not transport.is_open()
    assert sink.received == sink.contents_for_nobody == []


ANSWERS = (None, "451 4.3.0 later", "550 5.1.1 no", "421 4.3.2 closing", "25", Fault.DROP)


def test_every_way_to_answer_means_the_same_as_step_by_step() -> None:
    said: dict[str, str | Fault | None] = {}
    script: Script = lambda step: said.get(step.phase)  # noqa: E731
    with (
        SmtpSink(script, pipelining=False) as one_by_one,
        SmtpSink(script) as at_once,
        SmtpSink(script, asks_for_nobodys_content=True) as asking,
    ):
        for answers in one_in(5, itertools.product(ANSWERS, repeat=3)):
            said |= zip(("mail", "rcpt", "data"), answers, strict=True)
            outcomes = [outcome_and_next_mail(sink, said) for sink in (one_by_one, at_once, asking)]
            assert outcomes[0] == outcomes[1] == outcomes[2], answers


def outcome_and_next_mail(
    sink: SmtpSink, said: dict[str, str | Fault | None]
) -> tuple[Outcome, bool]:
    """The outcome of a mail, and whether it arrived; the next one always does."""
    sink.received.clear()
    sink.contents_for_nobody.clear()
    with connected(sink) as transport:
        outcome = transport.deliver(MESSAGE, "ana@example.org")
        has_arrived = sink.recipients() == ["ana@example.org"]
        before = said.copy()
        said.clear()
        assert transport.deliver(MESSAGE, "bo@example.org").verdict is Verdict.SENT
        said |= before
    assert sink.recipients() == ["ana@example.org"] * has_arrived + ["bo@example.org"]
    assert sink.contents_for_nobody in ([], [b""])
    return outcome, has_arrived
