"""The connection to a mail server: what each fault means, and what never leaves this machine."""

import base64
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mail.transport.outcome import HELD_BACK, Outcome
from shared.mail.transport.smtp import SmtpTransport, is_plain_address
from shared.storage.models import Phase, Security, Verdict
from tests.support.smtp_deliveries import MESSAGE, PASSWORD, TIMEOUT, account_of, connected
from tests.support.smtp_sink import Fault, SmtpSink, Step, answering, carrying


def deliver(sink: SmtpSink, to: str = "ana@example.org") -> Outcome:
    with connected(sink) as transport:
        return transport.deliver(MESSAGE, to)


def test_a_mail_arrives_byte_for_byte() -> None:
    with SmtpSink() as sink:
        assert deliver(sink) == Outcome(Verdict.SENT, Phase.CONTENT, 250, "2.0.0 ok")
    (mail,) = sink.received
    assert (mail.sender, mail.recipient) == ("thanks@example.org", "ana@example.org")
    assert mail.content == MESSAGE


def test_one_connection_carries_many_mails() -> None:
    with SmtpSink() as sink, connected(sink) as transport:
        for number in range(20):
            assert transport.deliver(MESSAGE, f"v{number}@example.org").verdict is Verdict.SENT
    assert sink.visits == 1
    assert len(sink.received) == 20


def test_a_refused_address_does_not_disturb_the_next_mail() -> None:
    def refuse_bo(step: Step) -> str | None:
        is_bo = step.phase == "rcpt" and step.recipient.startswith("bo@")
        return "550 5.1.1 no such user" if is_bo else None

    with SmtpSink(refuse_bo) as sink, connected(sink) as transport:
        verdicts = [transport.deliver(MESSAGE, f"{who}@x.org").verdict for who in ("bo", "ana")]
    assert verdicts == [Verdict.REJECTED, Verdict.SENT]
    assert sink.visits == 1


def test_a_server_that_closed_an_idle_connection_is_called_again() -> None:
    def close_before_the_second(step: Step) -> Fault | None:
        return Fault.DROP if step.phase == "mail" and step.mail == 2 else None

    with SmtpSink(close_before_the_second) as sink, connected(sink) as transport:
        verdicts = [transport.deliver(MESSAGE, "ana@example.org").verdict for _ in range(2)]
    assert verdicts == [Verdict.SENT, Verdict.SENT]
    assert (sink.visits, len(sink.received)) == (2, 2)


def test_a_server_that_allows_one_mail_a_connection_gets_one_connection_a_mail() -> None:
    def only_one(step: Step) -> str | None:
        is_second = step.phase == "mail" and step.mail == 2
        return "421 4.7.0 too many messages in this session" if is_second else None

    with SmtpSink(only_one) as sink, connected(sink) as transport:
        verdicts = [transport.deliver(MESSAGE, "ana@example.org").verdict for _ in range(2)]
    assert verdicts == [Verdict.SENT, Verdict.SENT]


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data"])
@pytest.mark.parametrize("stays", [True, False])
def test_a_421_ends_the_connection_and_the_mail_leaves_on_a_new_one(
    phase: str, stays: bool
) -> None:
    script = carrying(3, "421 too many messages in this connection", phase)
    with SmtpSink(script, stays_after_421=stays) as sink, connected(sink) as transport:
        outcomes = [transport.deliver(MESSAGE, f"v{n}@example.org").verdict for n in range(9)]
    assert outcomes == [Verdict.SENT] * 9
    assert sink.visits == 3
    # It was told once, and left before it was told again.
    assert sink.mails_begun == 10


def test_how_many_mails_a_connection_bears_is_known_to_all_of_the_account() -> None:
    script = carrying(3, "421 too many messages in this connection")
    with SmtpSink(script, stays_after_421=True) as sink:
        for _ in range(3):
            with connected(sink) as transport:
                for _ in range(4):
                    assert transport.deliver(MESSAGE, "ana@example.org").verdict is Verdict.SENT
    assert sink.mails_begun == 13


def test_a_421_that_asks_for_patience_says_nothing_about_the_connection() -> None:
    script = carrying(3, "421 4.4.2 timeout exceeded")
    with SmtpSink(script) as sink, connected(sink) as transport:
        outcomes = [transport.deliver(MESSAGE, "ana@example.org").verdict for _ in range(8)]
    assert outcomes == [Verdict.SENT] * 8
    assert sink.mails_begun == 10


def test_a_421_on_a_new_connection_is_an_answer_to_the_account() -> None:
    with SmtpSink(answering("mail", "421 4.7.0 later"), stays_after_421=True) as sink:
        assert deliver(sink).verdict is Verdict.PAUSE
    assert sink.visits == 1


@pytest.mark.parametrize(
    ("phase", "verdict"),
    [
        ("connect", Verdict.PAUSE),
        ("ehlo", Verdict.PAUSE),
        ("mail", Verdict.RETRY),
        ("rcpt", Verdict.RETRY),
        ("data", Verdict.RETRY),
        ("content", Verdict.UNSURE),
    ],
)
@pytest.mark.parametrize("fault", [Fault.HANG, Fault.DROP])
def test_a_silent_server_is_left_in_time(phase: str, verdict: Verdict, fault: Fault) -> None:
    began = time.monotonic()
    with SmtpSink(answering(phase, fault)) as sink:
        outcome = deliver(sink)
        took = time.monotonic() - began
    assert (outcome.verdict, outcome.code) == (verdict, None)
    assert took < TIMEOUT + 1
    assert sink.received == []


@pytest.mark.parametrize(
    ("phase", "verdict"),
    [("connect", Verdict.PAUSE), ("rcpt", Verdict.RETRY), ("content", Verdict.UNSURE)],
)
def test_a_server_that_answers_a_letter_at_a_time_is_left_in_time(
    phase: str, verdict: Verdict
) -> None:
    began = time.monotonic()
    with SmtpSink(answering(phase, Fault.DRIP)) as sink:
        outcome = deliver(sink)
        took = time.monotonic() - began
    assert (outcome.verdict, outcome.code) == (verdict, None)
    assert took < 3 * TIMEOUT + 1


@pytest.mark.parametrize(
    ("phase", "verdict"),
    [("connect", Verdict.PAUSE), ("ehlo", Verdict.PAUSE), ("content", Verdict.UNSURE)],
)
def test_an_answer_without_an_end_is_left_at_64_kb(phase: str, verdict: Verdict) -> None:
    with SmtpSink(answering(phase, Fault.ENDLESS)) as sink:
        outcome = deliver(sink)
    assert (outcome.verdict, outcome.code) == (verdict, None)
    assert "longer than 64 KB" in outcome.text


def test_each_answer_of_a_connection_may_take_nearly_64_kb() -> None:
    long = "\r\n".join([*["250-" + "x" * 994] * 65, "250 2.0.0 ok"])
    with SmtpSink(answering("content", long)) as sink, connected(sink) as transport:
        outcomes = [transport.deliver(MESSAGE, "ana@example.org") for _ in range(2)]
    assert [outcome.verdict for outcome in outcomes] == [Verdict.SENT, Verdict.SENT]
    assert sink.visits == 1


@pytest.mark.parametrize("answer", [Fault.HALF_AN_ANSWER, "25"])
def test_the_beginning_of_an_answer_is_not_taken_for_the_whole(answer: str | Fault) -> None:
    with SmtpSink(answering("content", answer)) as sink:
        outcome = deliver(sink)
    assert (outcome.verdict, outcome.code) == (Verdict.UNSURE, None)


def test_a_server_may_think_about_a_mail_for_longer_than_about_a_command() -> None:
    def scan(step: Step) -> None:
        if step.phase == "content":
            time.sleep(3.5 * TIMEOUT)

    with SmtpSink(scan) as sink:
        account = replace(account_of(sink), dot_timeout=10)
        transport = SmtpTransport(account)
        for _ in range(2):
            assert transport.deliver(MESSAGE, "ana@example.org").verdict is Verdict.SENT
        transport.close()
    assert (len(sink.received), sink.visits) == (2, 1)


def test_a_goodbye_that_never_ends_is_cut_short() -> None:
    with SmtpSink(answering("quit", Fault.DRIP)) as sink:
        began = time.monotonic()
        assert deliver(sink).verdict is Verdict.SENT
        assert time.monotonic() - began < 2 * TIMEOUT + 1


def test_a_lost_answer_leaves_the_outcome_open() -> None:
    with SmtpSink(answering("content", Fault.LOSE_THE_ANSWER)) as sink:
        assert deliver(sink).verdict is Verdict.UNSURE
    assert len(sink.received) == 1


def test_an_answer_after_the_content_is_believed() -> None:
    with SmtpSink(answering("content", "451 4.3.0 try later")) as sink:
        assert deliver(sink) == Outcome(Verdict.RETRY, Phase.CONTENT, 451, "4.3.0 try later")
    assert sink.received == []


def test_a_mail_is_held_back_when_it_is_no_longer_wanted() -> None:
    with SmtpSink() as sink, connected(sink) as transport:
        outcome = transport.deliver(MESSAGE, "ana@example.org", before_content=lambda: False)
        assert outcome == HELD_BACK
        assert transport.deliver(MESSAGE, "bo@example.org").verdict is Verdict.SENT
    assert sink.recipients() == ["bo@example.org"]


def test_an_error_of_ours_is_not_taken_for_the_servers() -> None:
    def broken() -> bool:
        raise ZeroDivisionError

    with SmtpSink() as sink, connected(sink) as transport:
        with pytest.raises(ZeroDivisionError):
            transport.deliver(MESSAGE, "ana@example.org", before_content=broken)
        assert transport.deliver(MESSAGE, "bo@example.org").verdict is Verdict.SENT
    assert sink.recipients() == ["bo@example.org"]


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_password_travels_inside_tls(security: Security) -> None:
    with SmtpSink(security=security) as sink, connected(sink, PASSWORD) as transport:
        assert transport.deliver(MESSAGE, "ana@example.org").verdict is Verdict.SENT
    assert sink.received[0].username == "thanks@example.org"
    assert b"AUTH" not in sink.heard_in_plain


@pytest.mark.parametrize(
    ("security", "stripped", "trusting"),
    [
        (Security.TLS, False, False),
        (Security.STARTTLS, False, False),
        (Security.STARTTLS, True, True),
        (Security.NONE, False, True),
    ],
    ids=["self-signed", "self-signed after STARTTLS", "STARTTLS stripped", "no TLS wanted"],
)
def test_no_byte_of_the_password_goes_to_a_server_that_cannot_be_trusted(
    security: Security, stripped: bool, trusting: bool
) -> None:
    with SmtpSink(security=security, stripped=stripped) as sink:
        account = account_of(sink, PASSWORD)
        transport = SmtpTransport(account, sink.trusted if trusting else None)
        outcome = transport.deliver(MESSAGE, "ana@example.org")
        transport.close()
    assert outcome.verdict is Verdict.NEEDS_OPERATOR
    assert b"AUTH" not in sink.heard
    assert PASSWORD.encode() not in sink.heard
    assert base64.b64encode(PASSWORD.encode())[:12] not in sink.heard
    assert sink.received == []


def test_a_wrong_password_says_so_without_a_mail() -> None:
    refusal = "535 5.7.8 Username and Password not accepted"
    with (
        SmtpSink(answering("auth", refusal), security=Security.TLS) as sink,
        connected(sink, PASSWORD) as transport,
    ):
        outcome = transport.try_out()
    assert (outcome.verdict, outcome.code) == (Verdict.NEEDS_OPERATOR, 535)


def test_a_password_that_no_server_can_read_is_named() -> None:
    with SmtpSink(security=Security.TLS) as sink, connected(sink, "密码123") as transport:
        outcome = transport.deliver(MESSAGE, "ana@example.org")
    assert outcome.verdict is Verdict.NEEDS_OPERATOR


def test_trying_an_account_sends_nothing() -> None:
    with SmtpSink() as sink:
        assert SmtpTransport(account_of(sink)).try_out().verdict is Verdict.SENT
    assert sink.received == []


@pytest.mark.parametrize("phase", ["connect", "ehlo"])
def test_a_server_that_answers_a_letter_at_a_time_is_given_up(phase: str) -> None:
    begun = time.monotonic()
    with SmtpSink(answering(phase, Fault.DRIP)) as sink:
        outcome = SmtpTransport(account_of(sink)).try_out()
    assert outcome.verdict is Verdict.PAUSE
    assert time.monotonic() - begun < 10


def test_nobody_listening_is_a_pause() -> None:
    with SmtpSink() as sink:
        account = account_of(sink)
    assert SmtpTransport(account).try_out().verdict is Verdict.PAUSE


@pytest.mark.parametrize(
    "address",
    [
        "(v@example.com)e@evil.example",
        '"quoted part"@example.org',
        "two@example.org,three@example.org",
        "line@example.org\r\nRCPT TO:<e@evil.example>",
        "<v@example.org>",
        "v@localhost",
        "v@-example.org",
        ".v@example.org",
        "a" * 250 + "@example.org",
        "",
    ],
)
def test_what_is_no_plain_address_is_never_said_to_a_server(address: str) -> None:
    with SmtpSink() as sink:
        outcome = deliver(sink, address)
    assert outcome.verdict is Verdict.REJECTED
    assert bytes(sink.heard) == b""


@pytest.mark.parametrize(
    "address",
    ["a+tag@example.org", "o'neil@example.co.uk", "x@xn--fsqu00a.xn--fiqs8s", "a.b-c@x1.museum"],
)
def test_unusual_but_plain_addresses_are_served(address: str) -> None:
    assert is_plain_address(address)


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_smuggles_a_second_address(before: str, after: str) -> None:
    address = f"{before}@{after}"
    if is_plain_address(address):
        assert address.isascii()
        assert address.isprintable()
        assert not set(address) & set(' <>(),:;"\\[]\r\n')
        assert address.count("@") == 1
