"""SMTP with an access token: shown as providers want it, replaced once, and never in plain."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shared.destinations import ANYWHERE
from shared.errors import PROGRAM_REFUSED, SignInBusy, SignInEnded
from shared.mail.transport.outcome import Outcome
from shared.mail.transport.protocol import Account
from shared.mail.transport.smtp import SmtpTransport
from shared.mail.transport.transports import explain_answer
from shared.mail.transport.verdicts import finding_of
from shared.storage.models import Phase, Security, Verdict
from tests.support.smtp_sink import SmtpSink, answering
from tests.support.trusted_sink import sink

__all__ = ["sink"]

SENDER, MESSAGE = "thanks@harbour.example", b"Subject: thanks\r\n\r\nThank you.\r\n"


def account(sink: SmtpSink, token: Callable[[str], str], **changes: Security) -> Account:
    values = {"security": sink.security, "reach": ANYWHERE} | changes
    return Account(
        sink.host, sink.port, from_address=SENDER, username=SENDER, token=token, **values
    )


def handed_over(account: Account) -> Outcome:
    transport = SmtpTransport(account)
    try:
        return transport.deliver(MESSAGE, "ana@example.org")
    finally:
        transport.close()


@pytest.fixture
def tokens(sink: SmtpSink) -> list[str]:
    """The tokens that the sink takes, which has none at first."""
    good: list[str] = []
    sink.opens = lambda user, token: user == SENDER and token in good
    return good


def test_a_token_opens_the_account_and_the_mail_leaves(sink, tokens):
    # As long as Microsoft's are.
    tokens.append("t" * 3000)
    assert handed_over(account(sink, lambda refused: tokens[0])).verdict is Verdict.SENT
    assert [(mail.username, mail.recipient) for mail in sink.received] == [
        (SENDER, "ana@example.org")
    ]


def test_after_a_token_that_ended_early_another_one_is_shown_once(sink, tokens):
    asked = []

    def token(refused: str) -> str:
        asked.append(refused)
        tokens[:] = ["new"] if refused else []
        return "new" if refused else "old"

    assert handed_over(account(sink, token)).verdict is Verdict.SENT
    assert asked == ["", "old"]


def test_a_mailbox_that_takes_no_token_waits_for_a_person_with_a_sentence_that_fits(sink, tokens):
    asked = []

    def token(refused: str) -> str:
        asked.append(refused)
        return f"token{len(asked)}"

    outcome = handed_over(account(sink, token))
    assert (outcome.verdict, outcome.phase, outcome.code) == (
        Verdict.NEEDS_OPERATOR, Phase.AUTH, 535,
    )  # fmt: skip
    assert asked == ["", "token1"]
    advice = explain_answer(outcome.code, outcome.text, "smtp.gmail.com", "en")
    assert "Sign in with the address above" in advice
    assert "password" not in advice


def test_a_tenant_without_smtp_is_told_apart(sink, tokens):
    sink.script = answering("auth", "535 5.7.139 SmtpClientAuthentication is disabled")
    tokens.append("good")
    outcome = handed_over(account(sink, lambda refused: "good"))
    assert outcome.verdict is Verdict.NEEDS_OPERATOR
    assert "Authenticated SMTP" in explain_answer(535, outcome.text, "smtp.office365.com", "en")


@pytest.mark.parametrize(
    ("refusal", "verdict", "said"),
    [
        (SignInEnded(), Verdict.NEEDS_OPERATOR, "sign in again"),
        (SignInEnded(PROGRAM_REFUSED), Verdict.NEEDS_OPERATOR, "secret"),
        (SignInBusy(), Verdict.PAUSE, "retry automatically"),
    ],
)
def test_without_a_token_no_server_is_asked(sink, tokens, refusal, verdict, said):
    def token(refused: str) -> str:
        raise refusal

    outcome = handed_over(account(sink, token))
    assert (outcome.verdict, outcome.phase, outcome.code) == (verdict, Phase.AUTH, None)
    assert sink.visits == 0
    assert said in finding_of(account(sink, token), outcome).said("en")


def test_no_token_travels_without_encryption(tmp_path: Path):
    with SmtpSink() as plain:
        outcome = handed_over(account(plain, lambda refused: "secret", security=Security.NONE))
        assert plain.heard == b""
    assert outcome.verdict is Verdict.NEEDS_OPERATOR
